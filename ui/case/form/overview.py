"""Beside the assessment: the life domains at a glance, as a radar or as a table."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from kimdesk.domain.records import PhaseEntry
from kimdesk.pictures.life_domains import ScaleChange
from kimdesk.texts import dates, say
from ui.case.form.radar import Radar, paint_mark
from ui.kit.base import clear, rule, spaced
from ui.kit.buttons import quiet
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.theme import theme

_KINDS = (("better", "trend-up", "ok"), ("same", "equals", "text-2"), ("worse", "trend-down", "warn"))


class AssessmentOverview(QWidget):
    """Shows the rounds against each other; the first round alone."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        spaced(column, 8)
        self._title = Text("", "strong")
        column.addWidget(self._title)
        self._legend = QHBoxLayout()
        spaced(self._legend, 6)
        column.addLayout(self._legend)
        self._radar = Radar()
        column.addWidget(self._radar)
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        spaced(self._grid, 4)
        self._table.hide()
        column.addWidget(self._table)
        self._counts = QVBoxLayout()
        spaced(self._counts, 4)
        column.addLayout(self._counts)
        self._switch = quiet(say("case.show_as_a_table"), "table", "small")
        self._switch.setObjectName("radar_switch")
        self._switch.clicked.connect(self._toggle)
        column.addWidget(self._switch, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(rule())

    def show_changes(
        self, changes: Sequence[ScaleChange], chosen: str, then: PhaseEntry | None, now: PhaseEntry | None
    ) -> None:
        """Show ``changes`` between the rounds ``then`` and ``now``."""
        self._title.setText(say("case.change_over_time") if then else say("case.life_domains_at_glance"))
        self._radar.show_changes(changes, chosen)
        self._show_legend(then, now)
        self._show_counts(changes, compared=then is not None)
        self._show_table(changes, compared=then is not None)

    def _toggle(self) -> None:
        as_table = self._table.isHidden()
        self._table.setVisible(as_table)
        self._radar.setVisible(not as_table)
        self._switch.setText(say("case.show_as_a_radar") if as_table else say("case.show_as_a_table"))

    def _show_legend(self, then: PhaseEntry | None, now: PhaseEntry | None) -> None:
        clear(self._legend)
        if then is None:
            return
        days = [(one.finished_on or one.started_on) if one else None for one in (then, now)]
        alike = now is not None and days[0] == days[1]  # then their numbers tell them apart
        for is_now, entry, day in zip((False, True), (then, now), days, strict=True):
            if is_now:
                self._legend.addSpacing(theme().px(6))
            self._legend.addWidget(_Sample(now=is_now))
            said = dates.full(day) if day else say("common.today")
            words = say("case.round_n", n=entry.round) if alike and entry else said
            self._legend.addWidget(Text(words, "meta", "text-2"))
        self._legend.addStretch(1)

    def _show_counts(self, changes: Sequence[ScaleChange], *, compared: bool) -> None:
        clear(self._counts)
        if not compared:
            return
        number = Counter(one.kind for one in changes)
        words = {
            "better": say("case.better"),
            "same": say("case.unchanged"),
            "worse": say("case.more_strained"),
        }
        for kind, icon, tone in _KINDS:
            if number[kind]:
                self._counts.addLayout(_count(icon, tone, words[kind], number[kind]))
        if number["open"]:
            self._counts.addLayout(_count("circle", "text-2", say("case.still_open_word"), number["open"]))

    def _show_table(self, changes: Sequence[ScaleChange], *, compared: bool) -> None:
        clear(self._grid)
        for row, one in enumerate(changes):
            now = "–" if one.now is None else str(one.now)
            then = "–" if one.before is None else str(one.before)
            self._grid.addWidget(Text(one.short, "table"), row, 0)
            self._grid.addWidget(Text(f"{then} → {now}" if compared else now, "table_strong"), row, 1)
        self._grid.setColumnStretch(0, 1)


def _count(icon: str, tone: str, words: str, number: int) -> QLayout:
    row = QHBoxLayout()
    spaced(row, 8)
    row.addWidget(Sign(icon, tone, 16))
    row.addWidget(Text(words, "table", tone))
    row.addStretch(1)
    row.addWidget(Text(say("case.areas", n=number), "table"))
    return row


class _Sample(QWidget):
    """A short line with the mark of then or now."""

    def __init__(self, *, now: bool) -> None:
        super().__init__()
        self._now = now
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room for the line."""
        return QSize(theme().px(26), theme().px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint line and mark."""
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = look.color("accent" if self._now else "text-2")
        style = Qt.PenStyle.SolidLine if self._now else Qt.PenStyle.DashLine
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.setPen(QPen(ink, look.px(1.5), style))
        painter.drawLine(QPointF(1, middle.y()), QPointF(self.width() - 1, middle.y()))
        painter.setPen(QPen(ink, 1))
        painter.setBrush(ink if self._now else look.color("surface"))
        paint_mark(painter, middle, now=self._now)
