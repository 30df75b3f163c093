"""The shape of both pages of findings: what is counted above, one list narrowed by state below."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.texts import say
from ui.kit.bars import BarList, Counted
from ui.kit.base import spaced
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.cards import CardItem, CardList
from ui.kit.drop_down import DropDown
from ui.kit.state import EmptyState
from ui.theme import theme

PAGE: Final = 40
TONES: Final = {"noted": "neutral", "decided": "ok", "implemented": "ok", "dismissed": "neutral"}


class FindingFacts(NamedTuple):
    """A finding as its card shows it. ``state`` is a code; ``told`` and ``where`` are the two lines below.

    ``new``: nobody here has seen yet what the Kreis says.
    """

    key: str
    title: str
    state: str
    times: int
    told: Sequence[str]
    where: Sequence[str]
    new: bool = False


class FindingBoard(QWidget):
    """``acted`` is told the key of a finding and which of ``actions`` (key, word) was asked for."""

    def __init__(
        self, catalogue: Catalogue, title: str, counted: str, none_yet: str,
        actions: Sequence[tuple[str, str]], acted: Callable[[str, str], None],
    ) -> None:  # fmt: skip
        super().__init__()
        self._catalogue, self._actions = catalogue, actions
        self._all: tuple[FindingFacts, ...] = ()
        self._shown = PAGE
        self._bars = BarList()
        self._counts = Card()
        self._counts.setObjectName("finding_counts")
        self._counts.setAccessibleName(counted)
        self._counts.body.addWidget(self._bars)
        self._card = Card(title)
        self._card.add_action(self._state_choice())
        self._list = CardList()
        self._list.acted.connect(acted)
        self._empty = EmptyState("puzzle-piece", none_yet)
        self._more = quiet(say("findings.show_more"), "caret-down")
        self._more.setObjectName("more_findings")
        self._more.clicked.connect(self._show_more)
        for widget in (self._list, self._empty):
            self._card.body.addWidget(widget)
        self._card.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        spaced(column, 12)
        column.addWidget(self._counts)
        column.addWidget(self._card)

    def show_findings(self, found: Iterable[FindingFacts], counted: Iterable[str]) -> None:
        """Show ``found``; ``counted`` is the word of each, which are counted above."""
        self._all = tuple(found)
        self._show()
        number = Counter(counted)
        self._bars.show_counts([Counted(word, times) for word, times in number.most_common()])
        self._counts.setVisible(bool(number))

    def _state_choice(self) -> QWidget:
        self._state = DropDown()
        self._state.setObjectName("finding_state")
        self._state.setAccessibleName(say("common.state"))
        self._state.addItem(say("findings.all_states"), "")
        for one in self._catalogue.code_list("finding_state").offered():
            self._state.addItem(one.label, one.code)
        self._state.activated.connect(lambda _: self._show())
        return self._state

    def _show(self) -> None:
        state = self._state.currentData()
        wanted = [each for each in self._all if state in ("", each.state)]
        self._list.set_cards([self._item(each) for each in wanted[: self._shown]])
        self._empty.setVisible(not wanted)
        self._more.setVisible(len(wanted) > self._shown)
        self._card.set_count(str(len(wanted)) if wanted else "")

    def _show_more(self) -> None:
        self._shown += PAGE
        self._show()

    def _item(self, one: FindingFacts) -> CardItem:
        often = say("common.n_times", n=one.times) if one.times > 1 else say("findings.once")
        state = self._catalogue.label("finding_state", one.state)
        new = say("findings_begun.new") if one.new else ""
        first = (new, often, state) if theme().stacked else ()  # large text: the words need the whole width
        badges: tuple[tuple[str, str, str | None], ...] = (
            *(((new, "tint", "chat-text"),) if new else ()),
            (often, "neutral", None),
            (state, TONES.get(one.state, "info"), None),
        )
        return CardItem(
            one.key,
            one.title,
            " · ".join(part for part in (*first, *one.told) if part),
            " · ".join(part for part in one.where if part),
            "puzzle-piece",
            "",
            () if theme().stacked else badges,
            self._actions,
        )
