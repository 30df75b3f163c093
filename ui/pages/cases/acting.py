"""Doing something with all marked cases: ask, do it step by step in the background, tell, take it back."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kimdesk.casework.cases import CaseRow
from kimdesk.domain.errors import CaseworkError
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.program.long_change import LongChange

if TYPE_CHECKING:
    from kimdesk.casework.bulk import LeftCase, ManyDone
    from kimdesk.casework.changes import Change
    from kimdesk.casework.person_lists import Steps
    from kimdesk.domain.records import FollowUp

Rows = tuple[CaseRow, ...]


class Acting(QObject):
    """One act at a time, over ``page``; ``far`` tells how far it is, ``refused`` why it ended otherwise.

    ``done`` when all is over and the marks are of no use any more.
    """

    far = Signal(int, int)
    refused = Signal(object)  # Explanation
    done = Signal()

    def __init__(self, page: QWidget, context: Context) -> None:
        super().__init__(page)
        self._page, self._context = page, context
        self._running: LongChange | None = None

    def show_progress(self, done: int, total: int) -> None:
        """Tell how far it is."""
        self.far.emit(done, total)

    def stop(self) -> None:
        """End what runs; what it did is taken back."""
        from kimdesk.casework.bulk import STOPPED

        if self._running is not None:
            self._running.stopped = CaseworkError(STOPPED)

    def ask(self, act: str, case_ids: frozenset[str]) -> None:
        """Ask what is needed for ``act`` („assign“, „follow_up“, „documents“), then do it."""
        desk = self._context.desk

        def read() -> tuple[Rows, Rows, tuple[str, ...]]:
            from kimdesk.casework import bulk
            from kimdesk.casework.case_list import named

            rows = sorted(named(desk, case_ids), key=lambda row: row.file_number)
            return *bulk.split(rows), bulk.people(desk)

        self._context.work.read(self, read, lambda found: self._open(act, *found))

    def _open(self, act: str, rows: Rows, kept: Rows, people: tuple[str, ...]) -> None:
        from ui.pages.cases import many_dialogs as dialogs

        ids = [row.id for row in rows]
        if act == "assign":
            dialog: dialogs.ManyDialog = dialogs.AssignDialog(
                self._page, rows, kept, people, lambda who: self._assign(ids, who)
            )
        elif act == "follow_up":
            dialog = dialogs.FollowUpDialog(
                self._page, self._context, rows, kept, lambda new: self._follow_up(ids, new)
            )
        else:
            dialog = dialogs.DocumentsDialog(self._page, rows, kept, lambda to: self._write(ids, to))
        dialog.open()

    def _assign(self, ids: list[str], worker: str) -> None:
        from kimdesk.casework import bulk

        steps = bulk.assign_steps(self._context.desk, ids, worker)
        self._run(steps, lambda found: say("cases.n_assigned", n=len(found.changes), worker=worker))

    def _follow_up(self, ids: list[str], new: "FollowUp") -> None:
        from kimdesk.casework import bulk

        steps = bulk.follow_up_steps(self._context.desk, ids, new.due_on, new.title, new.reason)
        self._run(steps, lambda found: say("cases.n_followed_up", n=len(found.changes), day=new.due_on))

    def _write(self, ids: list[str], folder: Path) -> None:
        from kimdesk.casework import bulk

        steps = bulk.document_steps(self._context.desk, ids, folder)
        self._run(steps, lambda found: say("cases.n_documents_written", n=len(found.files)))

    def _run(self, steps: "Steps[ManyDone]", told: "Callable[[ManyDone], str]") -> None:
        """Take all steps; nothing else begins before they are over."""
        if self._running is not None:
            return

        def over(found: "ManyDone") -> None:
            self._end()
            self.done.emit()
            self._tell(told(found), found.changes)
            self._name_left(found.left)

        self.far.emit(0, 1)
        self._running = LongChange(self._context.work, self, steps)
        self._running.run(over, self._refuse)

    def _tell(self, words: str, changes: "tuple[Change, ...]") -> None:
        changed = [each for each in changes if each.parts]
        self._context.toast(words, (lambda: self._undo(changed)) if changed else None)

    def _undo(self, changes: "list[Change]") -> None:
        from kimdesk.casework import bulk

        self._run(bulk.undo_steps(self._context.desk, changes), _undone)

    def _refuse(self, why: Explanation) -> None:
        self._end()
        self.refused.emit(why)

    def _end(self) -> None:
        self._running = None
        self.far.emit(0, 0)

    def _name_left(self, left: "tuple[LeftCase, ...]") -> None:
        if not left:
            return
        desk = self._context.desk

        def read() -> dict[str, CaseRow]:
            from kimdesk.casework.case_list import named

            return {row.id: row for row in named(desk, [each.case_id for each in left])}

        def show(rows: dict[str, Any]) -> None:
            from ui.pages.cases.many_dialogs import LeftDialog

            LeftDialog(self._page, [(each, rows.get(each.case_id)) for each in left]).open()

        self._context.work.read(self, read, show)


def _undone(found: "ManyDone") -> str:
    return say("cases.n_taken_back", n=len(found.changes))
