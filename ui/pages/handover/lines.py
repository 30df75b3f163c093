"""One column of the preview: leaves, is coarsened, or stays – each line with its legal basis."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.base import clear, rule, spaced
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.text import tr

if TYPE_CHECKING:
    from kimdesk.sync import PreviewLine

FIRST = 5


class PreviewColumn(Card):
    """A card with lines; the first few at once, the others on request."""

    def __init__(self, name: str, title: str, icon: str, tone: str, nothing: str) -> None:
        super().__init__()
        self.setObjectName(f"preview_{name}")
        self.setAccessibleName(title)
        self._nothing = nothing
        self._lines: Sequence[PreviewLine] = ()
        self._shown = FIRST
        head = QHBoxLayout()
        spaced(head, 8)
        head.addWidget(Sign(icon, tone))
        head.addWidget(Text(title, "strong"))
        head.addStretch(1)
        self._total = Text("", "table", "text-2")
        head.addWidget(self._total)
        self.body.addLayout(head)
        self._rows = QVBoxLayout()
        spaced(self._rows, 7)
        self.body.addLayout(self._rows)
        self._more = quiet("", "caret-down", size="small")
        self._more.setObjectName(f"more_{name}")
        self._more.clicked.connect(self._show_all)
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def show_lines(self, lines: Sequence["PreviewLine"]) -> None:
        """Show ``lines``, the first few of them."""
        self._lines, self._shown = lines, FIRST
        self._total.setText(str(len(lines)))
        self._fill()

    def _show_all(self) -> None:
        self._shown += 40
        self._fill()

    def _fill(self) -> None:
        clear(self._rows)
        for line in self._lines[: self._shown]:
            self._rows.addWidget(rule())
            self._rows.addWidget(_row(line))
        if not self._lines:
            self._rows.addWidget(rule())
            self._rows.addWidget(Text(self._nothing, "table", "text-2", wrap=True))
        left = len(self._lines) - self._shown
        self._more.setVisible(left > 0)
        self._more.setText(tr("{n} more fields", n=left))


def _row(line: "PreviewLine") -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    spaced(column, 1)
    column.addWidget(Text(f"{line.label} · {line.case_name}" if line.case_name else line.label, "medium", wrap=True))
    column.addWidget(Text(line.what, "table", "text-2", wrap=True))
    basis = QHBoxLayout()
    spaced(basis, 5)
    basis.addWidget(Sign("scales", "text-2", 14), 0, Qt.AlignmentFlag.AlignTop)
    basis.addWidget(Text(line.basis, "meta", "text-2", wrap=True), 1)
    column.addLayout(basis)
    return holder
