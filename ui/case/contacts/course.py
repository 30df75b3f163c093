"""The card of the timeline: what is coming on top, a filter, below it all that happened."""

from PySide6.QtCore import QPoint, Qt, Signal

from kimdesk.casework import contacts
from kimdesk.domain.records import CaseFile, FollowUp, RecordRef
from kimdesk.texts import dates, say
from ui.case.cards import joined
from ui.case.contacts.line import TimeLine
from ui.case.contacts.told import ToldMoment, told
from ui.case.editing import Editing
from ui.kit.buttons import quiet, secondary
from ui.kit.card import Card
from ui.kit.cards import CardItem, CardList
from ui.kit.drop_down import DropDown
from ui.kit.popup import Menu
from ui.kit.state import EmptyState
from ui.kit.text import Text

PAGE = 60
_NEXT = 3


class ComingAppointments(Card):
    """The next appointments; whether somebody interprets is said beside each."""

    def __init__(self, editing: Editing) -> None:
        super().__init__(say("case.next_appointments"))
        self.setObjectName("next_appointments")
        self._editing = editing
        add = secondary(say("case.appointment"), "plus", "small")
        add.setObjectName("add_appointment")
        add.setAccessibleName(say("case.add_an_appointment"))
        add.clicked.connect(self._add)
        self.add_action(add)
        self._list = CardList()
        self._list.acted.connect(lambda key, _: editing.open("follow_up", key))
        self._empty = Text(say("case.no_appointment_is_noted"), "table", "text-2")
        self.body.addWidget(self._list)
        self.body.addWidget(self._empty)
        self.body.addStretch(1)

    def show_file(self, file: CaseFile) -> None:
        """Show the next appointments of ``file``."""
        coming = contacts.appointments(file, self._editing.today)[:_NEXT]
        self._list.set_cards([self._item(each) for each in coming])
        self._empty.setVisible(not coming)

    def _item(self, one: FollowUp) -> CardItem:
        when = joined(dates.short(one.due_on, self._editing.today), one.time, one.place)
        badges: tuple[tuple[str, str, str | None], ...] = ()
        if one.interpreter not in ("", "not_needed"):
            known = self._editing.catalogue
            tone = "ok" if one.interpreter in ("booked", "came") else "warn"
            spoken = known.label("language", one.language) if one.language else say("common.interpreter")
            badges = (
                (f"{spoken}: {known.label('interpreter_booking', one.interpreter)}", tone, "translate"),
            )
        return CardItem(
            one.id, one.title, when, "", "calendar-blank", "", badges, (("edit", say("common.edit")),)
        )

    def _add(self) -> None:
        from ui.case.contacts.appointment import new_appointment

        spans = self._editing.catalogue.rules.agenda.spans
        self._editing.edit(new_appointment(self._editing.file, spans, self._editing.today))


class CourseCard(Card):
    """All that happened; ``finding_wanted`` and ``follow_up_wanted`` carry where a moment stands."""

    finding_wanted = Signal(object)  # RecordRef
    follow_up_wanted = Signal(object)

    def __init__(self, editing: Editing) -> None:
        super().__init__(say("case.course_of_the_case"))
        self._editing = editing
        self._all: tuple[ToldMoment, ...] = ()
        self._shown = PAGE
        self._kind = DropDown()
        self._kind.setObjectName("timeline_kind")
        self._kind.setAccessibleName(say("common.kind_of_entry"))
        for key, words in _kinds():
            self._kind.addItem(words, key)
        self._kind.activated.connect(lambda _: self._chosen())
        self.add_action(self._kind)
        self._line = TimeLine()
        self._line.setObjectName("timeline")
        self._line.setAccessibleName(say("case.course_of_the_case"))
        self._line.opened.connect(self._open)
        self._line.asked.connect(self._menu)
        self._empty = EmptyState("chat-circle-text", say("case.nothing_is_noted_yet"))
        self._more = quiet(say("case.show_older_entries"), "caret-down")
        self._more.setObjectName("older_contacts")
        self._more.clicked.connect(self._show_more)
        for widget in (self._line, self._empty):
            self.body.addWidget(widget)
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_file(self, file: CaseFile) -> None:
        """Show what happened in ``file``."""
        self._all = tuple(told(self._editing.catalogue, each) for each in contacts.timeline(file))
        self._show()

    def _chosen(self) -> None:
        self._shown = PAGE
        self._show()

    def _show_more(self) -> None:
        self._shown += PAGE
        self._show()

    def _show(self) -> None:
        kind = self._kind.currentData()
        wanted = [each for each in self._all if kind in ("", each.kind)]
        self._line.show_moments(wanted[: self._shown], self._editing.today)
        self._line.setVisible(bool(wanted))
        self._empty.setVisible(not wanted)
        self.set_count(str(len(wanted)) if wanted else "")
        self._more.setVisible(len(wanted) > self._shown)

    def _open(self, ref: RecordRef) -> None:
        if ref.kind in ("contact", "finding"):
            self._editing.open(ref.kind, ref.id)
        else:
            self._editing.show(ref)

    def _menu(self, ref: RecordRef, at: QPoint) -> None:
        menu = Menu(self)
        menu.addAction(say("common.open")).triggered.connect(lambda: self._open(ref))
        if ref.kind == "contact":
            follow = menu.addAction(say("case.make_next_steps_follow_up"))
            follow.triggered.connect(lambda: self.follow_up_wanted.emit(ref))
        finding = menu.addAction(say("common.note_a_structural_finding"))
        finding.triggered.connect(lambda: self.finding_wanted.emit(ref))
        menu.popup(at)


def _kinds() -> tuple[tuple[str, str], ...]:
    return (
        ("", say("common.all_kinds")),
        ("contact", say("case.contacts")),
        ("phase", say("common.phases")),
        ("referral", say("case.referrals")),
        ("decision", say("case.decisions_and_notices")),
        ("finding", say("common.structural_findings")),
        ("paper_issue", say("papers.of_the_case")),
    )
