"""A column of the board: its state, how many stand there, the first cards and what is more."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from kimdesk.texts import say
from ui.kit.base import clear, spaced
from ui.kit.buttons import quiet
from ui.kit.sign import Sign
from ui.kit.text import Text
from ui.pages.answers.card import CARD_MIME, FindingCard
from ui.pages.answers.model import ICONS, BoardCard, BoardEntry
from ui.theme import theme

MakeCard = Callable[[BoardEntry], BoardCard]
_GAP, _AROUND = 7, 64  # pixels at 100 % between cards, and for what stands above and below them
FIRST, MORE = 3, 30
"""So many cards are shown at first, and so many more at a time."""


class BoardColumn(QFrame):
    """``made`` carries each card as it is made; ``dropped`` which card was dragged here, and here."""

    made = Signal(object)
    dropped = Signal(str, str)

    def __init__(self, state: str, title: str) -> None:
        super().__init__()
        self.setObjectName(f"column_{state}")
        self.setProperty("board", "column")
        self.setAcceptDrops(True)
        self.state, self._title = state, title
        self.cards: list[FindingCard] = []
        self._all: Sequence[BoardEntry] = ()
        self._make: MakeCard | None = None
        self._shown = FIRST
        self._count = Text("", "strong")
        head = QHBoxLayout()
        spaced(head, 6, (4, 2, 4, 0))
        head.addWidget(Sign(ICONS[state], "text-2", 16))
        head.addWidget(Text(title, "strong"), 1)
        head.addWidget(self._count)
        self._stack = QVBoxLayout()
        spaced(self._stack, _GAP)
        self._note = Text("", "meta", "text-2", wrap=True)
        self._more = quiet("", size="inline")
        self._more.setObjectName(f"more_{state}")
        self._more.clicked.connect(self._show_more)
        whole = QVBoxLayout(self)
        spaced(whole, 7, (5, 6, 5, 6))
        whole.addLayout(head)
        whole.addLayout(self._stack)
        whole.addWidget(self._note)
        whole.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addStretch(1)

    def show_entries(self, entries: Sequence[BoardEntry], make: MakeCard, chosen: str) -> None:
        """Show the first of ``entries`` as cards that ``make`` makes, and all up to the ``chosen`` one."""
        self._all, self._make = entries, make
        place = next((at for at, each in enumerate(entries) if each.id == chosen), -1)
        self._shown = max(self._shown, place + 1)
        self._build(chosen)

    def _build(self, chosen: str) -> None:
        clear(self._stack)
        made = map(self._make, self._all[: self._shown]) if self._make else ()
        self.cards = [FindingCard(each) for each in made]
        for card in self.cards:
            card.setChecked(card.card.key == chosen)
            self._stack.addWidget(card)
            self.made.emit(card)
        px = theme().px
        high = sum(card.sizeHint().height() + px(_GAP) for card in self.cards)
        self.setMinimumHeight(px(_AROUND) + high)  # the layout alone forgets cards that are made anew
        number, rest = len(self._all), len(self._all) - len(self.cards)
        self._count.setText(str(number))
        self.setAccessibleName(say("answers.column_spoken", state=self._title, number=number))
        self._more.setVisible(rest > 0)
        self._more.setText(say("answers.n_more", n=rest) if rest > 0 else "")
        empty = say("answers.nothing_here") if not number else ""
        lasting = self.state == "implemented" and number
        self._note.setText(say("answers.implemented_stays") if lasting else empty)
        self._note.setVisible(bool(self._note.text()))

    def _show_more(self) -> None:
        chosen = next((each.card.key for each in self.cards if each.isChecked()), "")
        self._shown += MORE
        self._build(chosen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take cards of this board, nothing else."""
        if event.mimeData().hasFormat(CARD_MIME):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which card came."""
        event.acceptProposedAction()
        self.dropped.emit(bytes(event.mimeData().data(CARD_MIME).data()).decode(), self.state)
