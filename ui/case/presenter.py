"""Which case is shown, and keeping it fresh."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from kimdesk.casework import cases
from kimdesk.casework.events import RECORDS
from kimdesk.domain.records import CaseFile
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.program.work import Owner

if TYPE_CHECKING:
    from kimdesk.casework.desk import Desk
    from kimdesk.sync.finding_answers import KreisAnswer

Answers = Mapping[str, "KreisAnswer"]


class CaseView(Owner, Protocol):
    """What the presenter tells the page."""

    def show_file(self, file: CaseFile) -> None:
        """Show the case."""

    def show_missing(self, explanation: Explanation) -> None:
        """Say that the case cannot be shown, and why."""


class CasePresenter:
    """Reads one case as a whole; a late answer for another case is dropped."""

    def __init__(self, context: Context, view: CaseView) -> None:
        self._context = context
        self._view = view
        self._reading = False
        self._stale: frozenset[str] = frozenset()
        self.case_id = ""
        self.file: CaseFile | None = None
        self.answers: Answers = {}  # what the Kreis says to its findings, by their id

    def open(self, case_id: str) -> None:
        """Show the case ``case_id``; the audit trail notes that it was opened."""
        if case_id == self.case_id and self.file is not None:
            return
        self.case_id, self.file = case_id, None
        desk = self._context.desk
        self._read(lambda: cases.load(desk, case_id), case_id)

    def refresh(self) -> None:
        """Read the whole case again."""
        self.follow(RECORDS)

    def follow(self, kinds: frozenset[str]) -> None:
        """Read the records of ``kinds`` again, once even if asked several times meanwhile."""
        self._stale |= kinds
        if not self.case_id or self._reading:
            return
        desk, case_id, file, stale = self._context.desk, self.case_id, self.file, self._stale
        self._stale = frozenset()
        if file is None:
            self._read(lambda: cases.peek(desk, case_id), case_id)
        else:
            self._read(lambda: cases.follow(desk, file, stale), case_id)

    def _read(self, fetch: Callable[[], CaseFile], case_id: str) -> None:
        self._reading, desk = True, self._context.desk

        def read() -> tuple[CaseFile, Answers]:
            file = fetch()
            return file, _answers(desk, file)

        self._context.work.read(self._view, read, self._got, lambda told: self._failed(case_id, told))

    def _got(self, found: tuple[CaseFile, Answers]) -> None:
        self._reading = False
        file, _ = found
        if file.case.id == self.case_id and found != (self.file, self.answers):
            self.file, self.answers = found
            self._view.show_file(file)
        self._ask_again()

    def _failed(self, case_id: str, explanation: Explanation) -> None:
        self._reading = False
        if case_id == self.case_id:
            self.file = None
            self._view.show_missing(explanation)
        self._ask_again()

    def _ask_again(self) -> None:
        if self._stale:
            self.follow(self._stale)


def _answers(desk: "Desk", file: CaseFile) -> Answers:
    if not file.findings:
        return {}
    from kimdesk.sync import finding_answers

    here = {one.id for one in file.findings}
    return {key: one for key, one in finding_answers.answers(desk).items() if key in here}
