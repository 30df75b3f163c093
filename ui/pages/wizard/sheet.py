"""The recovery sheet: shown and saved, then typed back."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.kit.base import spaced
from ui.kit.buttons import secondary
from ui.kit.card import Card
from ui.kit.field import FieldBox
from ui.kit.state import Notice
from ui.kit.text import Text

GROUPS = 4


class SheetStep(QWidget):
    """The code in large groups, and the way to print it."""

    def __init__(self, save: Callable[[Path], None]) -> None:
        super().__init__()
        self._save = save
        column = QVBoxLayout(self)
        spaced(column, 14)
        column.addWidget(Text(say("wizard.your_recovery_sheet"), "figure", wrap=True))
        words = say("wizard.without_passphrase_only_code_opens")
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
        button = secondary(say("common.save_as_pdf_printing"), "file-pdf")
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
        self._saved.setText(say("wizard.saved_print_then_delete_file"))

    def _choose(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, say("common.save_as_pdf_printing"), "KIMdesk-Wiederherstellungsblatt.pdf", "PDF (*.pdf)"
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
        column.addWidget(Text(say("common.does_the_sheet_work"), "figure", wrap=True))
        words = say("wizard.type_code_from_sheet_small")
        column.addWidget(Text(words, "body", "text-2", wrap=True))
        self.code = QLineEdit()
        self.code.setObjectName("typed_code")
        self.code.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        self.code.textChanged.connect(lambda _: self.changed.emit())
        self._box = FieldBox(say("common.code_on_the_sheet"), self.code)
        self.code.textChanged.connect(lambda _: self._box.set_error(None))
        column.addWidget(self._box)
        column.addWidget(Notice("info", "", say("wizard.put_sheet_into_closed_envelope")))
        column.addStretch(1)
        self.setFocusProxy(self.code)

    def show_wrong(self) -> None:
        """Say that it is another code."""
        self._box.set_error(say("common.not_code_sheet_compare_group"))
