"""Writing the files of a case that is on its way between desks."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from kimdesk.domain.custody import CaseStanding, Custody
from kimdesk.texts import say
from ui.case.editing import Editing
from ui.case.reason import ReasonDialog
from ui.kit.dialog import Dialog


class PassageFiles:
    """Writes the files of a passage that is under way."""

    def __init__(self, editing: Editing, standing: CaseStanding, dialog: Dialog | None = None) -> None:
        self._editing, self._standing, self._dialog = editing, standing, dialog

    def again(self) -> None:
        """Write the same offer, or copy, once more."""
        passage, desk = self._standing.passage, self._editing.context.desk

        def write(path: Path) -> None:
            from kimdesk.sync.passing import covers, moves

            if passage and self._standing.custody is Custody.LENT:
                until, basis = passage.until or date.max, passage.basis
                covers.lend(desk, passage.case_id, passage.desk, path, until=until, basis=basis)
            elif passage:
                moves.offer(desk, passage.case_id, passage.desk, path, basis=passage.basis)

        self._write("Fall", write, say("passing.offer_written"))

    def withdraw(self) -> None:
        """Withdraw the offer, with a reason if there is one to be told."""

        def write(path: Path, reason: str) -> None:
            from kimdesk.sync.passing import moves

            moves.withdraw(self._editing.context.desk, self._editing.file.case.id, path, reason=reason)

        self._ask(
            say("passing.why_withdrawn"),
            say("passing.withdraw"),
            lambda reason: self._write(
                "Rücknahme", lambda path: write(path, reason), say("passing.withdrawn")
            ),
        )

    def recall(self) -> None:
        """Wait no longer for a cover."""

        def end(reason: str) -> None:
            from kimdesk.sync.passing import covers

            covers.recall(self._editing.context.desk, self._editing.file.case.id, reason)

        def act(reason: str) -> None:
            self._editing.context.work.write(
                self._owner, lambda: end(reason), lambda _: self._done(say("passing.waiting_ended"))
            )

        self._ask(say("passing.why_not_waiting"), say("passing.end_waiting"), act)

    def give_back(self) -> None:
        """Give the copy back."""

        def write(path: Path) -> None:
            from kimdesk.sync.passing import covers

            covers.give_back(self._editing.context.desk, self._editing.file.case.id, path)

        self._write("Rückgabe", write, say("passing.given_back"))

    def add(self) -> None:
        """Write what was changed after the offer."""

        def write(path: Path) -> None:
            from kimdesk.sync.passing import moves

            moves.add(self._editing.context.desk, self._editing.file.case.id, path)

        self._write("Nachtrag", write, say("passing.offer_written"))

    @property
    def _owner(self) -> QWidget:
        return self._dialog or self._editing.page

    def _ask(self, question: str, accept: str, act: Callable[[str], None]) -> None:
        ReasonDialog(self._owner, question, "", accept=accept, act=act, needed=False).open()

    def _write(self, stem: str, write: Callable[[Path], None], words: str) -> None:
        path = save_path(self._owner, stem)
        if path is None:
            return
        work, failed = self._editing.context.work, self._dialog.set_problem if self._dialog else None
        if failed:
            work.write(self._owner, lambda: write(path), lambda _: self._done(words), failed)
        else:
            work.write(self._owner, lambda: write(path), lambda _: self._done(words))

    def _done(self, words: str) -> None:
        if self._dialog:
            self._dialog.reject()
        self._editing.saved(words)


def save_path(owner: QWidget, stem: str) -> Path | None:
    """Ask where a file goes; None when nobody says."""
    name, _ = QFileDialog.getSaveFileName(owner, say("passing.write_offer"), f"KIM-{stem}.kimh")
    return Path(name) if name else None
