"""Which chart shows which table of a report."""

from collections.abc import Sized
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kimdesk.indicators.breakdowns import breakdown
from kimdesk.indicators.values import Says
from kimdesk.kreis.steering.templates import MUNICIPALITY
from kimdesk.pictures.bars import bars
from kimdesk.pictures.split_bars import split_bars
from kimdesk.pictures.tiles import Tile, steps, tiles
from kimdesk.texts import dates, say
from ui.canvas.paint import hatch
from ui.forms.flow import FlowBox
from ui.kit.base import spaced
from ui.kit.text import Text
from ui.pages.figures.chart_card import ChartCard
from ui.pages.figures.model import (
    SPLIT,
    bar_rows,
    left_out,
    span_words,
    split_rows,
    tile_places,
    told_rows,
)
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.catalogue.catalogue import Catalogue
    from kimdesk.kreis.steering.report_values import ReportTable, SteeringReport


def chart_card(report: "SteeringReport", table: "ReportTable", catalogue: "Catalogue") -> ChartCard:
    """Return the card of ``table``: tiles of municipalities, parts of a whole, or bars."""
    by = breakdown(table.by).title
    heads = (by, span_words(report.span), span_words(report.before))
    rows = told_rows(table, catalogue)
    name, title = f"{table.asked.code}_{table.by}", table.asked.title
    if table.asked.code == SPLIT:
        parts = split_rows(table, catalogue)
        plain, marked = say("figures.without_gap"), say("figures.with_gap")
        card = ChartCard(name, title, by, partial(split_bars, parts, plain, marked), heads, rows)
        card.finish(_legend(("solid", plain), ("hatch", marked)), _rest(table, parts))
    elif table.by == MUNICIPALITY and table.says is Says.COUNT:
        places = tile_places(table, catalogue)
        note = dates.full(report.span.last) if table.asked.sheet.dated == "day" else heads[1]
        card = ChartCard(name, title, note, partial(tiles, places), heads, rows)
        card.finish(_steps(places), _why_covered(places))
    else:
        own = bar_rows(table, catalogue)
        card = ChartCard(name, title, by, partial(bars, own), heads, rows)
        card.finish(_legend(("solid", _now(report, table)), ("tick", heads[2])), _rest(table, own))
    return card


def _now(report: "SteeringReport", table: "ReportTable") -> str:
    if table.says is Says.SHARE:
        return say("figures.share_in_per_cent")
    return say("figures.days_median") if table.says is Says.MEDIAN_DAYS else span_words(report.span)


def _rest(table: "ReportTable", drawn: Sized) -> str:
    more = left_out(table, drawn)
    return say("figures.n_more_in_list", n=more) if more else ""


def _why_covered(places: tuple[Tile, ...]) -> str:
    covered = any(each.hidden == say("figures.hidden_covered") for each in places)
    return say("figures.why_covered") if covered else ""


def _steps(places: tuple[Tile, ...]) -> QWidget:
    return _legend(*((each.fill, each.words) for each in steps(places)))


def _legend(*entries: tuple[str, str]) -> QWidget:
    box = FlowBox(12)
    for style, words in entries:
        holder = QWidget()
        row = QHBoxLayout(holder)
        spaced(row, 6)
        row.addWidget(_Mark(style))
        row.addWidget(Text(words, "meta", "bad" if style == "hatch" else "text-2"))
        box.flow.addWidget(holder)
    return box


class _Mark(QWidget):
    """A small mark in the manner of the chart: solid, hatch, tick, or a colour of a tile."""

    def __init__(self, style: str) -> None:
        super().__init__()
        self._style = style
        self.setFixedSize(theme().px(4 if style == "tick" else 14), theme().px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        look, style = theme(), self._style
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = self.rect().toRectF().adjusted(0.5, 1.5, -0.5, -1.5)
        if style == "tick":
            painter.setPen(QPen(look.color("text-2"), look.px(2)))
            painter.drawLine(QPointF(place.center().x(), 0), QPointF(place.center().x(), self.height()))
            return
        fill = {"solid": "accent", "hatch": "bad-fill"}.get(style, style)
        painter.setPen(QPen(look.color("bad"), 1) if style == "hatch" else Qt.PenStyle.NoPen)
        painter.setBrush(look.color(fill))
        painter.drawRoundedRect(place, look.px(3), look.px(3))
        if style == "hatch":
            painter.setBrush(hatch(look.color("bad")))
            painter.drawRoundedRect(place, look.px(3), look.px(3))
