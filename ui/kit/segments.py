"""A row of segments of which one is chosen: the base of the scale and of the goal attainment bar."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from ui.kit.base import spaced


@dataclass(frozen=True, slots=True)
class SegmentOption:
    """One segment: what it stands for, the figure it shows, the word below, what a screen reader says."""

    value: int | str
    figure: str
    word: str
    spoken: str


class Segment(QAbstractButton):
    """One segment; its row paints it."""

    def __init__(self, row: "SegmentRow", option: SegmentOption) -> None:
        super().__init__(row)
        self._row = row
        self.option = option
        self.setCheckable(True)
        self.setProperty("own_focus", True)
        self.setAccessibleName(option.spoken)
        self.setToolTip(option.spoken)
        self.setObjectName(f"segment_{option.value}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return what the row wants."""
        return self._row.segment_size(self.option)

    def minimumSizeHint(self) -> QSize:
        """Return what the row wants: words stay whole."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let the row paint."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._row.paint_segment(painter, self)


class SegmentRow(QWidget):
    """Segments side by side, chosen by click or arrow keys; ``changed`` carries the value."""

    changed = Signal(object)

    def __init__(self, options: Sequence[SegmentOption], spacing: int = 0) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        row = QHBoxLayout(self)
        spaced(row, spacing)
        self.segments = [Segment(self, option) for option in options]
        for segment in self.segments:
            self._group.addButton(segment)
            row.addWidget(segment)
        self._group.buttonClicked.connect(lambda _: self.changed.emit(self.value()))
        if self.segments:
            self.setFocusProxy(self.segments[0])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def value(self) -> int | str | None:
        """Return the chosen value, or None."""
        chosen = self._group.checkedButton()
        return chosen.option.value if isinstance(chosen, Segment) else None

    def set_value(self, value: int | str | None) -> None:
        """Choose ``value`` without telling anyone; None clears."""
        self._group.setExclusive(False)
        for segment in self.segments:
            segment.setChecked(segment.option.value == value)
        self._group.setExclusive(True)
        self._describe()

    def segment_size(self, option: SegmentOption) -> QSize:
        """Return the size one segment wants."""
        raise NotImplementedError

    def paint_segment(self, painter: QPainter, segment: Segment) -> None:
        """Paint one segment."""
        raise NotImplementedError

    def _describe(self) -> None:
        chosen = self._group.checkedButton()
        self.setAccessibleDescription(chosen.accessibleName() if chosen else "")


def corners(rect: QRectF, radius: float, left: bool, right: bool) -> QPainterPath:
    """Return ``rect`` with rounded corners at the left or right end only."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    middle = QPainterPath()
    if not left:
        middle.addRect(QRectF(rect.left(), rect.top(), radius, rect.height()))
    if not right:
        middle.addRect(QRectF(rect.right() - radius, rect.top(), radius, rect.height()))
    return path.united(middle).simplified()


CENTER = Qt.AlignmentFlag.AlignCenter
