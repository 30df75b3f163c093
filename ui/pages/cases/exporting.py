"""Writing the list of cases as a table: only after a word about what such a file is."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.kit.dialog import Dialog
from ui.pages.cases.presenter import CasesPresenter
from ui.text import tr

FILE_NAME = "Fallliste.csv"


class ExportDialog(Dialog):
    """Warns that the file lies open, asks where to, and says when it is there."""

    def __init__(self, parent: QWidget, context: Context, presenter: CasesPresenter, number: int) -> None:
        question = tr("Write this list as a table?")
        super().__init__(parent, question, accept=tr("Choose a place …"), danger=True)
        self._context = context
        self._presenter = presenter
        self.add_text(
            tr(
                "The file holds the {n} cases of this view with names. It is not encrypted: whoever has it "
                "can read it. Please delete it when it is no longer needed.",
                n=number,
            )
        )

    def accept(self) -> None:
        """Ask where to and write."""
        name, _ = QFileDialog.getSaveFileName(self, tr("As table …"), FILE_NAME, "CSV (*.csv)")
        if name:
            self.write(Path(name))

    def write(self, path: Path) -> None:
        """Write the list to ``path``; the dialog stays open when that is refused."""
        self.set_busy(True)
        self._presenter.export(self, path, self._done, self._failed)

    def _done(self, number: int) -> None:
        self._context.toast(tr("{n} cases written.", n=number))
        super().accept()

    def _failed(self, told: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(told)
