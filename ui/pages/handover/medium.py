"""Where the package goes: a stick, a share or a folder, remembered until the program is closed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar

from ui.kit.base import spaced
from ui.kit.buttons import primary, quiet, secondary
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.text import tr


class MediumCard(Card):
    """The chosen folder, the big button, and the way to read in a receipt."""

    def __init__(self, write: Callable[[Path], None], take_receipt: Callable[[], None]) -> None:
        super().__init__()
        self._write = write
        self._folder: Path | None = None
        row = QHBoxLayout()
        spaced(row, 10)
        row.addWidget(Sign("usb", "accent"))
        self._where = Text(tr("No folder chosen yet"), "strong", wrap=True)
        row.addWidget(self._where, 1)
        self._choose_button = secondary(tr("Choose …"), size="small")
        self._choose_button.setObjectName("choose_folder")
        self._choose_button.clicked.connect(self.choose)
        row.addWidget(self._choose_button)
        self.body.addLayout(row)
        self._button = primary("", size="big")
        self._button.setObjectName("write_package")
        self._button.clicked.connect(self._press)
        self.body.addWidget(self._button)
        self._progress = QProgressBar()
        self._progress.setAccessibleName(tr("Writing the package"))
        self._progress.setTextVisible(False)
        self._progress.hide()
        self.body.addWidget(self._progress)
        self._for = Text("", "meta", "text-2", wrap=True)
        self.body.addWidget(self._for)
        receipt = quiet(tr("Read in receipt …"), "receipt", size="small")
        receipt.setObjectName("take_receipt")
        receipt.clicked.connect(take_receipt)
        self.body.addWidget(receipt)

    def show_target(self, seq: int, kreis: str) -> None:
        """Name the package and for whom it is sealed."""
        self._button.setText(tr("Write package {n}", n=seq))
        self._for.setText(tr("Sealed for: {kreis}", kreis=kreis))

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the writing is; 0 of 0 when it is over."""
        self._progress.setVisible(total > 0)
        self._button.setEnabled(total == 0)
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def choose(self) -> None:
        """Ask for the folder."""
        name = QFileDialog.getExistingDirectory(self, tr("Choose …"))
        if name:
            self.set_folder(Path(name))

    def set_folder(self, folder: Path) -> None:
        """Write packages into ``folder`` from now on."""
        self._folder = folder
        self._where.setText(folder.name or str(folder))
        self._where.setToolTip(str(folder))

    def _press(self) -> None:
        if self._folder is None:
            self.choose()
        if self._folder is not None:
            self.show_progress(0, 1)
            self._write(self._folder)
