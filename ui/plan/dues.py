"""What is due in the case: deadlines, appointments, reminders, and the dates that follow from records."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.agenda.due import Due, Urgency
from kimdesk.texts import agenda, dates, say
from ui.case.cards import joined
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.cards import CardItem, CardList
from ui.kit.text import Text

_MOST = 6
_OWN = frozenset({"deadline", "appointment", "follow_up", "after_care"})  # rules of the follow-up itself
_TONES = {
    Urgency.OVERDUE: ("bad", "overdue"),
    Urgency.TODAY: ("tint", "today"),
    Urgency.SOON: ("warn", "expiring"),
    Urgency.LATER: ("neutral", None),
}


class DuesCard(Card):
    """What is due, the most pressing first; the signals carry it, but ``added``, which asks for one."""

    done = Signal(object)  # Due
    settled = Signal(object)  # Due, of a closed case
    shown = Signal(object)  # Due
    added = Signal()

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(say("plan.deadlines_and_appointments"))
        self.setObjectName("dues_card")
        add = quiet(say("plan.date"), "plus", "small")
        add.setObjectName("add_follow_up")
        add.setAccessibleName(say("plan.add_deadline_or_appointment"))
        add.clicked.connect(self.added)
        self.add_action(add)
        self._catalogue = catalogue
        self._dues: dict[str, Due] = {}
        self._empty = Text(say("plan.nothing_is_due"), "table", "text-2")
        self._list = CardList()
        self._list.acted.connect(self._acted)
        self.body.addWidget(self._empty)
        self.body.addWidget(self._list)

    def show_dues(self, dues: Sequence[Due], today: date, *, closed: bool = False) -> None:
        """Show ``dues`` in their order; those of a ``closed`` case can be settled."""
        found = [each for each in dues if each.is_date]
        self._dues = {_key(each): each for each in found[:_MOST]}
        items = [_item(self._catalogue, key, each, today, closed) for key, each in self._dues.items()]
        self._list.set_cards(items)
        self._list.setVisible(bool(found))
        self._empty.setVisible(not found)
        self.set_count(str(len(found)) if found else "")

    def _acted(self, key: str, act: str) -> None:
        signals = {"done": self.done, "settle": self.settled}
        signals.get(act, self.shown).emit(self._dues[key])


def can_be_done(due: Due) -> bool:
    """Return whether it is a date of its own that can be ticked off; others end with their record."""
    return due.rule in _OWN or due.kind == "phase"


def _key(due: Due) -> str:
    return due.record_id if due.rule in _OWN else f"{due.record_id}_{due.rule}"


def _item(catalogue: Catalogue, key: str, due: Due, today: date, closed: bool) -> CardItem:
    said = agenda.words(catalogue, due)
    where = joined(due.facts.get("time", ""), due.facts.get("place", ""), said.reason)
    text = joined(dates.short(due.due_on, today), where)
    tone, icon = _TONES[due.state(today)]
    badge = (dates.distance(due.due_on, today), tone, icon)
    done = (("done", say("common.done")),) if can_be_done(due) else ()
    settle = (("settle", say("plan.settle_date")),) if closed else ()
    actions = (*done, *settle, ("edit", say("common.edit") if due.rule in _OWN else say("common.open")))
    return CardItem(key, said.title, text, "", catalogue.rules.steps[due.rule].icon, "", (badge,), actions)
