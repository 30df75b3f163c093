"""Cases between desks: whose each is, the colleagues' desks, and one place for any file that comes."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.casework.cases import CaseRow
from kimdesk.texts import say
from kimdesk.texts.bidi import apart
from kimdesk.texts.passing import told
from ui.forms.flow import FlowBox
from ui.kit.base import clear, spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.text import Text

_TOP = Qt.AlignmentFlag.AlignTop
_MOST = 8


class BetweenCard(Card):
    """What is under way to and from colleagues; ``read``, ``write_card`` and ``go`` are called with a path,
    a path, and the identity of a case."""

    def __init__(
        self, read: Callable[[Path], None], write_card: Callable[[Path], None], go: Callable[[str], None]
    ) -> None:
        super().__init__(say("passing.cases_between_desks"))
        self.setObjectName("between_desks")
        self._read, self._write_card, self._go = read, write_card, go
        self._rows = QVBoxLayout()
        spaced(self._rows, 10)
        self.body.addLayout(self._rows)
        self._desks = Text("", "meta", "text-2", wrap=True)
        self._desks.setObjectName("desks_known")
        self.body.addWidget(self._desks)
        self.body.addWidget(self._buttons())
        self.body.addWidget(Text(say("passing.read_any_file_why"), "meta", "text-2", wrap=True))

    def show_cases(self, rows: Sequence[CaseRow], desks: Sequence[str]) -> None:
        """Show the cases, the last one first, and the names of the desks that are known."""
        clear(self._rows)
        shown = [row for row in rows if row.standing.passage][:_MOST]
        for row in shown:
            self._rows.addWidget(_CaseLine(row, self._go))
        if not shown:
            self._rows.addWidget(Text(say("passing.nothing_between_desks"), "body", "text-2", wrap=True))
        known = f"{say('passing.desks_known')}: {', '.join(desks)}"
        self._desks.setText(known if desks else say("passing.no_desk_known"))

    def _buttons(self) -> QWidget:
        row = FlowBox(8)
        read = secondary(say("passing.read_any_file"), "tray", "small")
        read.setObjectName("read_any_file")
        read.clicked.connect(self._choose)
        card = quiet(say("passing.own_card"), "identification-card", "small")
        card.setObjectName("write_own_card")
        card.clicked.connect(self._choose_card)
        row.flow.addWidget(read)
        row.flow.addWidget(card)
        return row

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, say("passing.read_any_file"), "", "KIMdesk (*.kim*);;* (*)"
        )
        if name:
            self._read(Path(name))

    def _choose_card(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, say("passing.own_card"), "KIM-Karte.kimk")
        if name:
            self._write_card(Path(name))


class _CaseLine(QWidget):
    """One case: its name, whose it is, the way to it."""

    def __init__(self, row: CaseRow, go: Callable[[str], None]) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        spaced(line, 10)
        tone = "warn" if row.standing.overdue else "accent"
        line.addWidget(Sign("arrows-left-right", tone), 0, _TOP)
        words = QVBoxLayout()
        spaced(words, 2)
        name = apart(" · ").join(
            part for part in (row.name or say("common.without_name"), row.file_number) if part
        )
        words.addWidget(Text(name, "medium", wrap=True))
        words.addWidget(Text(told(row.standing), "table", "text-2", wrap=True))
        button = quiet(say("common.open"), size="inline")
        button.setAccessibleName(f"{say('common.open')}: {name}")
        button.clicked.connect(lambda: go(row.id))
        words.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        line.addLayout(words, 1)
