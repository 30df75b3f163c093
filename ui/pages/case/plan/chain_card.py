"""The card of the integration chain: as a picture, or as a list."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kimdesk.domain.records import CaseFile
from ui.kit.base import spaced
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.state import EmptyState
from ui.kit.text import Text
from ui.pages.case.plan.chain_paint import hatch, mixed
from ui.pages.case.plan.chain_view import ChainView
from ui.pages.case.plan.measures import MeasureList
from ui.pages.case.plan.strands import blocked
from ui.text import tr
from ui.theme import theme


class ChainCard(Card):
    """Measures with what they wait for; ``wanted`` carries the measure to edit ("" adds one)."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("Integration chain"))
        self.setObjectName("chain_card")
        add = quiet(tr("Measure"), "plus", "small")
        add.setObjectName("add_measure")
        add.setAccessibleName(tr("Add a measure"))
        add.clicked.connect(lambda: self.wanted.emit(""))
        self.add_action(add)
        self._picture, self._list = ChainView(), MeasureList()
        self._picture.wanted.connect(self.wanted)
        self._list.wanted.connect(self.wanted)
        self._empty = EmptyState("list-bullets", tr("No measure is planned yet."))
        for widget in (self._picture, self._list, self._empty):
            self.body.addWidget(widget)
        self._foot = self._make_foot()
        self.body.addWidget(self._foot)
        self._as_list = theme().stacked
        self._show_chosen(empty=True)

    def show_file(self, file: CaseFile, today: date) -> None:
        """Show the measures of ``file``."""
        self._picture.show_file(file, today)
        self._list.show_file(file)
        self.set_count(self._count_words(file) if file.measures else "")
        left_out = self._picture.left_out
        self._note.setText(tr("{n} more in the list", n=left_out) if left_out else "")
        self._show_chosen(empty=not file.measures)

    def toggle(self) -> None:
        """Change between picture and list."""
        self._as_list = not self._as_list
        self._show_chosen(empty=False)

    def _count_words(self, file: CaseFile) -> str:
        number, stuck = len(file.measures), len(blocked(file))
        words = tr("1 measure") if number == 1 else tr("{n} measures", n=number)
        return f"{words} · {tr('{n} blocked', n=stuck)}" if stuck else words

    def _show_chosen(self, *, empty: bool) -> None:
        self._empty.setVisible(empty)
        self._foot.setVisible(not empty)
        self._picture.setVisible(not empty and not self._as_list)
        self._legend.setVisible(not self._as_list)
        self._list.setVisible(not empty and self._as_list)
        self._switch.setText(tr("Show as a picture") if self._as_list else tr("Show as a list"))

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        outer = QHBoxLayout(foot)
        spaced(outer, 14, (0, 4, 0, 0))
        self._legend = Legend(
            (
                ("done", tr("finished")),
                ("running", tr("under way")),
                ("planned", tr("planned")),
                ("blocked", tr("blocked")),
            )
        )
        outer.addWidget(self._legend)
        self._note = Text("", "meta", "text-2")
        outer.addWidget(self._note)
        outer.addStretch(1)
        self._switch = quiet(tr("Show as a list"), "list-bullets", "small")
        self._switch.setObjectName("chain_switch")
        self._switch.clicked.connect(self.toggle)
        outer.addWidget(self._switch)
        return foot


class Legend(QWidget):
    """What the bars mean."""

    def __init__(self, entries: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        spaced(row, 6)
        for style, words in entries:
            row.addWidget(_Swatch(style))
            row.addWidget(Text(words, "meta", "bad" if style in ("blocked", "gap") else "text-2"))
            row.addSpacing(theme().px(8))


class _Swatch(QWidget):
    """A small bar in one style."""

    def __init__(self, style: str) -> None:
        super().__init__()
        self._style = style
        self.setFixedSize(theme().px(18), theme().px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar."""
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lane = look.color("bad" if self._style in ("blocked", "gap") else "lane-residence")
        dashed = self._style == "planned"
        painter.setPen(QPen(lane, 1, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
        fills = {"done": lane, "running": mixed(lane, look.color("surface"), 0.12)}
        painter.setBrush(fills.get(self._style, look.color("surface")))
        place = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(place, 3, 3)
        if self._style in ("blocked", "gap"):
            painter.setBrush(hatch(lane))
            painter.drawRoundedRect(place, 3, 3)
