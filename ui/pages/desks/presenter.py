"""What the page of desks shows and does: enrolling a desk, and taking no more packages of one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.program.work import Owner

if TYPE_CHECKING:
    from kimdesk.kreis import DeskRow, Enrolment
    from kimdesk.sync.enrolment import Request


@dataclass(frozen=True, slots=True)
class DesksModel:
    """The enrolled desks, the most urgent first, and the digits of the Kreis itself."""

    desks: Sequence["DeskRow"]
    fingerprint: str
    today: date


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was opened: the file's bytes and what it says."""

    data: bytes
    request: "Request"


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

            return DesksModel(kreis.desks(desk), sync.fingerprint(desk), today)

        self._context.work.read(self._view, read, self._view.show_desks, self._view.show_problem)

    def open_request(self, path: Path, done: Callable[[Asked], None]) -> None:
        """Read the request at ``path``; nothing is trusted yet."""

        def read() -> Asked:
            from kimdesk.domain.media import understood
            from kimdesk.sync.enrolment import read_request

            with understood(path.parent):
                data = path.read_bytes()
            return Asked(data, read_request(data))

        self._context.work.read(self._view, read, done, self._view.show_problem)

    def enrol(
        self, asked: Asked, digits: str, out: Path, done: Callable[["Enrolment"], None],
        refused: Callable[[Explanation], None],
    ) -> None:  # fmt: skip
        """Enrol the desk that asked, if ``digits`` are its own, and write its certificate to ``out``."""
        desk = self._context.desk

        def write() -> "Enrolment":
            from kimdesk import kreis
            from kimdesk.domain import media

            return kreis.enrol(
                desk, asked.data, digits, hand_out=lambda certificate: media.write(out, certificate)
            )

        self._context.work.write(self._view, write, done, refused)

    def revoke(self, row: "DeskRow") -> None:
        """Take no more packages of a desk."""
        desk = self._context.desk

        def write() -> None:
            from kimdesk import kreis

            kreis.revoke(desk, row.id, row.last_seq + 1)

        self._context.work.write(self._view, write, None, self._view.show_problem)
