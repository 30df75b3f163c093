"""The stepper: numbered circles with full names along a line, and its small form for tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from kimdesk.texts import say
from ui import focus
from ui.kit.icons import paint_icon
from ui.kit.segments import CENTER
from ui.theme import theme

State = Literal["done", "gaps", "current", "open", "skipped"]
_CIRCLE = 20
_GAP = 6


@dataclass(frozen=True, slots=True)
class StepperItem:
    """One step: its key, its full name and where it stands."""

    key: str
    label: str
    state: State = "open"


def spoken(step: StepperItem, number: int) -> str:
    """Return „3 Assessment, aktuell“."""
    states = {
        "done": say("kit.completed"),
        "gaps": say("kit.completed_with_gaps"),
        "current": say("kit.current"),
        "open": say("common.open_state"),
        "skipped": say("kit.skipped"),
    }
    return f"{number} {step.label}, {states[step.state]}"


class _StepButton(QAbstractButton):
    """A circle and a name."""

    def __init__(self, parent: "Stepper", step: StepperItem, number: int) -> None:
        super().__init__(parent)
        self.step = step
        self.compact = False
        self._number = number
        self.setAccessibleName(spoken(step, number))
        self.setToolTip(self.accessibleName())
        self.setObjectName(f"step_{step.key}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: parent.chosen.emit(step.key))

    def wanted(self, compact: bool) -> int:
        """Return the width of circle and name; in the compact form only the current one is named."""
        px = theme().px
        if compact and self.step.state != "current":
            return px(_CIRCLE)
        return px(_CIRCLE + _GAP) + QFontMetrics(self._font()).horizontalAdvance(self.step.label) + px(2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint circle and name."""
        painter = QPainter(self)
        look = theme()
        px = look.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = QRectF(0, (self.height() - px(_CIRCLE)) / 2, px(_CIRCLE), px(_CIRCLE))
        self._circle(painter, circle.adjusted(0.5, 0.5, -0.5, -0.5))
        if self.width() > px(_CIRCLE):
            painter.setFont(self._font())
            current = self.step.state == "current"
            painter.setPen(look.color("accent" if current else "text-2"))
            painter.drawText(self.rect().adjusted(px(_CIRCLE + _GAP), 0, 0, 0), _LEFT, self.step.label)

    def _circle(self, painter: QPainter, place: QRectF) -> None:
        look = theme()
        fill, frame, ink = _CIRCLES[self.step.state]
        dashed = self.step.state == "skipped"
        painter.setPen(QPen(look.color(frame), 1, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
        painter.setBrush(look.color(fill))
        painter.drawEllipse(place)
        if sign := _SIGNS.get(self.step.state):
            side = look.px(12)
            tick = QRectF(0, 0, side, side)
            tick.moveCenter(place.center())
            paint_icon(painter, tick, sign, look.color(ink))
            return
        painter.setPen(look.color(ink))
        painter.setFont(look.font("label"))
        painter.drawText(place, CENTER, "–" if dashed else str(self._number))

    def _font(self) -> QFont:
        return theme().font("table_strong" if self.step.state == "current" else "table")


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_SIGNS = {"done": "check", "gaps": "circle-half"}
_CIRCLES = {  # state: fill, frame, ink
    "done": ("tint", "tint-line", "accent"),
    "gaps": ("warn-fill", "warn-line", "warn"),
    "current": ("accent", "accent", "on-accent"),
    "open": ("surface", "line-strong", "text-2"),
    "skipped": ("surface", "line-strong", "text-2"),
}


class Stepper(QWidget):
    """The phases of a case; ``chosen`` carries the key of the step that was clicked.

    Names are shown whole; where they do not fit, only the current one is named.
    """

    chosen = Signal(str)

    def __init__(self, steps: Sequence[StepperItem] = ()) -> None:
        super().__init__()
        self._buttons: list[_StepButton] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(say("common.phases"))
        self.set_steps(steps)

    def set_steps(self, steps: Sequence[StepperItem]) -> None:
        """Show ``steps``."""
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = [_StepButton(self, step, number) for number, step in enumerate(steps, 1)]
        for button in self._buttons:
            button.show()
        current = next((step.label for step in steps if step.state == "current"), "")
        self.setAccessibleDescription(current)
        self._place()

    def sizeHint(self) -> QSize:
        """Return the room for all names."""
        return QSize(self._needed(False), theme().px(28))

    def minimumSizeHint(self) -> QSize:
        """Return the room for the current name."""
        return QSize(self._needed(True), theme().px(28))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the steps."""
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the keyboard along the steps."""
        turn = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        at = next((i for i, button in enumerate(self._buttons) if button.hasFocus()), None)
        if turn is None or at is None:
            super().keyPressEvent(event)
            return
        focus.begin(self._buttons[(at + turn) % len(self._buttons)])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines between the steps."""
        painter = QPainter(self)
        px = theme().px
        painter.setPen(QPen(theme().color("line-strong"), 1))
        for left, right in zip(self._buttons, self._buttons[1:], strict=False):
            y = self.height() // 2
            painter.drawLine(left.geometry().right() + px(6), y, right.x() - px(8), y)

    def _needed(self, compact: bool) -> int:
        gaps = theme().px(32) * max(0, len(self._buttons) - 1)
        return sum(button.wanted(compact) for button in self._buttons) + gaps

    def _place(self) -> None:
        if not self._buttons:
            return
        compact = self._needed(False) > self.width()
        widths = [button.wanted(compact) for button in self._buttons]
        gap = (self.width() - sum(widths)) / max(1, len(widths) - 1)
        x = 0.0
        for button, width in zip(self._buttons, widths, strict=True):
            button.setGeometry(round(x), 0, width, self.height())
            x += width + gap
        self.update()


def paint_phase_bars(painter: QPainter, place: QRectF, number: int, total: int = 7) -> float:
    """Paint ``total`` small bars, those before ``number`` tinted and that one tall; return the width used."""
    look = theme()
    px = look.px
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    done = QColor(look.color("accent"))
    done.setAlphaF(0.5)
    for index in range(1, total + 1):
        now = index == number
        height = px(14 if now else 8)
        bar = QRectF(place.left() + (index - 1) * px(9), place.center().y() - height / 2, px(7), height)
        painter.setPen(QPen(look.color("line-strong"), 1) if index > number else Qt.PenStyle.NoPen)
        painter.setBrush(look.color("accent") if now else done if index < number else Qt.BrushStyle.NoBrush)
        inset = 0.5 if index > number else 0
        painter.drawRoundedRect(bar.adjusted(inset, inset, -inset, -inset), px(2), px(2))
    return float(px(9) * total - px(2))
