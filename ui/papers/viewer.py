"""Looking at a paper or scan: one page as a picture, zoomed and turned over by mouse or keyboard."""

from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
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
    from ui.papers.render import RenderedPage

SIZES: Final = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
"""How wide a page is drawn, against the room there is."""
Fit = Literal["width", "page", ""]
"""What the size follows: the width of the room, its height too, or nothing."""

_HEIGHT = 420
_AROUND = 56  # pixels at 100 % of the tools and the frame
_SETTLE_MS = 120
_A4 = 210 / 297
_NEAR = 0.01
_ALL = 1 << 20  # more pages than there are
_KEY = Qt.Key
_TURNS = {_KEY.Key_PageDown: 1, _KEY.Key_PageUp: -1, _KEY.Key_Home: -_ALL, _KEY.Key_End: _ALL}
_ZOOMS = {"+": 1, "-": -1, "0": 0}


class Viewer(QWidget):
    """Shows one page. ``wanted`` asks for a page (from 0) about so many pixels wide.

    The names of its parts begin with ``prefix``.
    """

    wanted = Signal(int, int)

    def __init__(self, prefix: str = "scan") -> None:
        super().__init__()
        self.setObjectName(f"{prefix}_viewer")
        self._prefix, self._name, self._page, self._pages = prefix, "", 0, 0
        self._fit: Fit = "width"
        self._size, self._ratio = 1.0, _A4
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._settling.timeout.connect(self._ask)
        column = QVBoxLayout(self)
        spaced(column, 6)
        self._tools = self._make_tools()
        column.addWidget(self._tools)
        self._area = _Area(f"{prefix}_picture")
        self._area.turned.connect(self.turn)
        self._area.zoomed.connect(self.zoom)
        self._area.fitted.connect(self.fit)
        self._area.resized.connect(self._resize)
        self._locked = EmptyState("lock-key", say("case.pdf_asks_password_cannot_shown"))
        self._stack = QStackedWidget()
        self._stack.setFixedHeight(max(_HEIGHT, theme().px(_HEIGHT) // 2))
        self._stack.addWidget(self._area)
        self._stack.addWidget(self._locked)
        self.setFocusProxy(self._area)
        frame = Card(tone="sunken")
        frame.outer.setContentsMargins(1, 1, 1, 1)
        frame.body.addWidget(self._stack)
        column.addWidget(frame)

    @property
    def pages(self) -> int:
        """Return how many pages there are, 0 while that is not known."""
        return self._pages

    def be_high(self, height: int) -> None:
        """Take ``height`` pixels with everything."""
        self._stack.setFixedHeight(max(_HEIGHT // 2, height - theme().px(_AROUND)))

    def begin(self, name: str) -> None:
        """Ask for the first page of another one; ``name`` is what a screen reader says."""
        self._name, self._page, self._pages, self._fit = name, 0, 0, "width"
        self._area.show_image(None, 0)
        self._describe()
        self._ask()

    def forget(self) -> None:
        """Let go of what is shown."""
        self._name, self._pages = "", 0
        self._settling.stop()
        self._area.show_image(None, 0)

    def show_sheet(self, sheet: "RenderedPage") -> None:
        """Show the page that was asked for."""
        self._pages = sheet.pages
        self._stack.setCurrentWidget(self._area if sheet.image else self._locked)
        if sheet.image and sheet.image.height():
            self._ratio = sheet.image.width() / sheet.image.height()
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
        """Draw the page larger (1) or smaller (-1); 0 makes it as wide as there is room."""
        if not by:
            self.fit("width")
            return
        now = self._width() / self._area.room().width()
        sizes = [size for size in SIZES if (size - now) * by > _NEAR]
        if sizes:
            self._fit, self._size = "", min(sizes) if by > 0 else max(sizes)
            self._ask()

    def fit(self, to: Fit) -> None:
        """Make the page as wide as there is room, or so large that the whole of it is seen."""
        if to != self._fit:
            self._fit = to
            self._ask()

    def _make_tools(self) -> QWidget:
        tools = FlowBox(4)
        self._back = self._tool("back", "caret-left", say("case.previous_page"), lambda: self.turn(-1))
        self._on = self._tool("on", "caret-right", say("case.next_page"), lambda: self.turn(1))
        self._smaller = self._tool(
            "smaller", "magnifying-glass-minus", say("case.smaller"), lambda: self.zoom(-1)
        )
        self._larger = self._tool("larger", "magnifying-glass-plus", say("case.larger"), lambda: self.zoom(1))
        self._wide = self._tool("fit_width", "arrows-out-line-horizontal", say("papers.whole_width"),
                                lambda: self.fit("width"))  # fmt: skip
        self._whole = self._tool("fit_page", "arrows-in", say("papers.whole_page"), lambda: self.fit("page"))
        self._where = Text("", "table", "text-2")
        self._where.setObjectName(f"{self._prefix}_page")
        shown = (self._back, self._where, self._on, self._smaller, self._larger, self._wide, self._whole)
        for widget in shown:
            tools.flow.addWidget(widget)
        return tools

    def _tool(self, name: str, icon: str, word: str, act: object) -> Button:
        button = quiet("", icon, "small")
        button.setObjectName(f"{self._prefix}_{name}")
        button.setAccessibleName(word)
        button.setToolTip(word)
        button.clicked.connect(act)
        return button

    def _width(self) -> int:
        room = self._area.room()
        if self._fit == "page":
            return max(1, min(room.width(), int(room.height() * self._ratio)))
        return room.width() if self._fit else round(room.width() * self._size)

    def _resize(self) -> None:
        """Fit the picture there is at once, and ask for a sharp one when the size has settled."""
        self._area.resize_image(self._width())
        self._settling.start()

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
        size = self._width() / self._area.room().width()
        self._smaller.setEnabled(self._pages > 0 and size > SIZES[0] + _NEAR)
        self._larger.setEnabled(self._pages > 0 and size < SIZES[-1] - _NEAR)
        self._wide.setEnabled(self._fit != "width")
        self._whole.setEnabled(self._fit != "page")
        for paging in (self._back, self._on):
            paging.setVisible(self._pages > 1)


class _Area(QScrollArea):
    """The page, scrolled. ``turned``: pages, ``zoomed``: steps, ``fitted``: what it fits, by key or wheel."""

    turned = Signal(int)
    zoomed = Signal(int)
    fitted = Signal(str)
    resized = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleDescription(say("case.page_up_page_down_turn"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._picture = _Picture()
        self.setWidget(self._picture)

    def room(self) -> QSize:
        """Return how large a page may be that needs no scrolling."""
        return self.viewport().size().expandedTo(QSize(50, 50))

    def show_image(self, image: QImage | None, width: int) -> None:
        """Show ``image`` so wide."""
        self._picture.show_image(image, width)

    def resize_image(self, width: int) -> None:
        """Show the same image so wide."""
        if self._picture.image is not None:
            self._picture.show_image(self._picture.image, width)

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
        if event.key() in _TURNS:
            self.turned.emit(_TURNS[Qt.Key(event.key())])
        elif event.text() in _ZOOMS:
            self.zoomed.emit(_ZOOMS[event.text()])
        elif event.text() == "1":
            self.fitted.emit("page")
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the size while Ctrl is held; else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y()
            if steps:
                self.zoomed.emit(1 if steps > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)


class _Picture(QWidget):
    """The picture itself."""

    def __init__(self) -> None:
        super().__init__()
        self.image: QImage | None = None

    def show_image(self, image: QImage | None, width: int) -> None:
        """Show ``image``, ``width`` pixels wide."""
        self.image = image
        height = round(width * image.height() / image.width()) if image and image.width() else 0
        self.setFixedSize(QSize(width, height))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page."""
        if self.image is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRect(0, 0, self.width(), self.height()), self.image)
            painter.setPen(theme().color("line"))
            painter.drawRect(0, 0, self.width() - 1, self.height() - 1)
