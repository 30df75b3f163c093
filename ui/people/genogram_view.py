"""The genogram on the screen: looked at, walked through with the arrow keys, new relations drawn by hand."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent

from kimdesk.texts import say
from ui.canvas.keys import ADD, OPEN, Key
from ui.canvas.paint import paint_frame, paint_thread
from ui.canvas.view import Canvas
from ui.people import genogram_paint
from ui.people.genogram import Genogram, Node
from ui.people.genogram_paint import GenogramSheet
from ui.theme import theme

_FAR = 8  # pixels; less is a click
_NAMES = ("left", "right", "up", "down")
_WAYS = {Key.Key_Left: 0, Key.Key_Right: 1, Key.Key_Up: 2, Key.Key_Down: 3}


class GenogramView(Canvas):
    """Shows a genogram; signals carry identities of persons.

    ``wanted``: open her. ``related``: the hand led from the first to the second. ``relation_asked``: the keys
    asked for a relation of her. ``seen``: keep this place in sight.
    """

    wanted = Signal(str)
    related = Signal(str, str)
    relation_asked = Signal(str)
    seen = Signal(object)

    def __init__(self) -> None:
        super().__init__("genogram_view", say("people.genogram"))
        self._sheet = GenogramSheet(Genogram(()))
        self._chosen = self._start = ""
        self._from, self._to = QPointF(), QPointF()
        self.keys.ask(_WAYS, lambda key, way: self.choose(self.picture.neighbour(key, _NAMES[way])))
        self.keys.ask(OPEN, lambda key, _: self.wanted.emit(key))
        self.keys.ask(ADD, lambda key, _: self.relation_asked.emit(key))

    @property
    def picture(self) -> Genogram:
        """Return what is painted."""
        return self._sheet.picture

    @property
    def chosen(self) -> str:
        """Return who has the keyboard, "" for nobody."""
        return self._chosen

    def show_picture(self, picture: Genogram) -> None:
        """Show ``picture``; whoever was chosen stays so while she is in it."""
        self._sheet, self._start = GenogramSheet(picture), ""
        if picture.node(self._chosen) is None:
            client = next((one.key for one in picture.nodes if one.client), "")
            self._chosen = client or next((one.key for one in picture.nodes), "")
        self.setFixedSize(self.sizeHint())
        self._tell()
        self.update()

    def choose(self, key: str) -> None:
        """Put the keyboard on a person."""
        node = self.picture.node(key)
        if node is not None:
            self._chosen = key
            self._tell()
            self.seen.emit(self._sheet.place(node))
            self.update()

    def spot(self, key: str) -> QPointF:
        """Return the middle of the sign of a person."""
        node = self.picture.node(key)
        return self._sheet.center(node) if node else QPointF()

    def sizeHint(self) -> QSize:
        """Return the room of everybody."""
        return QSize(round(self._sheet.width), round(self._sheet.height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, who has the keyboard, and the line the hand is drawing."""
        painter = self.painter()
        genogram_paint.paint(painter, self._sheet)
        node = self.picture.node(self._chosen)
        if node and self.hasFocus():
            paint_frame(painter, self._sheet.place(node), -1, 8)
        if self._is_drawing():
            paint_thread(painter, self._from, self._to)
            if target := self._target():
                paint_frame(painter, self._sheet.place(target), -1, 8)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a person."""
        node = self._sheet.at(event.position())
        if node and event.button() == Qt.MouseButton.LeftButton:
            self._start, self._from, self._to = node.key, event.position(), event.position()
            self.choose(node.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the line to another person."""
        if self._start and event.buttons() & Qt.MouseButton.LeftButton:
            self._to = event.position()
            self.update()
        else:
            over = self._sheet.at(event.position()) is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Relate both ends of the line; a mere click opens the person."""
        start, drawn, target = self._start, self._is_drawing(), self._target()
        self._start = ""
        self.update()
        if start and not drawn:
            self.wanted.emit(start)
        elif start and target:
            self.related.emit(start, target.key)

    def spoken_at(self, place: QPointF) -> str:
        """Say who it is."""
        node = self._sheet.at(place)
        return spoken(node) if node else ""

    def at_keyboard(self) -> str:
        """Return who has the keyboard."""
        return self._chosen

    def _is_drawing(self) -> bool:
        way = self._to - self._from
        return bool(self._start) and abs(way.x()) + abs(way.y()) > theme().px(_FAR)

    def _target(self) -> Node | None:
        node = self._sheet.at(self._to) if self._start else None
        return node if node and node.key != self._start else None

    def _tell(self) -> None:
        node = self.picture.node(self._chosen)
        self.setAccessibleDescription(spoken(node) if node else "")


def spoken(node: Node) -> str:
    """Return who a sign stands for, as it is read aloud."""
    age = say("people.age_unknown") if node.age == "?" else say("people.age_n", n=int(node.age))
    parts = [node.name, age]
    if node.client:
        parts.append(say("people.client_word"))
    if not node.inside:
        parts.append(say("people.not_in_the_household"))
    return ", ".join(parts)
