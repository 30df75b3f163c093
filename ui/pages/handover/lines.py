"""One column of the preview: leaves, is coarsened, or stays – each line with its legal basis."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kimdesk.texts import say
from kimdesk.texts.preview import PreviewWords, basis, case
from ui.kit.base import clear, rule, spaced
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.text import Text

if TYPE_CHECKING:
    from kimdesk.catalogue.catalogue import Catalogue
    from kimdesk.sync import PreviewLine

FIRST, MORE = 5, 40


class PreviewColumn(Card):
    """A card with lines; the first few at once, the others on request."""

    opened = Signal(object)
    """A line is to be shown field by field: the ``PreviewLine``."""

    def __init__(self, name: str, title: str, icon: str, tone: str, nothing: str) -> None:
        super().__init__()
        self.setObjectName(f"preview_{name}")
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
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
        self._more = quiet("", size="inline")
        self._more.setObjectName(f"more_{name}")
        self._more.clicked.connect(self._show_more)
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def show_lines(self, lines: Sequence["PreviewLine"], catalogue: "Catalogue") -> None:
        """Show ``lines``, the first few of them."""
        self._lines, self._catalogue, self._shown = lines, catalogue, FIRST
        self._total.setText(str(_values(lines)))
        self._fill()

    def _show_more(self) -> None:
        self._shown += MORE
        self._fill()

    def _fill(self) -> None:
        clear(self._rows)
        words = PreviewWords(self._catalogue)
        for line in self._lines[: self._shown]:
            self._rows.addWidget(rule())
            self._rows.addWidget(self._row(line, words))
        if not self._lines:
            self._rows.addWidget(rule())
            self._rows.addWidget(Text(self._nothing, "table", "text-2", wrap=True))
        rest = self._lines[self._shown :]
        self._more.setVisible(bool(rest))
        self._more.setText(say("handover.n_more_values", n=_values(rest)))

    def _row(self, line: "PreviewLine", words: PreviewWords) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        spaced(column, 1)
        column.addWidget(Text(words.label(line), "medium", wrap=True))
        column.addWidget(Text(f"{case(line)}: {words.what(line)}", "table", "text-2", wrap=True))
        why = QHBoxLayout()
        spaced(why, 5)
        why.addWidget(Sign("scales", "text-2", 14), 0, Qt.AlignmentFlag.AlignTop)
        why.addWidget(Text(basis(line), "meta", "text-2", wrap=True), 1)
        column.addLayout(why)
        if line.refs or line.group == "figures":
            column.addWidget(self._opener(line, words), 0, Qt.AlignmentFlag.AlignLeft)
        return holder

    def _opener(self, line: "PreviewLine", words: PreviewWords) -> QWidget:
        button = quiet(say("handover.field_by_field"), size="inline")
        button.setObjectName("open_line")
        what = f"{words.label(line)}, {case(line)}"
        button.setAccessibleName(say("handover.field_by_field_of", what=what))
        button.clicked.connect(lambda: self.opened.emit(line))
        return button


def _values(lines: Sequence["PreviewLine"]) -> int:
    return sum(line.count for line in lines)
