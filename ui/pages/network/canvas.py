"""The network, painted and walked through; the table says the same."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent

from kimdesk.kreis.steering.network import ChainNetwork
from kimdesk.pictures.network import LEAST_WIDTH, NetworkPicture, picture
from kimdesk.pictures.network_routes import DrawnBox
from kimdesk.texts import network as words
from kimdesk.texts import say
from ui.canvas.keys import OPEN, Key
from ui.canvas.paint import paint_frame, width_of
from ui.canvas.view import Canvas
from ui.pages.network import paint
from ui.pages.network.paint import place_of
from ui.theme import theme

_EMPTY = 60
_AWRY = 2.5  # how much more it counts to lie aside than far off, when walking by keys
_WAYS = {
    Key.Key_Right: (1, 0),
    Key.Key_Left: (-1, 0),
    Key.Key_Down: (0, 1),
    Key.Key_Up: (0, -1),
}


class NetworkCanvas(Canvas):
    """Shows the network. ``wanted`` carries the key of a way that is to be opened, "" to close it;
    ``seen``: keep this place (left, top, width, height) in sight.
    """

    wanted = Signal(str)
    seen = Signal(int, int, int, int)

    def __init__(self) -> None:
        super().__init__("network_view", say("network.title"), width=(LEAST_WIDTH, LEAST_WIDTH))
        self._found: ChainNetwork | None = None
        self._lane = ""
        self._opened = ""
        self.chosen = ""
        self.picture: NetworkPicture | None = None
        for key in _WAYS:
            self.keys.on([key], lambda _, key=key: self._walk(key))  # type: ignore[misc]
        self.keys.ask(OPEN, lambda key, _: self.wanted.emit(self.way_of(key)))
        self.keys.on([Key.Key_Escape], lambda _: self.wanted.emit(""))
        self.keys.on({Key.Key_Home: 0, Key.Key_End: -1}, self._walk_to)

    def show_network(self, found: ChainNetwork, lane: str) -> None:
        """Show ``found``, or only the ways of one lane; what was chosen stays so while it is there."""
        self._found, self._lane = found, lane
        self.lay_out()

    def show_opened(self, key: str) -> None:
        """Show a way as opened, "" for none."""
        self._opened = key
        if self.picture and self.picture.way(key):
            self.choose(key)
        self._kept = None
        self.update()

    def choose(self, key: str) -> None:
        """Put the keyboard on a station or way."""
        self.chosen = key
        self._tell()
        self.update()

    def at_keyboard(self) -> str:
        """Return what has the keyboard."""
        return self.chosen

    def way_of(self, key: str) -> str:
        """Return a way, or the way to a station that most cases wait on."""
        if ">" in key or self._found is None:
            return key
        touching = [one for one in self._found.ways if key in (one.way.after, one.way.before)]
        touching.sort(key=lambda one: (one.way.after != key, -(one.cases.number or 0)))
        return touching[0].way.key if touching else ""

    def picture_height(self) -> int:
        """Return the height all lanes need."""
        return round(self.picture.height * theme().zoom) if self.picture else theme().px(_EMPTY)

    def lay_out(self) -> None:
        """Spread the columns over the width."""
        if self._found is None:
            return
        zoom = theme().zoom
        self.picture = picture(
            self._found, self._lane, lambda told, use: width_of(told, use) / zoom, self.width() / zoom
        )
        if self.chosen not in self._boxes():
            self.chosen = next(iter(self._boxes()), "")
        self._tell()
        self.fit()

    def spoken_at(self, place: QPointF) -> str:
        """Say what a station or way is."""
        if self.picture is None:
            return ""
        zoom = theme().zoom
        return self._spoken(self.picture.at(place.x() / zoom, place.y() / zoom))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, and what has the keyboard."""
        drawn = self.picture
        if drawn is None:
            return
        painter = self.painter()
        painter.drawPixmap(0, 0, self.kept(lambda onto: paint.paint(onto, drawn, self._opened)))
        box = self._boxes().get(self.chosen)
        if box and self.hasFocus():
            paint_frame(painter, place_of(box), 3, 10)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open what is pressed."""
        if self.picture is None or event.button() != Qt.MouseButton.LeftButton:
            return
        zoom, place = theme().zoom, event.position()
        key = self.picture.at(place.x() / zoom, place.y() / zoom)
        if key:
            self.choose(key)
            self.wanted.emit(self.way_of(key))

    def _boxes(self) -> dict[str, DrawnBox]:
        """Return what can be chosen: stations in their order, then ways."""
        if self.picture is None:
            return {}
        found = {one.key: one.box for one in self.picture.stations}
        return found | {one.key: one.plate for one in self.picture.ways}

    def _walk(self, key: Key) -> None:
        """Go to what lies next in a direction."""
        boxes = self._boxes()
        here = boxes.get(self.chosen)
        if here is None:
            return
        right, down = _WAYS[key]

        def far(box: DrawnBox) -> tuple[float, float]:
            (x, y), (x0, y0) = box.middle, here.middle
            ahead = (x - x0) * right + (y - y0) * down
            aside = abs(x - x0) * abs(down) + abs(y - y0) * abs(right)
            return ahead, ahead + aside * _AWRY

        ahead = {name: far(box) for name, box in boxes.items() if far(box)[0] > 1}
        if ahead:
            self.choose(min(ahead, key=lambda name: ahead[name][1]))

    def _walk_to(self, end: int) -> None:
        if keys := list(self._boxes()):
            self.choose(keys[end])

    def _spoken(self, key: str) -> str:
        if self._found is None or not key:
            return ""
        if way := self._found.way(key):
            return words.spoken(self._found, way)
        station = self._found.station(key)
        return ", ".join(each for each in (words.name(self._found, key), words.cases(station)) if each)

    def _tell(self) -> None:
        """Let a screen reader hear what is chosen, and keep it in sight."""
        said = say("network.picture_says", n=len(self.picture.ways)) if self.picture else ""
        self.setAccessibleDescription(self._spoken(self.chosen) or said)
        if box := self._boxes().get(self.chosen):
            place = place_of(box).toRect()
            self.seen.emit(place.left(), place.top(), place.width(), place.height())
