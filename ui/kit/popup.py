"""What opens over a page: one look for calendar, choice list, menu and search."""

from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QListView, QMenu, QWidget

from ui.theme import theme

_FLAGS = Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
_RADIUS = 8
_INSET = 5  # between the edge and the lines of a list


def as_popup(window: QWidget) -> None:
    """Let ``window``, which opens over the page, have round corners and no shadow of the system."""
    window.setWindowFlags(window.windowFlags() | _FLAGS)
    window.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)


def paint_popup(widget: QWidget) -> None:
    """Paint the ground and the line around it: on a see-through window style sheets paint none."""
    look = theme()
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.color("line-strong"), 1))
    painter.setBrush(look.color("surface"))
    place = QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(place, look.px(_RADIUS), look.px(_RADIUS))


class Popup(QWidget):
    """A window over the page that closes when one clicks beside it or presses Escape."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        as_popup(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        paint_popup(self)


class Menu(QMenu):
    """A menu in the look of the other popups."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        as_popup(self)


class ChoiceList(QListView):
    """The lines of a drop-down, or what a search found; as high as ``rows`` lines if the screen allows."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows
        self.setObjectName("choices")
        inset = theme().px(_INSET)
        self.setViewportMargins(inset, inset, inset, inset)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    def event(self, event: QEvent) -> bool:
        """Paint the ground, and stay high enough: Qt reckons without the inset and cuts the last line."""
        if event.type() == QEvent.Type.Paint:
            paint_popup(self)
            return True
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show) and (window := self.window()).isVisible():
            grow(window, *self.missing())
        return done

    def missing(self) -> tuple[int, int]:
        """Return by how many pixels the list is too narrow for its words and too low for its lines."""
        if (model := self.model()) is None:
            return 0, 0
        shown = min(model.rowCount(self.rootIndex()), self._rows)
        height = sum(self.sizeHintForRow(row) for row in range(shown))
        bar = self.verticalScrollBar().sizeHint().width()
        width = self.sizeHintForColumn(0) + bar
        return width - self.viewport().width(), height - self.viewport().height()


def grow(window: QWidget, wider: int, higher: int) -> None:
    """Make ``window`` larger, to the left and upwards where the screen ends."""
    room: QRect = window.screen().availableGeometry()
    place = window.geometry().adjusted(0, 0, max(0, wider), max(0, higher))
    place.translate(min(0, room.right() - place.right()), min(0, room.bottom() - place.bottom()))
    if (fitting := place.intersected(room)) != window.geometry():
        window.setGeometry(fitting)
