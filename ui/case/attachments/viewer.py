"""Looking at a scan: one page as a picture, zoomed and turned over by mouse or keyboard."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.forms.flow import FlowBox
from ui.kit.base import spaced
from ui.kit.buttons import Button, quiet
from ui.kit.card import Card
from ui.kit.state import EmptyState
from ui.kit.text import Text
from ui.theme import theme

if TYPE_CHECKING:
    from ui.case.attachments.render import RenderedPage

ZOOMS = (1.0, 1.5, 2.0, 3.0)
"""How wide a page is drawn; 1 is as wide as there is room."""

_HEIGHT = 420
_SETTLE_MS = 120


class Viewer(QWidget):
    """Shows one page. ``wanted`` asks for a page (from 0) about so many pixels wide."""

    wanted = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("scan_viewer")
        self._name, self._page, self._pages, self._zoom = "", 0, 0, 0
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._settling.timeout.connect(self._ask)
        column = QVBoxLayout(self)
        spaced(column, 6)
        self._tools = self._make_tools()
        column.addWidget(self._tools)
        self._area = _Area()
        self._area.turned.connect(self.turn)
        self._area.zoomed.connect(self.zoom)
        self._area.resized.connect(self._settling.start)
        self._locked = EmptyState("lock-key", say("case.pdf_asks_password_cannot_shown"))
        self._stack = QStackedWidget()
        self._stack.setFixedHeight(max(_HEIGHT, theme().px(_HEIGHT) // 2))
        self._stack.addWidget(self._area)
        self._stack.addWidget(self._locked)
        frame = Card(tone="sunken")
        frame.outer.setContentsMargins(1, 1, 1, 1)
        frame.body.addWidget(self._stack)
        column.addWidget(frame)

    def begin(self, name: str) -> None:
        """Ask for the first page of another scan; ``name`` is what a screen reader says."""
        self._name, self._page, self._pages, self._zoom = name, 0, 0, 0
        self._area.show_image(None, 0)
        self._describe()
        self._ask()

    def show_sheet(self, sheet: "RenderedPage") -> None:
        """Show the page that was asked for."""
        self._pages = sheet.pages
        self._stack.setCurrentWidget(self._area if sheet.image else self._locked)
        self._area.show_image(sheet.image, self._width())
        self._describe()

    def turn(self, by: int) -> None:
        """Turn ``by`` pages, as far as there are any."""
        page = min(max(0, self._page + by), max(0, self._pages - 1))
        if page != self._page:
            self._page = page
            self._area.to_top()
            self._ask()

    def zoom(self, by: int) -> None:
        """Draw the page larger or smaller; 0 makes it as wide as there is room."""
        level = min(max(0, self._zoom + by), len(ZOOMS) - 1) if by else 0
        if level != self._zoom:
            self._zoom = level
            self._ask()

    def _make_tools(self) -> QWidget:
        tools = FlowBox(4)
        self._back = self._tool("scan_back", "caret-left", say("case.previous_page"), lambda: self.turn(-1))
        self._on = self._tool("scan_on", "caret-right", say("case.next_page"), lambda: self.turn(1))
        self._smaller = self._tool(
            "scan_smaller", "magnifying-glass-minus", say("case.smaller"), lambda: self.zoom(-1)
        )
        self._larger = self._tool(
            "scan_larger", "magnifying-glass-plus", say("case.larger"), lambda: self.zoom(1)
        )
        self._where = Text("", "table", "text-2")
        self._where.setObjectName("scan_page")
        for widget in (self._back, self._where, self._on, self._smaller, self._larger):
            tools.flow.addWidget(widget)
        return tools

    def _tool(self, name: str, icon: str, word: str, act: object) -> Button:
        button = quiet("", icon, "small")
        button.setObjectName(name)
        button.setAccessibleName(word)
        button.setToolTip(word)
        button.clicked.connect(act)
        return button

    def _width(self) -> int:
        return round(self._area.room() * ZOOMS[self._zoom])

    def _ask(self) -> None:
        if self._name:
            self.wanted.emit(self._page, max(1, round(self._width() * self.devicePixelRatioF())))

    def _describe(self) -> None:
        where = say("case.page_n_of_all", n=self._page + 1, all=self._pages) if self._pages else ""
        self._where.setText(where)
        self._area.setAccessibleName(", ".join(part for part in (self._name, where) if part))
        self._tools.setVisible(self._pages > 0)
        self._back.setEnabled(self._page > 0)
        self._on.setEnabled(self._page < self._pages - 1)
        self._smaller.setEnabled(self._pages > 0 and self._zoom > 0)
        self._larger.setEnabled(self._pages > 0 and self._zoom < len(ZOOMS) - 1)
        for paging in (self._back, self._on):
            paging.setVisible(self._pages > 1)


class _Area(QScrollArea):
    """The page, scrolled. ``turned``: pages by key, ``zoomed``: steps by key, 0 for the whole width."""

    turned = Signal(int)
    zoomed = Signal(int)
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("scan_picture")
        self.setAccessibleDescription(say("case.page_up_page_down_turn"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._picture = _Picture()
        self.setWidget(self._picture)

    def room(self) -> int:
        """Return how wide a page may be that needs no scrolling."""
        return max(50, self.viewport().width())

    def show_image(self, image: QImage | None, width: int) -> None:
        """Show ``image`` so wide."""
        self._picture.show_image(image, width)

    def to_top(self) -> None:
        """Show the upper edge."""
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the page anew for another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages and change the size."""
        turns = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        zooms = {"+": 1, "-": -1, "0": 0}
        if event.key() in turns:
            self.turned.emit(turns[Qt.Key(event.key())])
        elif event.text() in zooms:
            self.zoomed.emit(zooms[event.text()])
        else:
            super().keyPressEvent(event)


class _Picture(QWidget):
    """The picture itself."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None

    def show_image(self, image: QImage | None, width: int) -> None:
        """Show ``image``, ``width`` pixels wide."""
        self._image = image
        height = round(width * image.height() / image.width()) if image else 0
        self.setFixedSize(QSize(width, height))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page."""
        if self._image is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRect(0, 0, self.width(), self.height()), self._image)
            painter.setPen(theme().color("line"))
            painter.drawRect(0, 0, self.width() - 1, self.height() - 1)
