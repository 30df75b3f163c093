"""What is due in the case: deadlines, appointments, reminders, and the dates that follow from records."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from PySide6.QtCore import Signal

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.agenda.due import Due, Urgency
from kimdesk.domain.agenda.dues import WAIVED
from kimdesk.domain.records import SettledDate
from kimdesk.texts import agenda, dates, say
from ui.case.cards import joined
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.cards import CardItem, CardList
from ui.kit.text import Text

_MOST = 6
EMPTY: Mapping[str, Due] = MappingProxyType({})
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
    taken_up = Signal(object)  # Due, to become a follow-up
    let_go = Signal(object)  # Due
    brought_back = Signal(str)  # the key of a date that was let go
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
        self._found: list[Due] = []
        self._today, self._closed = date.min, False
        self._noted: Mapping[str, Due] = EMPTY
        self._empty = Text(say("plan.nothing_is_due"), "table", "text-2")
        self._list = CardList()
        self._list.acted.connect(self._acted)
        self._gone = CardList()
        self._gone.setObjectName("dues_let_go")
        self._gone.acted.connect(lambda key, _: self.brought_back.emit(key))
        self._gone_switch = quiet("", size="small")
        self._gone_switch.setObjectName("show_let_go")
        self._gone_switch.setCheckable(True)
        self._gone_switch.toggled.connect(self._gone.setVisible)
        self._all = quiet("", size="small")
        self._all.setObjectName("show_all_dues")
        self._all.setCheckable(True)
        self._all.toggled.connect(lambda _: self._show())
        for widget in (self._empty, self._list, self._all, self._gone_switch, self._gone):
            self.body.addWidget(widget)
        self._gone.hide()

    def show_dues(
        self, dues: Sequence[Due], today: date, *, closed: bool = False, noted: Mapping[str, Due] = EMPTY
    ) -> None:
        """Show ``dues`` in their order; those of a ``closed`` case can be settled.

        ``noted`` are the dates of the case for which a follow-up made by hand stands, by its identity.
        """
        self._found = [each for each in dues if each.is_date]
        self._today, self._closed, self._noted = today, closed, noted
        self._show()

    def _show(self) -> None:
        """Show the most pressing, or all of them."""
        whole, number = self._all.isChecked(), len(self._found)
        self._dues = {_key(each): each for each in self._found[: None if whole else _MOST]}
        self._list.set_cards([self._item(key, each) for key, each in self._dues.items()])
        self._list.setVisible(bool(number))
        self._empty.setVisible(not number)
        self._all.setText(say("plan.show_fewer_dates") if whole else say("plan.show_all_dates", n=number))
        self._all.setVisible(number > _MOST)
        self.set_count(str(number) if number else "")

    def _item(self, key: str, due: Due) -> CardItem:
        item = _item(self._catalogue, key, due, self._today, self._closed)
        other = self._noted.get(due.record_id) if due.rule in _OWN else None
        if other is None:
            return item
        meta = joined(_instead(self._catalogue, due, other, self._today), item.meta)
        earlier = ((say("plan.case_says_earlier"), "warn", "warning"),) if other.due_on < due.due_on else ()
        return replace(item, meta=meta, badges=(*item.badges, *earlier))

    def show_let_go(self, settled: Sequence[SettledDate], dues: Sequence[Due], today: date) -> None:
        """Offer to look at what was let go: those of ``settled`` that stand for one of ``dues``."""
        known = {each.key: each for each in dues}
        gone = [(known[one.key], one) for one in settled if one.key in known and one.outcome == WAIVED]
        self._gone.set_cards([_gone(self._catalogue, each, one, today) for each, one in gone])
        self._gone_switch.setText(say("plan.n_dates_let_go", n=len(gone)))
        self._gone_switch.setVisible(bool(gone))
        self._gone.setVisible(bool(gone) and self._gone_switch.isChecked())

    def _acted(self, key: str, act: str) -> None:
        signals = {
            "done": self.done,
            "settle": self.settled,
            "take_up": self.taken_up,
            "let_go": self.let_go,
        }
        signals.get(act, self.shown).emit(self._dues[key])


def can_be_done(due: Due) -> bool:
    """Return whether it is a date of its own that can be ticked off; others end with their record."""
    return due.rule in _OWN or due.kind == "phase"


def _key(due: Due) -> str:
    return due.record_id if due.rule in _OWN else f"{due.record_id}_{due.rule}"


def _item(catalogue: Catalogue, key: str, due: Due, today: date, closed: bool) -> CardItem:
    said, rule = agenda.words(catalogue, due), catalogue.rules.steps[due.rule]
    where = joined(due.facts.get("time", ""), due.facts.get("place", ""), said.reason)
    text = joined(dates.short(due.due_on, today), where)
    tone, icon = _TONES[due.state(today)]
    badge = (dates.distance(due.due_on, today), tone, icon)
    unchecked = agenda.unchecked(catalogue, due)
    meta = say("plan.source_unchecked", source=unchecked) if unchecked else ""
    return CardItem(key, said.title, text, meta, rule.icon, "", (badge,), _actions(due, closed))


def _instead(catalogue: Catalogue, due: Due, other: Due, today: date) -> str:
    """Return which date of the case a note made by hand stands for, and its day when it is another."""
    title = agenda.words(catalogue, other).title
    if other.due_on == due.due_on:
        return say("plan.stands_for", title=title)
    return say("plan.stands_for_other_day", title=title, day=dates.short(other.due_on, today))


def _actions(due: Due, closed: bool) -> tuple[tuple[str, str], ...]:
    opens = ("edit", say("common.edit") if due.rule in _OWN else say("common.open"))
    if closed:
        done = (("done", say("common.done")),) if can_be_done(due) else ()
        return (*done, ("settle", say("plan.settle_date")), opens)
    if can_be_done(due):
        return ("done", say("common.done")), opens
    if due.is_derived:
        return ("take_up", say("plan.take_up")), ("let_go", say("plan.let_go")), opens
    return (opens,)


def _gone(catalogue: Catalogue, due: Due, settled: SettledDate, today: date) -> CardItem:
    said = agenda.words(catalogue, due)
    text = joined(dates.short(due.due_on, today), say("plan.let_go_because", reason=settled.said))
    back = (("bring_back", say("plan.bring_back")),)
    return CardItem(due.key, said.title, text, "", "prohibit", "text-2", (), back)
