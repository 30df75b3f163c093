"""What a Kreis does with structural findings, as data: bands, ways between states, what sounds alike."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, NamedTuple

import msgspec

from kimdesk.domain.errors import ContentError
from kimdesk.forms.shape import shaped

PATH = "rules/finding_board.toml"
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Days = Annotated[int, msgspec.Meta(ge=1)]


class Band(NamedTuple):
    """A range of numbers in which the true one lies; ``last`` None: there is no upper end."""

    first: int
    last: int | None


class AlikeRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When two findings sound alike: weights from 0 to 1, and how German words are compared.

    ``least``: the score from which they are proposed together, ``most``: proposals for one card.
    """

    least: Share
    most: Annotated[int, msgspec.Meta(ge=1)]
    words: Share
    title: Share
    agency: Share
    life_domain: Share
    kind: Share
    transition: Share
    apart: tuple[str, ...]
    shortest: Annotated[int, msgspec.Meta(ge=2)]
    endings: tuple[str, ...]
    stop: tuple[str, ...]


class FindingRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``bands``: with what each band but the lowest begins; ``waiting``: days a state may take."""

    bands: Annotated[tuple[int, ...], msgspec.Meta(min_length=1)]
    waiting: dict[str, Days]
    ways: dict[str, tuple[str, ...]]
    alike: AlikeRules

    def band(self, number: int) -> Band:
        """Return the band in which ``number`` lies."""
        starts = (0, *self.bands)
        place = max(index for index, start in enumerate(starts) if start <= number)
        return Band(starts[place], starts[place + 1] - 1 if place + 1 < len(starts) else None)

    def allows(self, state: str, to: str) -> bool:
        """Return whether a bundled finding may go from ``state`` to the state ``to``."""
        return to in self.ways.get(state, ())

    def overdue(self, state: str, since: date, today: date) -> int | None:
        """Return for how many days something has been in ``state`` when that is too long, else None."""
        days = (today - since).days
        return days if days >= self.waiting.get(state, days + 1) else None


def parse(table: Mapping[str, Any]) -> FindingRules:
    """Return the rules that ``table`` describes. Raises ContentError E700 when it is broken."""
    found = shaped(table, FindingRules, PATH)
    if list(found.bands) != sorted({each for each in found.bands if each > 0}):
        raise ContentError("E700", name=PATH, place="bands")
    return found
