"""Writing the list of cases as a table: only after a word about what such a file is."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.kit.dialog import Dialog
from ui.pages.cases.presenter import CasesPresenter

FILE_NAME = "Fallliste.csv"


class ExportDialog(Dialog):
    """Warns that the file lies open, asks where to, and says when it is there."""

    def __init__(
        self, parent: QWidget, context: Context, presenter: CasesPresenter, number: int,
        only: frozenset[str] | None = None,
    ) -> None:  # fmt: skip
        question = say("cases.write_list_as_table") if only is None else say("cases.ask_table", n=number)
        super().__init__(parent, question, accept=say("cases.choose_a_place"), danger=True)
        self._context = context
        self._presenter, self._only = presenter, only
        self.add_text(
            say("cases.file_holds_n_cases_view", n=number)
            if only is None
            else say("cases.file_holds_n_marked", n=number)
        )

    def accept(self) -> None:
        """Ask where to and write."""
        name, _ = QFileDialog.getSaveFileName(self, say("common.as_table"), FILE_NAME, "CSV (*.csv)")
        if name:
            self.write(Path(name))

    def write(self, path: Path) -> None:
        """Write the list to ``path``; the dialog stays open when that is refused."""
        self.set_busy(True)
        self._presenter.export(self, path, self._done, self._failed, self._only)

    def _done(self, number: int) -> None:
        self._context.toast(say("cases.n_cases_written", n=number))
        super().accept()

    def _failed(self, told: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(told)
