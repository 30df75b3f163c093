"""What became of each entry of a file: those to look at first, each with its place and sentence."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from kimdesk.texts import say
from kimdesk.texts.refusals import explain
from ui.case.cards import joined
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.cards import CardItem, CardList

if TYPE_CHECKING:
    from kimdesk.casework.exchange import Fate

_AT_ONCE = 50
_ORDER = ("refused", "conflict", "created", "updated", "unchanged")
_LOOKS = {
    "refused": ("bad", "prohibit"),
    "conflict": ("warn", "warning"),
    "created": ("ok", "check-circle"),
    "updated": ("ok", "check-circle"),
    "unchanged": ("neutral", "check"),
}


class FatesCard(Card):
    """The list; ``wanted`` carries the case to be opened and its tab."""

    wanted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(say("documents.what_becomes_of_each_entry"))
        self.setObjectName("fates")
        self._fates: tuple[Fate, ...] = ()
        self._shown, self._may_open = _AT_ONCE, False
        self._list = CardList()
        self._list.acted.connect(lambda key, _: self._open(int(key)))
        self._more = quiet(say("documents.show_more"), "caret-down")
        self._more.setObjectName("more_fates")
        self._more.clicked.connect(self._show_more)
        self.body.addWidget(self._list)
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_fates(self, fates: "Sequence[Fate]", *, may_open: bool) -> None:
        """Show ``fates``, those to look at first; ``may_open``: their cases are there."""
        self._fates = tuple(sorted(fates, key=lambda one: (_ORDER.index(one.state), one.index)))
        self._shown, self._may_open = _AT_ONCE, may_open
        self._show()

    def _show(self) -> None:
        shown = self._fates[: self._shown]
        self._list.set_cards([_card(one, may_open=self._may_open) for one in shown])
        self._more.setVisible(len(self._fates) > self._shown)
        self.set_count(str(len(self._fates)))
        self.setVisible(bool(self._fates))

    def _show_more(self) -> None:
        self._shown += _AT_ONCE
        self._show()

    def _open(self, index: int) -> None:
        fate = next(one for one in self._fates if one.index == index)
        self.wanted.emit(fate.case_id, "history" if fate.conflicts else "plan")


def _card(fate: "Fate", *, may_open: bool) -> CardItem:
    tone, icon = _LOOKS[fate.state]
    line = say("documents.line_n", n=fate.line) if fate.line else ""
    title = joined(say("documents.entry_n", n=fate.index + 1), line, fate.file_number)
    told = explain(fate.error) if fate.error else None
    text = told.message if told else say("documents.n_to_decide", n=fate.conflicts) if fate.conflicts else ""
    actions = (("open", say("documents.open_case")),) if may_open and fate.case_id else ()
    badge = (say(f"documents.fate_{fate.state}"), tone, icon)
    return CardItem(str(fate.index), title, text, told.hint if told else "", icon, tone, (badge,), actions)
