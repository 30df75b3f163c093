"""Where receipts are written: beside the packages, or always into one folder."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from kimdesk.texts import say
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.text import Text


class ReceiptsCard(Card):
    """Says where receipts go; ``keep`` gets another folder."""

    def __init__(self, keep: Callable[[Path | None], None]) -> None:
        super().__init__(say("kreis.receipts"))
        self._keep = keep
        self._folder: Path | None = None
        self._words = Text("", "table", "text-2", wrap=True)
        self.body.addWidget(self._words)
        choose = quiet(say("kreis.choose_another_folder"), size="inline")
        choose.setObjectName("choose_receipts")
        choose.clicked.connect(self._choose)
        self.body.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeft)

    def show_folder(self, folder: Path | None) -> None:
        """Show ``folder``, None for beside the packages."""
        self._folder = folder
        beside = say("kreis.they_written_beside_package_so")
        self._words.setText(
            say("kreis.they_written_into_folder_name", name=folder.name) if folder else beside
        )
        self._words.setToolTip(str(folder or ""))

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, say("kreis.which_folder_takes_receipts"), str(self._folder or "")
        )
        if name:
            self._keep(Path(name))
