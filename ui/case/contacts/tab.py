"""The tab of contacts: the entry on top, then what is coming, conferences, and the timeline."""

from kimdesk.casework import contacts
from kimdesk.casework.changes import Change
from kimdesk.domain.kinds import type_of
from kimdesk.domain.records import CaseFile, Contact, FollowUp, Record, RecordRef
from kimdesk.texts import dates, say
from kimdesk.texts.course import follow_up_reason
from ui.case.blank import find
from ui.case.contacts.conference_dialog import ConferenceDialog
from ui.case.contacts.conferences import ConferencesCard
from ui.case.contacts.course import ComingAppointments, CourseCard
from ui.case.contacts.quick import QuickContact
from ui.case.editing import Editing
from ui.case.findings.opening import open_finding
from ui.case.tabs import CaseTab
from ui.kit.scroll import Columns, Page
from ui.places import Place

_ABOUT = ("contact", "referral", "finding")


class ContactsTab(CaseTab, Page):
    """Quick entry and timeline."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("tab_contacts")
        self._editing = editing
        self._begins = False
        self._entry = QuickContact(editing)
        self._entry.finding_wanted.connect(lambda contact: open_finding(editing, contact))
        self._coming = ComingAppointments(editing)
        self._conferences = ConferencesCard(editing)
        self._course = CourseCard(editing)
        self._course.finding_wanted.connect(lambda ref: open_finding(editing, self._record(ref)))
        self._course.follow_up_wanted.connect(self._follow_up)
        self.body.addWidget(self._entry)
        self.body.addWidget(Columns([(self._coming, 0), (self._conferences, 0)], spacing=12))
        self.body.addWidget(self._course)

    def show_file(self, file: CaseFile) -> None:
        """Show the contacts of ``file``, the latest first."""
        for card in (self._entry, self._coming, self._conferences, self._course):
            card.show_file(file)
        if self._begins:
            self._begins = False
            self.ensureWidgetVisible(self._entry)
            self._entry.start()

    def choose(self, place: Place) -> bool:
        """Put the keyboard into the quick entry next."""
        self._begins = place.kind == "note"
        return self._begins or super().choose(place)

    def flush(self) -> None:
        """Keep what is typed now."""
        self._entry.flush()
        for dialog in self._editing.page.findChildren(ConferenceDialog):
            dialog.flush()

    def _record(self, ref: RecordRef) -> Record | None:
        return find(type_of(ref.kind), ref.id, self._editing.file) if ref.kind in _ABOUT else None

    def _follow_up(self, ref: RecordRef) -> None:
        contact = self._record(ref)
        if not isinstance(contact, Contact):
            return
        desk, reason = self._editing.context.desk, follow_up_reason(contact)

        def told(made: FollowUp) -> None:
            day = dates.short(made.due_on, self._editing.today)
            self._editing.changed(say("case.follow_up_on_day", day=day), Change(((None, made),)))

        self._editing.context.work.write(self, lambda: contacts.follow_up(desk, contact, reason), told)
