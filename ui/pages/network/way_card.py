"""The opened way: why, how long, for whom, where, and whether it was so before."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from kimdesk.texts import network as words
from kimdesk.texts import say
from ui.kit.bars import NumberBar
from ui.kit.base import clear, rule, spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.card import Card
from ui.kit.text import Text

if TYPE_CHECKING:
    from kimdesk.kreis.steering.network import ChainNetwork, NetworkWay


class WayCard(Card):
    """What may be told of one way; ``close`` and ``to_findings`` are called by its buttons."""

    def __init__(self, close: Callable[[], None], to_findings: Callable[[], None]) -> None:
        super().__init__(say("network.opened"))
        self.setObjectName("way_card")
        away = quiet("", "x", size="inline")
        away.setObjectName("close_way")
        away.setAccessibleName(say("network.close_way"))
        away.setToolTip(say("network.close_way"))
        away.clicked.connect(close)
        self.add_action(away)
        self._to_findings = to_findings
        self.hide()

    def show_way(self, found: "ChainNetwork", one: "NetworkWay | None", findings: int) -> None:
        """Show ``one``; None hides the card. ``findings``: how many findings are about it."""
        clear(self.body)
        self.setVisible(one is not None)
        if one is None:
            return
        title = words.title(found, one)
        self.setAccessibleName(title)
        self.body.addWidget(Text(title, "next_step", wrap=True))
        self.body.addWidget(Text(words.why(one), "table", "text-2", wrap=True))
        self._add_numbers(one)
        self._add_spread(one)
        self._add_facts(_facts(one))
        if findings:
            button = secondary(say("network.findings_on_it", n=findings), "puzzle-piece")
            button.setObjectName("to_findings")
            button.clicked.connect(self._to_findings)
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_numbers(self, one: "NetworkWay") -> None:
        if one.cases.number is None:
            self.body.addWidget(Text(words.number(one), "section"))
            self.body.addWidget(Text(say("network.nothing_told"), "table", "text-2", wrap=True))
            return
        row = QHBoxLayout()
        spaced(row, 6)
        if one.days is not None:
            _add_number(row, one.days, say("network.days_median", n=one.days))
        _add_number(row, one.cases.number, words.number(one).partition(" ")[2])
        row.addStretch(1)
        self.body.addLayout(row)
        if one.days is None:
            self.body.addWidget(Text(say("network.no_days"), "table", "text-2", wrap=True))
        if one.still:
            self.body.addWidget(Text(say("network.still_waiting", n=one.still), "table", wrap=True))
        if told := words.change(one):
            longer = (one.days or 0) > (one.days_before or 0)
            self.body.addWidget(Text(told, "table", "bad" if longer else "text-2", wrap=True))

    def _add_spread(self, one: "NetworkWay") -> None:
        if not one.waits:
            return
        self.body.addWidget(Text(say("network.how_long"), "label", "text-2"))
        grid = QGridLayout()
        spaced(grid, 6)
        most = max(each.cases for each in one.waits)
        for row, each in enumerate(one.waits):
            told = words.wait_class(each, one.waits[row - 1] if row else None)
            least = (one.waits[row - 1].upto if row else 0) or 0
            late = one.agreed is not None and least >= one.agreed
            bar = NumberBar([(each.cases, "hatched" if late else "solid")], most, f"{told}: {each.cases}")
            grid.addWidget(Text(told, "table"), row, 0)
            grid.addWidget(bar, row, 1)
            grid.addWidget(Text(str(each.cases), "table_strong"), row, 2, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)

    def _add_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        for title, told in facts:
            self.body.addWidget(rule())
            holder = QWidget()
            row = QHBoxLayout(holder)
            spaced(row, 12)
            row.addWidget(Text(title, "table", "text-2"))
            row.addStretch(1)
            row.addWidget(Text(told, "table"))
            self.body.addWidget(holder)


def _add_number(row: QHBoxLayout, number: int, unit: str) -> None:
    row.addWidget(Text(str(number), "title"), 0, Qt.AlignmentFlag.AlignBottom)
    row.addWidget(Text(unit, "table", "text-2"), 0, Qt.AlignmentFlag.AlignBottom)
    row.addSpacing(8)


def _facts(one: "NetworkWay") -> list[tuple[str, str]]:
    """Return words and values: what was agreed, who waits, where."""
    found = [
        (say("network.column_agreed"), words.against_agreed(one)),
        (say("network.column_state"), words.verdict(one)),
        (say("network.who"), words.who(one)),
        (say("network.where"), words.municipalities(one)),
    ]
    return [(title, value) for title, value in found if value]
