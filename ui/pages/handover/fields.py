"""A line of the preview, opened: each record with its fields, what leaves of each, or why it stays."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.texts import say
from kimdesk.texts.preview_fields import FieldWords, RecordWords
from ui.kit.base import rule, spaced
from ui.kit.buttons import quiet
from ui.kit.dialog import Dialog
from ui.kit.sign import Sign
from ui.kit.text import Text

if TYPE_CHECKING:
    from kimdesk.catalogue.catalogue import Catalogue
    from kimdesk.sync import PreviewRecord

WIDTH = 640
AT_ONCE = 6
"""How many records are shown before somebody asks for more."""


class FieldsDialog(Dialog):
    """Shows the records of one line, the first few at once."""

    def __init__(
        self, parent: QWidget, title: str, records: "Sequence[PreviewRecord]", catalogue: "Catalogue"
    ) -> None:
        super().__init__(parent, title, accept=say("common.close"))
        self.setObjectName("preview_fields")
        self.widen(WIDTH)
        self.reject_button.hide()
        self._words = RecordWords(catalogue)
        self._waiting: Iterator[PreviewRecord] = iter(records)
        self._left = len(records)
        self._more = quiet("", size="inline")
        self._more.setObjectName("more_records")
        self._more.clicked.connect(self._show_more)
        self._rows = QVBoxLayout()
        spaced(self._rows, 8)
        self.body.addLayout(self._rows)
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        if not records:
            self.add_text(say("handover.nothing"))
        self._show_more()

    def _show_more(self) -> None:
        for each, _ in zip(self._waiting, range(min(AT_ONCE, self._left)), strict=False):
            self._rows.addWidget(Text(self._words.record(each), "strong", wrap=True))
            for field in self._words.fields(each):
                self._rows.addWidget(_row(field))
            self._rows.addWidget(rule())
            self._left -= 1
        self._more.setVisible(self._left > 0)
        self._more.setText(say("handover.n_more_records", n=self._left))
        self.fit()


def _row(field: FieldWords) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    spaced(row, 8)
    sign = Sign("arrow-square-out", "accent", 16) if field.leaves else Sign("house-line", "ok", 16)
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    spaced(column, 1)
    column.addWidget(Text(f"{field.label}: {field.here}", "table", wrap=True))
    column.addWidget(Text(f"{field.out} · {field.why}", "meta", "text-2", wrap=True))
    row.addLayout(column, 1)
    return holder
