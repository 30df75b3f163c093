"""Editors for one choice: segments for a few short ones, a drop-down otherwise."""

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from kimdesk.forms.definition import Field, Width
from ui.forms.editors.base import Editor
from ui.forms.editors.combo import CodeCombo, answer_of, show_answer
from ui.forms.sources import Option
from ui.kit import segments
from ui.kit.gas import GasBar
from ui.kit.icons import paint_icon
from ui.kit.scale import SegmentedScale
from ui.theme import theme

_MOST_SEGMENTS = 5
_LETTERS = {Width.FULL: 62, Width.HALF: 30, Width.THIRD: 18, Width.QUARTER: 12}
_HEIGHT = 34
_RADIUS = 8


def fits_segments(options: tuple[Option, ...], width: Width) -> bool:
    """Return whether the words of ``options`` fit side by side into a field of ``width``."""
    letters = sum(len(option.label) + 3 for option in options)
    room = _LETTERS[Width.FULL if theme().stacked else width]
    return 0 < len(options) <= _MOST_SEGMENTS and letters <= room


class WordSegments(segments.SegmentRow):
    """A few words of which one is chosen; choosing it again, or Delete, takes the choice away."""

    def __init__(self, options: tuple[Option, ...]) -> None:
        super().__init__([segments.SegmentOption(one.code, "", one.label, one.label) for one in options])
        self._before: int | str | None = None
        self.changed.connect(self._toggle)

    def set_value(self, value: int | str | None) -> None:
        """Choose ``value`` without telling anyone; None clears."""
        super().set_value(value)
        self._before = value

    def segment_size(self, option: segments.SegmentOption) -> QSize:
        """Return room for the word and a tick."""
        look = theme()
        word = QFontMetrics(look.bold("table")).horizontalAdvance(option.word)
        return QSize(word + look.px(34), look.px(_HEIGHT))

    def paint_segment(self, painter: QPainter, segment: segments.Segment) -> None:
        """Paint one word."""
        look = theme()
        chosen, first, last = segment.isChecked(), segment is self.segments[0], segment is self.segments[-1]
        place = QRectF(segment.rect()).adjusted(0.5, 0.5, -0.5 if last else 0.5, -0.5)
        bad = self.property("state") == "bad"
        painter.setPen(QPen(look.color("bad" if bad else "line-strong"), 1))
        ground = "accent" if chosen else "tint" if segment.underMouse() else "surface"
        if not segment.isEnabled():
            ground = "text-3" if chosen else "sunken"
        painter.setBrush(look.color(ground))
        painter.drawPath(segments.corners(place, look.px(_RADIUS), first, last))
        self._word(painter, segment, chosen)
        if segment.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("on-accent" if chosen else "accent"), 2))
            painter.drawPath(segments.corners(place.adjusted(2.5, 2.5, -2.5, -2.5), look.px(5), True, True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the choice away on Delete or Backspace."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.value() is not None:
            self._clear()
        else:
            super().keyPressEvent(event)

    def _word(self, painter: QPainter, segment: segments.Segment, chosen: bool) -> None:
        look = theme()
        ink = look.color("on-accent" if chosen else "text" if segment.isEnabled() else "text-3")
        painter.setFont(look.bold("table") if chosen else look.font("table"))
        painter.setPen(ink)
        width = painter.fontMetrics().horizontalAdvance(segment.option.word)
        shift = look.px(9) if chosen else 0
        painter.drawText(QRectF(segment.rect()).translated(-shift, 0), segments.CENTER, segment.option.word)
        if chosen:
            side = look.px(14)
            middle = QRectF(segment.rect()).center()
            tick = QRectF(middle.x() + width / 2 - look.px(4), middle.y() - side / 2, side, side)
            paint_icon(painter, tick, "check", ink)

    def _toggle(self, value: object) -> None:
        if value is not None and value == self._before:
            self._clear()
        else:
            self._before = self.value()

    def _clear(self) -> None:
        self.set_value(None)
        self.update()
        self.changed.emit(None)


class SegmentsEditor(Editor):
    """One of a few: words side by side, or the steps of a scale."""

    def __init__(self, row: segments.SegmentRow, number: bool = False) -> None:
        super().__init__()
        self._number = number
        self.input = row
        self.row.addWidget(row)
        if not number and not theme().stacked:
            self.row.addStretch(0)
        self.watch(*row.segments)
        row.changed.connect(lambda _: self.changed.emit())

    def value(self) -> Any:
        """Return the chosen code, or the number on the scale."""
        value = self.input.value()
        return int(value) if self._number and value is not None else value

    def set_value(self, value: Any) -> None:
        """Choose ``value``."""
        self.input.set_value(str(value) if self._number and value is not None else value)

    def name(self, key: str, label: str) -> None:
        """Name the row and each segment."""
        self.input.setObjectName(key)
        self.input.setAccessibleName(label)
        for segment in self.input.segments:
            segment.setObjectName(f"{key}_{segment.option.value}")
            segment.setAccessibleName(f"{label}: {segment.option.spoken}")

    def inputs(self) -> list[QWidget]:
        """Return the row."""
        return [self.input]


class ComboEditor(Editor):
    """One of many: a drop-down."""

    def __init__(self, options: tuple[Option, ...]) -> None:
        super().__init__()
        self.input = CodeCombo(options)
        self.row.addWidget(self.input)
        self.watch(self.input)
        self.input.picked.connect(self.changed)

    def value(self) -> Any:
        """Return the chosen code, or None; what is not in the list is no code (``forms.values.unlisted``)."""
        return answer_of(self.input)

    def set_value(self, value: Any) -> None:
        """Choose ``value``."""
        show_answer(self.input, value)

    def name(self, key: str, label: str) -> None:
        """Name the drop-down."""
        self.input.setObjectName(key)
        self.input.setAccessibleName(label)

    def inputs(self) -> list[QWidget]:
        """Return the drop-down."""
        return [self.input]


def choice_editor(field: Field, options: tuple[Option, ...]) -> Editor:
    """Return segments or a drop-down, whichever suits ``options``."""
    if field.choices_by is None and fits_segments(options, field.width):
        return SegmentsEditor(WordSegments(options))
    return ComboEditor(options)


def scale_editor(_: Field, options: tuple[Option, ...]) -> Editor:
    """Return the segmented scale, or the bar of goal attainment where the steps go below zero."""
    if any(option.code.startswith("-") for option in options):
        return GasEditor(options)
    return SegmentsEditor(SegmentedScale([(one.code, one.label) for one in options]), number=True)


class GasEditor(SegmentsEditor):
    """Goal attainment from −2 to +2."""

    def __init__(self, options: tuple[Option, ...]) -> None:
        super().__init__(GasBar(editable=True))
        for segment, option in zip(self.input.segments, options, strict=True):
            segment.setToolTip(option.label)
