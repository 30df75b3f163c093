"""What the page of desks shows and does: enrolling a desk, and taking no more packages of one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.program.work import Owner

if TYPE_CHECKING:
    from kimdesk.casework.desk import Desk
    from kimdesk.kreis import Application, DeskRow, EndingKey, Enrolment
    from kimdesk.kreis.desk_facts import DeskFacts
    from kimdesk.sync.trust.enrolment import Request


@dataclass(frozen=True, slots=True)
class DesksModel:
    """The enrolled desks, the most urgent first, and who the Kreis itself is: its digits, its keys' age.

    ``ending``: by desk, former keys that still count for what is under way; ``facts``: what it works with.
    """

    desks: Sequence["DeskRow"]
    fingerprint: str
    keys_made: Mapping[str, date]
    ending: Mapping[str, Sequence["EndingKey"]]
    today: date
    facts: Mapping[str, "DeskFacts"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was opened: its bytes, what it says, whose keys it brings.

    ``application`` is None when only a person can say which desk it is; ``claims`` which one it says it is.
    """

    data: bytes
    request: "Request"
    application: "Application | None"
    claims: str
    desks: Sequence["DeskRow"]

    @property
    def known(self) -> bool:
        """Return whether the keys, or those that endorse them, are of an enrolled desk."""
        return self.application is not None and self.application.before is not None

    @property
    def endorsed(self) -> bool:
        """Return whether the present keys of a desk endorse these: nobody has to compare digits."""
        found = self.application
        return found is not None and found.standing == "rotated" and not found.by_a_person

    @property
    def contested(self) -> bool:
        """Return whether former keys endorse these that a copy of the laptop has as well."""
        return self.application is not None and self.application.contested

    @property
    def held(self) -> tuple[str, ...]:
        """Return the municipalities the desk has now."""
        return self.application.held if self.application else ()


@dataclass(frozen=True, slots=True)
class Granted:
    """What a person decided: the digits heard, municipalities (AGS), the desk it is (None for a new one)."""

    digits: str | None
    municipalities: tuple[str, ...]
    replaces: str | None


class DesksView(Owner, Protocol):
    """What the presenter tells the page."""

    def show_desks(self, model: DesksModel) -> None:
        """Show the desks."""

    def show_problem(self, told: Explanation) -> None:
        """Say what was refused."""


class DesksPresenter:
    """Calls ``kimdesk.kreis`` in the background and hands the answers to the page."""

    def __init__(self, context: Context, view: DesksView, clock: Callable[[], date] = date.today) -> None:
        self._context = context
        self._view = view
        self._clock = clock

    def refresh(self) -> None:
        """Read the desks again."""
        desk, today = self._context.desk, self._clock()

        def read() -> DesksModel:
            from kimdesk import kreis, sync
            from kimdesk.kreis.desk_facts import desk_facts

            made = kreis.trust(desk).ring.made
            ending = kreis.ending_keys(desk, today)
            return DesksModel(
                kreis.desks(desk), sync.fingerprint(desk), made, ending, today, desk_facts(desk, today)
            )

        self._context.work.read(self._view, read, self._view.show_desks, self._view.show_problem)

    def open_request(self, path: Path, done: Callable[[Asked], None]) -> None:
        """Read the request at ``path``; nothing is trusted yet."""
        desk = self._context.desk

        def read() -> Asked:
            from kimdesk.domain.media import understood

            with understood(path.parent):
                data = path.read_bytes()
            return _asked(desk, data)

        self._context.work.read(self._view, read, done, self._view.show_problem)

    def enrol(
        self, asked: Asked, granted: Granted, out: Path, done: Callable[["Enrolment"], None],
        refused: Callable[[Explanation], None],
    ) -> None:  # fmt: skip
        """Enrol the desk that asked, if the digits are its own, and write its certificate to ``out``."""
        desk = self._context.desk

        def write() -> "Enrolment":
            from kimdesk import kreis
            from kimdesk.domain import media

            return kreis.enrol(
                desk, asked.data, granted.digits, replaces=granted.replaces,
                municipalities=granted.municipalities,
                hand_out=lambda certificate: media.write(out, certificate),
            )  # fmt: skip

        self._context.work.write(self._view, write, done, refused)

    def revoke(self, row: "DeskRow", from_seq: int) -> None:
        """Take no more packages of a desk from number ``from_seq`` on."""
        desk = self._context.desk

        def write() -> None:
            from kimdesk import kreis

            kreis.revoke(desk, row.id, from_seq)

        self._context.work.write(self._view, write, None, self._view.show_problem)

    def end_key(self, row: "DeskRow", key: str) -> None:
        """Take nothing any more that a desk signs with its former keys ``key``."""
        desk = self._context.desk

        def write() -> None:
            from kimdesk import kreis

            kreis.end_key(desk, row.id, key)

        self._context.work.write(self._view, write, None, self._view.show_problem)

    def renew_keys(self, purpose: str) -> None:
        """Give the Kreis a new key for ``purpose`` (``kreis.KeyPurpose``)."""
        desk = self._context.desk

        def write() -> None:
            from kimdesk import kreis

            kreis.rotate(desk, kreis.KeyPurpose(purpose))

        self._context.work.write(self._view, write, lambda _: self.refresh(), self._view.show_problem)


def _asked(desk: "Desk", data: bytes) -> Asked:
    """Return who asks in ``data``; keys that only a person can vouch for are no reason to stop here."""
    from kimdesk import kreis
    from kimdesk.domain.errors import BundleError
    from kimdesk.sync.trust.enrolment import endorsed_desk, read_request

    request, rows = read_request(data), kreis.desks(desk)
    try:
        return Asked(data, request, kreis.examine(desk, data), "", rows)
    except BundleError as error:
        if error.code not in ("E203", "E215") or not request.endorsement:
            raise
    return Asked(data, request, None, endorsed_desk(request), rows)
