"""Where receipts are written: beside the packages, or always into one folder."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.text import Text
from ui.text import tr


class ReceiptsCard(Card):
    """Says where receipts go; ``keep`` gets another folder."""

    def __init__(self, keep: Callable[[Path | None], None]) -> None:
        super().__init__(tr("Receipts"))
        self._keep = keep
        self._folder: Path | None = None
        self._words = Text("", "table", "text-2", wrap=True)
        self.body.addWidget(self._words)
        choose = quiet(tr("Choose another folder …"), size="inline")
        choose.setObjectName("choose_receipts")
        choose.clicked.connect(self._choose)
        self.body.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeft)

    def show_folder(self, folder: Path | None) -> None:
        """Show ``folder``, None for beside the packages."""
        self._folder = folder
        beside = tr("They are written beside the package, so that they go back on the same stick.")
        self._words.setText(
            tr("They are written into the folder „{name}“.", name=folder.name) if folder else beside
        )
        self._words.setToolTip(str(folder or ""))

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, tr("Which folder takes the receipts?"), str(self._folder or "")
        )
        if name:
            self._keep(Path(name))
