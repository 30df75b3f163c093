"""The network of all chains on paper: the picture as vectors, its ways as a table, how it was counted."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import Any, Final

from kimdesk.casework.desk import Desk
from kimdesk.documents.print import PaperPart, Sheets, TextStyle, broken, width_of
from kimdesk.domain import media
from kimdesk.kreis.steering.network import VERSION, ChainNetwork, WaitVerdict
from kimdesk.pictures.inks import ink, mixed
from kimdesk.pictures.network import DrawnLane, DrawnStation, DrawnWay, NetworkPicture, picture
from kimdesk.pictures.network_routes import DrawnBox, Spot
from kimdesk.texts import network as words
from kimdesk.texts import say

_LEFT, _RIGHT, _TOP, _BOTTOM = 48.0, 547.0, 786.0, 56.0
_ROW: Final = 15.0
_COLUMNS: Final = (0.0, 118.0, 238.0, 284.0, 346.0, 398.0, 454.0)
_TITLE, _TEXT, _QUIET = TextStyle(18, "semibold"), TextStyle(9), TextStyle(8.5, gray=0.35)
_HEAD = 9.0
_SIZES: Final = {"meta": 12.0, "label": 12.0, "table_strong": 13.0}


def pdf(desk: Desk, found: ChainNetwork, today: date) -> bytes:
    """Return the paper. Raises ContentError E797 when no font has a sign of it."""
    sheets = Sheets(say("network.paper_title"))
    y = _head(sheets, desk, found, today)
    drawn = picture(found, "", lambda text, use: width_of(text, _style(use, 1.0)))
    if drawn.ways:
        _Picture(sheets, drawn, found, y).draw()
        sheets.turn()
    _foot(sheets, found, _table(sheets, found))
    return sheets.finished()


def note_printed(desk: Desk) -> None:
    """Let the audit trail tell that the paper was printed."""
    with desk.writing() as writer:
        writer.record("copied_out", "kreis", "", "")


def save(desk: Desk, path: Path, data: bytes) -> None:
    """Write the paper to ``path``; the audit trail tells of it.

    Raises StoreError E920 to E923 when it cannot be written; then nothing is left behind.
    """
    with desk.writing() as writer:
        writer.record("copied_out", "kreis", "", "")
        media.write(path, data)


def _style(use: str, scale: float, color: str = "text") -> TextStyle:
    style = TextStyle(_SIZES[use] * scale, ink=ink(color))
    return style if use == "meta" else style.bold


def _head(sheets: Sheets, desk: Desk, found: ChainNetwork, today: date) -> float:
    y = _TOP - 12
    sheets.write(say("network.paper_title"), _LEFT, y, _TITLE, part=sheets.document.add("H1"))
    place = f"{desk.name} · {words.where(found)}" if found.ags else desk.name
    told = [f"{place} · {words.quarter(found.period)}"]
    told += [say("paper.made", day=today, name=desk.actor), *words.notes(found)]
    told += [say("paper.practice")] if desk.practice else []
    return _paragraphs(sheets, told, y - 20)


def _paragraphs(sheets: Sheets, told: Sequence[str], y: float) -> float:
    for text in told:
        part = sheets.document.add("P")
        for line in broken(text, _RIGHT - _LEFT, _TEXT):
            sheets.write(line, _LEFT, y, _TEXT, part=part)
            y -= 12
        y -= 3
    return y


def _table(sheets: Sheets, found: ChainNetwork) -> float:
    """Write all ways; return where the last row ends."""
    y = _TOP - 12
    sheets.write(
        say("network.paper_table"), _LEFT, y, TextStyle(13, "semibold"), part=sheets.document.add("H2")
    )
    y -= 22
    table = sheets.document.add("Table")
    names = ("before", "after", "cases", "days", "agreed", "difference", "state")
    _cells(sheets, table.add("TR"), [say(f"network.column_{name}") for name in names], y, head=True)
    for one in found.ways:
        y -= _ROW
        if y < _BOTTOM:
            sheets.turn()
            y = _TOP - 12
        _cells(sheets, table.add("TR"), words.row(found, one), y)
    return y - 24


def _cells(sheets: Sheets, row: PaperPart, told: Sequence[str], y: float, *, head: bool = False) -> None:
    style = _TEXT.bold if head else _TEXT
    for left, text in zip(_COLUMNS, told, strict=True):
        part = row.add("TH", scope="Column") if head else row.add("TD")
        if text:
            sheets.write(text, _LEFT + left, y, style, part=part)
    sheets.rule(_LEFT, _RIGHT, y - 4, width=0.8 if head else 0.3, gray=0.6)


def _foot(sheets: Sheets, found: ChainNetwork, y: float) -> None:
    told = [*words.definitions(found), say("network.digest", digest=found.digest, version=VERSION)]
    if y < _BOTTOM + 190:
        sheets.turn()
        y = _TOP - 12
    _paragraphs(sheets, told, y)


class _Picture:
    """The picture on the page below ``top``, as large as fits."""

    def __init__(self, sheets: Sheets, drawn: NetworkPicture, found: ChainNetwork, top: float) -> None:
        self._sheets, self._drawn, self._top = sheets, drawn, top
        self._scale = min((_RIGHT - _LEFT) / drawn.width, (top - _BOTTOM) / drawn.height)
        alt = "; ".join(words.spoken(found, one) for one in found.ways)
        self._part = sheets.document.add("Figure", alt=alt)

    def draw(self) -> None:
        """Draw grounds, ways, stations and plates, then their words."""
        with self._sheets.drawing(self._part) as canvas:
            canvas.saveState()
            for lane in self._drawn.lanes:
                self._lane(canvas, lane)
            for way in self._drawn.ways:
                self._line(canvas, way)
            for station in self._drawn.stations:
                self._station(canvas, station)
            for way in self._drawn.ways:
                self._box(canvas, way.plate, 5, "bad" if way.verdict is WaitVerdict.BOTTLENECK else "line")
            canvas.restoreState()
        self._write_words()

    def _at(self, spot: Spot) -> Spot:
        return _LEFT + spot[0] * self._scale, self._top - spot[1] * self._scale

    def _box(
        self,
        canvas: Any,
        box: DrawnBox,
        radius: float,
        edge: str,
        fill: tuple[float, float, float] = (1, 1, 1),
    ) -> None:
        x, y = self._at((box.left, box.bottom))
        canvas.setFillColorRGB(*fill)
        canvas.setStrokeColorRGB(*ink(edge))
        wide, high = (box.right - box.left) * self._scale, (box.bottom - box.top) * self._scale
        canvas.roundRect(x, y, wide, high, min(radius * self._scale, high / 2), stroke=1, fill=1)

    def _lane(self, canvas: Any, lane: DrawnLane) -> None:
        canvas.setDash([])
        x, y = self._at((0, lane.box.bottom))
        high = (lane.box.bottom - lane.box.top) * self._scale
        if lane.shaded:
            canvas.setFillColorRGB(*ink("sunken"))
            canvas.rect(x, y, _RIGHT - _LEFT, high, stroke=0, fill=1)
        canvas.setFillColorRGB(*ink(lane.color))
        canvas.rect(x, y + 6, 2, high - 12, stroke=0, fill=1)

    def _station(self, canvas: Any, station: DrawnStation) -> None:
        narrow = station.verdict is WaitVerdict.BOTTLENECK
        canvas.setLineWidth(1.4 if narrow else 0.7)
        fill = mixed(ink(station.color), 0.12) if station.pill else (1.0, 1.0, 1.0)
        self._box(canvas, station.box, 20 if station.pill else 8, "bad" if narrow else station.color, fill)
        canvas.setLineWidth(0.6)

    def _line(self, canvas: Any, way: DrawnWay) -> None:
        color = ink("bad") if way.verdict is WaitVerdict.BOTTLENECK else mixed(ink("text-3"), 0.75)
        canvas.setStrokeColorRGB(*color)
        canvas.setFillColorRGB(*color)
        canvas.setLineWidth(way.thick * self._scale)
        canvas.setDash([3, 2] if way.dashed else [])
        corners = [self._at(spot) for spot in way.line]
        tip, base = corners[-1], _short(corners[-2], corners[-1], _HEAD * self._scale)
        for one, other in pairwise([*corners[:-1], base]):
            canvas.line(*one, *other)
        canvas.setDash([])
        side = (tip[1] - base[1]) * 0.45, (base[0] - tip[0]) * 0.45
        head = canvas.beginPath()
        head.moveTo(*tip)
        head.lineTo(base[0] + side[0], base[1] + side[1])
        head.lineTo(base[0] - side[0], base[1] - side[1])
        head.close()
        canvas.drawPath(head, stroke=0, fill=1)
        canvas.setLineWidth(0.6)

    def _write_words(self) -> None:
        for lane in self._drawn.lanes:
            lines = [*((text, "table_strong") for text in lane.name), (lane.below, "meta")]
            middle = (lane.box.top + lane.box.bottom) / 2
            for number, (text, use) in enumerate(lines):
                self._write(text, (12, middle + 18 * (number - len(lines) / 2) + 13), use)
        for one in self._drawn.stations:
            left = one.box.left + (16 if one.pill else 10)
            self._write(one.name, (left, one.box.top + (17 if one.below else 25)), "table_strong")
            if one.below:
                narrow = one.verdict is WaitVerdict.BOTTLENECK
                use, tone = ("label", "bad") if narrow else ("meta", "text-2")
                self._write(one.below, (left, one.box.top + 33), use, tone)
        for way in self._drawn.ways:
            wide = width_of(way.words, _style("meta", 1.0))
            tone = "bad" if way.verdict is WaitVerdict.BOTTLENECK else "text"
            left = (way.plate.left + way.plate.right - wide) / 2
            self._write(way.words, (left, way.plate.bottom - 6), "meta", tone)

    def _write(self, text: str, spot: Spot, use: str, color: str = "text") -> None:
        x, y = self._at(spot)
        self._sheets.write(text.replace("\u00ad", ""), x, y, _style(use, self._scale, color), part=self._part)


def _short(start: Spot, end: Spot, by: float) -> Spot:
    """Return the place on a line, ``by`` before its end."""
    long = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    return end[0] - (end[0] - start[0]) / long * by, end[1] - (end[1] - start[1]) / long * by
