"""The recovery sheet: shown and saved, then typed back."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.kit.base import spaced
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.field import FieldBox
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.text import tr

GROUPS = 4


class SheetStep(QWidget):
    """The code in large groups, and the way to print it."""

    def __init__(self, save: Callable[[Path], None]) -> None:
        super().__init__()
        self._save = save
        column = QVBoxLayout(self)
        spaced(column, 14)
        column.addWidget(Text(tr("Your recovery sheet"), "figure", wrap=True))
        words = tr(
            "Without the passphrase only this code opens the vault. It is shown once. Keep it on paper."
        )
        column.addWidget(Text(words, "body", "text-2", wrap=True))
        card = Card(tone="sunken")
        self._lines = [Text("", "figure"), Text("", "figure")]
        for line in self._lines:
            card.body.addWidget(line)
        for number, line in enumerate(self._lines, start=1):
            line.setObjectName(f"code_{number}")
        column.addWidget(card)
        row = QHBoxLayout()
        spaced(row, 8)
        button = secondary(tr("Save as PDF for printing …"), "file-pdf")
        button.setObjectName("save_sheet")
        button.clicked.connect(self._choose)
        row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self._saved = Text("", "table", "ok", wrap=True)
        column.addWidget(self._saved)
        column.addStretch(1)

    def show_code(self, code: str) -> None:
        """Show ``code`` in two lines of groups."""
        groups = code.split("-")
        for line, part in zip(self._lines, (groups[:GROUPS], groups[GROUPS:]), strict=True):
            line.setText("  ".join(part))
        self._saved.setText("")

    def show_saved(self) -> None:
        """Say that the sheet lies on the disk."""
        self._saved.setText(tr("Saved. Print it and then delete the file."))

    def _choose(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Save as PDF for printing …"), "KIMdesk-Wiederherstellungsblatt.pdf", "PDF (*.pdf)"
        )
        if name:
            self._save(Path(name))


class ProofStep(QWidget):
    """The code typed back from the sheet; ``changed`` after each key."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        spaced(column, 14)
        column.addWidget(Text(tr("Does the sheet work?"), "figure", wrap=True))
        words = tr("Type the code from the sheet. Small letters, blanks and hyphens do not matter.")
        column.addWidget(Text(words, "body", "text-2", wrap=True))
        self.code = QLineEdit()
        self.code.setObjectName("typed_code")
        self.code.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        self.code.textChanged.connect(lambda _: self.changed.emit())
        self._box = FieldBox(tr("Code on the sheet"), self.code)
        column.addWidget(self._box)
        column.addWidget(Notice("info", "", tr("Put the sheet into a closed envelope afterwards.")))
        column.addStretch(1)
        self.setFocusProxy(self.code)

    def show_wrong(self) -> None:
        """Say that it is another code."""
        self._box.set_error(tr("This is not the code of the sheet. Please compare group by group."))
