"""A card that shows the same as a picture or as a list; the picture is scrolled where it does not fit."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from kimdesk.texts import say
from ui.kit.buttons import quiet, secondary
from ui.kit.card import Card
from ui.kit.cards import CardList
from ui.kit.text import Text
from ui.theme import theme


class DrawingCard(Card):
    """A picture with its list; ``name`` begins the names of its widgets, ``words`` are on its button."""

    add_wanted = Signal()

    def __init__(self, title: str, name: str, words: str, picture: QWidget, legend: tuple[str, ...]) -> None:
        super().__init__(title)
        self.setObjectName(f"{name}_card")
        self._picture = picture
        self._as_list = theme().stacked
        self._switch = quiet("", size="small")
        self._switch.setObjectName(f"{name}_switch")
        self._switch.clicked.connect(self._turn)
        self.add_action(self._switch)
        self.add = secondary(words, "plus", "small")
        self.add.setObjectName(f"{name}_add")
        self.add.clicked.connect(self.add_wanted)
        self.add_action(self.add)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._scroll.setWidget(picture)
        for ground in (picture, self._scroll.viewport()):
            ground.setAutoFillBackground(False)
        self.list = CardList()
        self.list.setObjectName(f"{name}_list")
        self._legend = [Text(line, "meta", "text-2", wrap=True) for line in legend]
        for widget in (self._scroll, *self._legend, self.list):
            self.body.addWidget(widget)
        self._empty = False
        self.show_empty(False)

    def show_empty(self, empty: bool) -> None:
        """Hide picture and list while there is nothing to show in them."""
        self._empty = empty
        bar = self._scroll.horizontalScrollBar().sizeHint().height()
        self._scroll.setFixedHeight(self._picture.height() + bar)
        for widget in (self._scroll, *self._legend):
            widget.setVisible(not empty and not self._as_list)
        self.list.setVisible(not empty and self._as_list)
        self._switch.setVisible(not empty)
        self._switch.setText(
            say("common.show_as_a_picture") if self._as_list else say("common.show_as_a_list")
        )

    def keep_in_sight(self, place: QRectF) -> None:
        """Scroll to ``place`` in the picture."""
        middle = place.center().toPoint()
        half = round(place.width() / 2), round(place.height() / 2)
        self._scroll.ensureVisible(middle.x(), middle.y(), *half)

    def _turn(self) -> None:
        self._as_list = not self._as_list
        self.show_empty(self._empty)
