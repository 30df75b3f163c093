"""The tab of the history: which phase was completed, left out or reopened, by whom and why."""

from PySide6.QtWidgets import QVBoxLayout

from kimdesk.catalogue.codes import label
from kimdesk.domain.records import CaseFile, PhaseEvent
from ui import dates
from ui.kit.base import spaced
from ui.kit.card import Card
from ui.kit.cards import CardItem, CardList
from ui.kit.scroll import Page
from ui.kit.state import EmptyState
from ui.pages.case.editing import Editing
from ui.text import tr

_SIGNS = {
    "completed": ("check-circle", "ok"),
    "skipped": ("skip-forward-circle", "warn"),
    "reopened": ("arrow-counter-clockwise", "info"),
}


class HistoryTab(Page):
    """All steps between the phases, the latest first."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("tab_history")
        self._editing = editing
        self._card = Card(tr("Course of the case"))
        self._column = QVBoxLayout()
        spaced(self._column)
        self._list = CardList()
        self._empty = EmptyState("path", tr("No phase has ended yet."))
        self._column.addWidget(self._list)
        self._column.addWidget(self._empty)
        self._card.body.addLayout(self._column)
        self.body.addWidget(self._card)

    def show_file(self, file: CaseFile) -> None:
        """Show the phase events of ``file``."""
        events = sorted(file.events, key=lambda one: (one.at, one.id), reverse=True)
        self._list.set_cards([_item(one) for one in events])
        self._empty.setVisible(not events)


def _item(event: PhaseEvent) -> CardItem:
    icon, tone = _SIGNS.get(event.event, ("info", "text-2"))
    phase = label("phase", event.phase)
    titles = {
        "completed": tr("{phase} completed", phase=phase),
        "skipped": tr("{phase} left out", phase=phase),
        "reopened": tr("{phase} reopened", phase=phase),
    }
    who = " · ".join(part for part in (dates.moment(event.at), event.actor) if part)
    return CardItem(event.id, titles.get(event.event, phase), event.reason, who, icon, tone)
