"""Writing the list of referrals as a table: only after a word about what such a file is."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.kit.dialog import Dialog
from ui.pages.referrals.presenter import ReferralsPresenter


class ReferralExportDialog(Dialog):
    """Warns that the file lies open, asks where to, and says when it is there."""

    def __init__(self, parent: QWidget, context: Context, presenter: ReferralsPresenter) -> None:
        question, accept = say("referrals.write_list"), say("cases.choose_a_place")
        super().__init__(parent, question, accept=accept, danger=True)
        self._context, self._presenter = context, presenter
        self.add_text(say("referrals.file_lies_open"))

    def accept(self) -> None:
        """Ask where to and write."""
        name, _ = QFileDialog.getSaveFileName(
            self, say("referrals.print_list"), say("referrals.file_name"), "CSV (*.csv)"
        )
        if name:
            self.write(Path(name))

    def write(self, path: Path) -> None:
        """Write the list to ``path``; the dialog stays open when that is refused."""
        self.set_busy(True)
        self._presenter.export(self, path, self._done, self._failed)

    def _done(self, number: int) -> None:
        self._context.toast(say("referrals.n_written", n=number))
        super().accept()

    def _failed(self, told: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(told)
