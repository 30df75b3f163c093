"""The lanes as a picture: each is a thing of its own, which the keyboard and a screen reader come to."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from ui import focus
from ui.canvas.keys import STEPS
from ui.canvas.paint import paint_frame
from ui.kit.base import clear, spaced
from ui.kit.icons import paint_icon
from ui.kit.rows import paint_bar, paint_line, paint_text
from ui.perspective.lanes import LaneGroup, LaneKey, LaneView
from ui.perspective.paint import HEAD, Across, height_of, paint_head, paint_lane
from ui.theme import theme

LEAST = 640
"""The width, in pixels at 100 %, below which the list is easier to read than the picture."""
_GROUP = 26


class LanePicture(QWidget):
    """The path with its lanes; ``opened`` carries the key of the lane that was opened.

    Arrow keys, Pos1 and Ende move among the lanes, Enter opens one; Tab comes to the opened one.
    """

    opened = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__()
        self.setObjectName("lane_picture")
        self._today = today
        self._rows: list[LaneRow] = []
        self._buttons = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        spaced(self._column)

    def show_groups(self, groups: Sequence[LaneGroup], chosen: LaneKey | None) -> None:
        """Show the lanes of ``groups``; the one that is ``chosen`` is open."""
        clear(self._column)
        self._rows = []
        self._column.addWidget(_Head(self._today))
        for group in groups:
            self._column.addWidget(_GroupRow(group))
            for lane in group.lanes:
                self._add(lane, opened=lane.key == chosen, last=lane is group.lanes[-1])

    def _add(self, lane: LaneView, *, opened: bool, last: bool) -> None:
        row = LaneRow(self, lane, self._today, last=last)
        self._buttons.addButton(row)
        row.setChecked(opened)
        row.clicked.connect(lambda: self.opened.emit(lane.key))
        self._rows.append(row)
        self._column.addWidget(row)

    def choose(self, key: LaneKey) -> None:
        """Mark the lane ``key`` as the one that is open."""
        for row in self._rows:
            if row.lane.key == key:
                row.setChecked(True)

    def step(self, row: "LaneRow", by: int) -> None:
        """Move the keyboard from ``row`` to the next lane or the one before; it stays at the ends."""
        at = self._rows.index(row) + by
        focus.begin(self._rows[min(max(at, 0), len(self._rows) - 1)])


class LaneRow(QAbstractButton):
    """One lane, painted; its name says whom it is for, the rule, the light in words and the days."""

    def __init__(self, picture: LanePicture, lane: LaneView, today: date, *, last: bool) -> None:
        super().__init__(picture)
        self.lane = lane
        self._picture, self._today, self._last = picture, today, last
        self.setObjectName(f"lane_{lane.key.rule}_{'_'.join(lane.key.people)}")
        self.setCheckable(True)
        self.setProperty("own_focus", True)
        self.setAccessibleName(lane.spoken)
        self.setToolTip(lane.spoken)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the usual width and the height of title and paragraph."""
        return QSize(theme().px(LEAST), height_of(self.lane))

    def minimumSizeHint(self) -> QSize:
        """Return a width at which the picture can still be read."""
        return QSize(theme().px(LEAST - 60), height_of(self.lane))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move among the lanes."""
        far = {Qt.Key.Key_Home: -1000, Qt.Key.Key_End: 1000}
        by = STEPS.get(Qt.Key(event.key()), far.get(Qt.Key(event.key()), 0))
        if by:
            self._picture.step(self, by)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lane."""
        look, whole = theme(), QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            painter.fillRect(whole, look.color("tint"))
            paint_bar(painter, whole)
        elif self.underMouse():
            painter.fillRect(whole, look.color("sunken"))
        ink = "accent" if self.isChecked() else "text"
        paint_lane(painter, self.lane, Across(self.width(), self._today), self.height(), ink=ink)
        if not self._last:
            paint_line(painter, whole)
        if self.hasFocus():
            paint_frame(painter, whole, -2, 4)


class _Head(QWidget):
    """Today, the months, later."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.setFixedHeight(theme().px(HEAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the path."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_head(painter, Across(self.width(), self._today), self.height())


class _GroupRow(QWidget):
    """For whom the lanes below are."""

    def __init__(self, group: LaneGroup) -> None:
        super().__init__()
        self._group = group
        self.setAccessibleName(f"{group.name}, {group.note}" if group.note else group.name)
        self.setToolTip(self.accessibleName())
        self.setFixedHeight(theme().px(_GROUP))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint who it is, and their status."""
        look, px = theme(), theme().px
        painter = QPainter(self)
        whole = QRectF(self.rect())
        painter.fillRect(whole, look.color("sunken"))
        painter.fillRect(QRectF(0, 0, whole.width(), 1), look.color("line"))
        paint_line(painter, whole)
        side = px(16)
        sign = QRectF(px(14), (whole.height() - side) / 2, side, side)
        paint_icon(painter, sign, "users-three" if self._group.several else "user", look.color("text-2"))
        words = whole.adjusted(px(36), 0, -px(14), 0)
        used = paint_text(painter, words, self._group.name, "table_strong")
        paint_text(painter, words.adjusted(used + px(10), 0, 0, 0), self._group.note, "meta", "text-2")
