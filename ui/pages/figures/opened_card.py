"""The opened number: what it counts, how it spreads, in which version, and what lies behind it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.indicators.values import Says
from kimdesk.pictures.bars import number as spelled_number
from kimdesk.texts import dates, say
from ui.kit.base import clear, rule, spaced
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.pages.figures.model import SPLIT, hidden_words, in_words

if TYPE_CHECKING:
    from kimdesk.kreis.steering.report_values import DeskStanding, ReportFigure, ReportTable, SteeringReport

NAMED = 5


class FigureCard(Card):
    """``behind`` and ``versions`` carry the code of the number; ``closed`` when it is put away."""

    behind = Signal(str)
    versions = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("opened_figure")
        self._code = ""
        head = QHBoxLayout()
        spaced(head, 8)
        close = quiet("", "x", size="inline")
        close.setObjectName("close_figure")
        close.setAccessibleName(say("figures.close"))
        close.setToolTip(say("figures.close"))
        close.clicked.connect(self.closed)
        words = QVBoxLayout()
        spaced(words, 0)
        self._name = Text("", "section", wrap=True)
        words.addWidget(Text(say("figures.opened"), "label", "accent"))
        words.addWidget(self._name)
        head.addLayout(words, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self._parts = QVBoxLayout()
        spaced(self._parts, 8)
        self.body.addLayout(self._parts)
        self.hide()

    def show_figure(self, report: "SteeringReport", table: "ReportTable | None") -> None:
        """Show what ``table`` tells in total; None hides the card."""
        self.setVisible(table is not None)
        if table is None:
            return
        self._code = table.asked.code
        self._name.setText(table.asked.title)
        self.setAccessibleName(f"{say('figures.opened')}: {table.asked.title}")
        clear(self._parts)
        figure = table.total.now
        self._parts.addWidget(Text(table.asked.definition, "table", wrap=True))
        self._fact(say("figures.counted"), _counted(table, figure))
        if table.says is Says.MEDIAN_DAYS and figure.quartiles:
            low, high = figure.quartiles
            self._fact(say("figures.spread"), say("figures.middle_half", low=low, high=high))
        since = dates.full(table.asked.sheet.valid_from)
        self._fact(
            say("figures.version"), say("figures.version_since", version=table.asked.version, since=since)
        )
        self._fact(say("figures.source"), table.asked.sheet.source)
        self._stale(report.desks)
        self._foot(figure, table.asked.sheet.counted)

    def _fact(self, title: str, words: str) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        spaced(column, 1)
        column.addWidget(Text(title, "meta", "text-2"))
        column.addWidget(Text(words, "table", wrap=True))
        self._parts.addWidget(holder)

    def _stale(self, desks: "tuple[DeskStanding, ...]") -> None:
        """Name the desks of which nothing came for long: what is missing is never hidden in a total."""
        silent = [each for each in desks if each.silent]
        if silent:
            self._parts.addWidget(rule())
        for each in silent[:NAMED]:
            self._parts.addWidget(_line(_standing(each)))
        if (more := len(silent) - NAMED) > 0:
            self._parts.addWidget(_line(say("figures.n_more_silent", n=more)))

    def _foot(self, figure: "ReportFigure", counted: str) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        spaced(row, 8)
        if figure.number is not None and figure.value is not None:
            number = spelled_number(figure.number)
            show = quiet(say("figures.show_counted", number=number, counted=counted), size="inline")
            show.setObjectName("show_counted")
            show.clicked.connect(lambda: self.behind.emit(self._code))
            row.addWidget(show)
        row.addStretch(1)
        versions = quiet(say("figures.versions"), size="inline")
        versions.setObjectName("show_versions")
        versions.clicked.connect(lambda: self.versions.emit(self._code))
        row.addWidget(versions)
        self._parts.addWidget(holder)


def _counted(table: "ReportTable", figure: "ReportFigure") -> str:
    if figure.value is None or figure.number is None:
        return hidden_words(figure)
    number = spelled_number(figure.number)
    if table.says is Says.COUNT:
        return f"{number} {table.asked.sheet.counted}"
    if table.asked.code == SPLIT or table.says is Says.SHARE:
        having = spelled_number(figure.having or 0)
        return say("figures.having_of", having=having, number=number, counted=table.asked.sheet.counted)
    return f"{number} {table.asked.sheet.counted} · {in_words(table, figure)}"


def _standing(desk: "DeskStanding") -> str:
    if desk.heard_at is None:
        return say("figures.never_heard", desk=desk.name)
    return say("figures.heard_last", desk=desk.name, day=dates.full(desk.heard_at.date()))


def _line(words: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    spaced(row, 8)
    row.addWidget(Sign("clock", "warn", 16), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Text(words, "meta", "text-2", wrap=True), 1)
    return holder
