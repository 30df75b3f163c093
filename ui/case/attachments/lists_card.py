"""The checklists from the other side: how much of each is there, and what is missing."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kimdesk.casework.checklists import ChecklistLine, Listing
from kimdesk.casework.wallet import ListCount
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import Referral
from kimdesk.texts import say
from kimdesk.texts.bidi import apart
from ui.case.attachments.entries import listing_word
from ui.kit.bars import NumberBar
from ui.kit.base import clear, spaced
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.text import Text

_NAMED = 2  # missing papers that are named; of more it is said how many


class ListsCard(Card):
    """Shows the open lists; ``go`` is called with the one that is to be opened."""

    def __init__(self, go: Callable[[Listing], None]) -> None:
        super().__init__(say("wallet.lists"))
        self.setObjectName("wallet_lists")
        self._go = go
        self._column = QVBoxLayout()
        spaced(self._column, 10)
        self.body.addLayout(self._column)

    def show_lists(self, catalogue: Catalogue, lists: Sequence[ListCount]) -> None:
        """Show how far ``lists`` are, the least complete first."""
        clear(self._column)
        self.setVisible(bool(lists))
        for one in sorted(lists, key=lambda each: each.present - each.needed):
            self._column.addWidget(self._one(catalogue, one))

    def _one(self, catalogue: Catalogue, one: ListCount) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        spaced(column, 3)
        name = _name(catalogue, one.listing)
        words = say("wallet.n_of_all", n=one.present, all=one.needed)
        upper = QHBoxLayout()
        spaced(upper, 6)
        link = quiet(name, size="small")
        link.setObjectName(f"list_{one.listing.id}")
        link.setAccessibleName(say("wallet.open_list", name=name, count=words))
        link.clicked.connect(lambda _=False: self._go(one.listing))
        upper.addWidget(link)
        upper.addStretch(1)
        upper.addWidget(Text(words, "table"))
        column.addLayout(upper)
        column.addWidget(NumberBar([(one.present, "solid")], one.needed, f"{name}: {words}"))
        text, tone = told(one)
        column.addWidget(Text(text, "meta", tone, wrap=True))
        return holder


def told(one: ListCount) -> tuple[str, str]:
    """Return what is missing in words, and its colour."""
    parts = []
    if one.missing:
        parts.append(say("wallet.missing_what", what=_labels(one.missing)))
    if one.asked:
        parts.append(say("wallet.n_asked", n=len(one.asked)))
    if one.unclear:
        parts.append(say("wallet.n_unclear", n=one.unclear))
    if not parts:
        return say("wallet.complete"), "ok"
    return apart(", ").join(parts), "bad" if one.missing else "text-2"


def _labels(lines: Sequence[ChecklistLine]) -> str:
    names = [one.paper.label if one.paper else one.entry.item for one in lines[:_NAMED]]
    more = len(lines) - _NAMED
    rest = say("common.and_n_more", n=more) if more > 0 else ""
    return " ".join(filter(None, (apart(", ").join(names), rest)))


def _name(catalogue: Catalogue, listing: Listing) -> str:
    if isinstance(listing, Referral) and listing.agency:
        return listing.agency
    return listing_word(catalogue, listing)
