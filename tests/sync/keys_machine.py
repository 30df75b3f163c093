"""The machine with keys that are replaced, certificates that change, and a stolen laptop that is found."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from kimdesk.kreis import KeyPurpose
from tests.sync import powers
from tests.sync.exchange_machine import DESKS, ExchangeMachine
from tests.sync.world import AGS_OF


class KeysMachine(ExchangeMachine):
    """What can happen to keys and certificates."""

    @rule(name=DESKS, home=st.booleans())
    def new_keys(self, name: str, home: bool) -> None:
        """A desk gets new keys; its certificate comes home, or is lost and comes with a receipt."""
        powers.new_keys(self.world, self.at(name), home=home)

    @rule(purposes=st.sets(st.sampled_from(KeyPurpose), min_size=1))
    def new_kreis_keys(self, purposes: set[KeyPurpose]) -> None:
        powers.rotate(self.world, *sorted(purposes))

    @rule(name=DESKS, which=st.sampled_from([0, 1, None]), before=st.booleans())
    def other_places(self, name: str, which: int | None, before: bool) -> None:
        """A desk answers for fewer municipalities, or for all again; a stick may be on its way."""
        place = self.at(name)
        if before:
            self._written(place)
        powers.certify(self.world, place, AGS_OF[name] if which is None else (AGS_OF[name][which],))

    @precondition(lambda self: self.world.known[self.world.places["south"].id].revoked)
    @rule()
    def found_again(self) -> None:
        """The stolen laptop is found; a person enrols it with new keys."""
        powers.enrol_anew(self.world, self.at("south"))
