"""Goal attainment on five steps from −2 to +2: the current one filled, those below tinted."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPen

from ui.kit.segments import CENTER, Segment, SegmentOption, SegmentRow
from ui.theme import theme

_LEVELS = (-2, -1, 0, 1, 2)


def signed(level: int) -> str:
    """Return ``level`` with a true minus or a plus."""
    return f"−{-level}" if level < 0 else f"+{level}" if level else "0"


class GasBar(SegmentRow):
    """The attainment of a goal; ``changed`` carries −2 to +2 when ``editable``."""

    def __init__(self, level: int | None = None, editable: bool = False) -> None:
        super().__init__(
            [SegmentOption(level, signed(level), "", signed(level)) for level in _LEVELS], spacing=3
        )
        self.changed.connect(lambda _: self.update())
        for segment in self.segments:
            segment.setEnabled(editable)
            segment.toggled.connect(self.update)
        self.set_value(level)

    def segment_size(self, option: SegmentOption) -> QSize:
        """Return the size of one step."""
        return QSize(theme().px(36), theme().px(22))

    def paint_segment(self, painter: QPainter, segment: Segment) -> None:
        """Paint one step."""
        look = theme()
        level = self.value()
        chosen = segment.isChecked()
        reached = (
            isinstance(level, int) and isinstance(segment.option.value, int) and segment.option.value < level
        )
        painter.setPen(QPen(look.color("accent" if chosen else "tint-line" if reached else "line"), 1))
        painter.setBrush(look.color("accent" if chosen else "tint" if reached else "surface"))
        place = QRectF(segment.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(place, look.px(4), look.px(4))
        painter.setPen(look.color("on-accent" if chosen else "accent" if reached else "text-2"))
        painter.setFont(look.bold("meta") if chosen else look.font("meta"))
        painter.drawText(place, CENTER, segment.option.figure)
        if segment.hasFocus():
            painter.setPen(QPen(look.color("on-accent" if chosen else "accent"), 2))
            painter.drawRoundedRect(place.adjusted(2, 2, -2, -2), look.px(3), look.px(3))
