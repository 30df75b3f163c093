"""A whole form on the screen: as a column of cards, or as whoever shows it one part at a time."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.forms.leaves import BAR, BETWEEN, COLUMN_GAP, Leaves, cut, leaves
from ui.forms.sections import section_card
from ui.forms.session import FormSession
from ui.forms.stations import Station
from ui.kit.base import spaced
from ui.theme import theme


class FormBody(QWidget):
    """What shows a form; one that shows it in parts moves between stations.

    ``moved`` after another station was chosen; ``goal_wanted`` carries the life domain a goal is made from;
    ``finished`` when the last station is left behind.
    """

    moved = Signal()
    goal_wanted = Signal(str)
    finished = Signal()

    def __init__(self, session: FormSession) -> None:
        super().__init__()
        self.session = session

    @property
    def station(self) -> Station | None:
        """Return the station on the screen, None when the whole form is."""
        return None

    def renew(self) -> None:
        """Show how far each part is."""

    def focus_path(self, path: str) -> bool:
        """Put the keyboard into the field at ``path``; return whether it is shown."""
        return self.session.focus(path)


class FormView(FormBody):
    """All sections of a form below one another, or in two columns.

    ``plain``: as in a dialog, whose ground is a surface: without frames, and no heading that says again what
    the dialog asks.
    """

    def __init__(self, session: FormSession, *, plain: bool = False) -> None:
        super().__init__(session)
        self._row = QHBoxLayout(self)
        spaced(self._row, COLUMN_GAP)
        self._columns = (QVBoxLayout(), QVBoxLayout())
        for column in self._columns:
            spaced(column, 14 if plain else 12)
        self._row.addLayout(self._columns[0], 1)
        definition = session.model.definition
        self._cards = [section_card(session, section) for section in definition.sections]
        for card, section in zip(self._cards, definition.sections, strict=True):
            if plain:
                card.flatten()
                if section.title == definition.title or len(self._cards) == 1:
                    card.set_title("")
            self._columns[0].addWidget(card)
        self._columns[0].addStretch(1)
        self._leaves: Leaves | None = None

    def height_at(self, width: int) -> int:
        """Return how high all sections are below one another, ``width`` pixels wide."""
        return self._columns[0].totalHeightForWidth(width)

    def spread(self, width: int, room: int) -> None:
        """Put the sections into two columns of ``width`` pixels; if higher than ``room``, in leaves."""
        gap = theme().px(BETWEEN)
        heights = [high + gap if (high := _height(card, width)) else 0 for card in self._cards]
        together = leaves(heights, room)
        if len(together) > 1:
            self._lay_in_leaves(heights, leaves(heights, room - theme().px(BAR)))
            return
        for card in self._cards[cut(heights) :]:
            self._columns[0].removeWidget(card)
            self._columns[1].addWidget(card)
        self._columns[1].addStretch(1)
        self._row.addLayout(self._columns[1], 1)

    def focus_path(self, path: str) -> bool:
        """Put the keyboard into the field at ``path``, on whichever leaf; return whether it is shown."""
        if self._leaves is not None:
            section = path.partition(".")[0]
            for card in self._cards:
                if card.objectName() == f"section_{section}":
                    self._leaves.turn_to(card)
        return super().focus_path(path)

    def _lay_in_leaves(self, heights: list[int], together: list[list[int]]) -> None:
        titles = [section.title for section in self.session.model.definition.sections]
        for card in self._cards:
            self._columns[0].removeWidget(card)
        self._leaves = Leaves(list(zip(self._cards, titles, heights, strict=True)), together)
        self._row.insertWidget(0, self._leaves, 1)
        self._row.setStretch(1, 0)


def _height(card: QWidget, width: int) -> int:
    if card.isHidden():
        return 0
    return card.heightForWidth(width) if card.hasHeightForWidth() else card.sizeHint().height()
