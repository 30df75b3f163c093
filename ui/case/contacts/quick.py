"""Noting a contact without a dialog, while the talk runs; what is typed is kept as a draft."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kimdesk.casework import contacts, records
from kimdesk.casework.changes import Change
from kimdesk.casework.findings import WITHOUT_LANGUAGE
from kimdesk.domain.records import CaseFile, Contact, FollowUp
from kimdesk.forms.answers import effective
from kimdesk.forms.records import answers_of, with_answers
from kimdesk.texts import dates, say
from kimdesk.texts.course import follow_up_reason
from kimdesk.texts.refusals import Explanation
from ui.case.blank import blank
from ui.case.contacts.running import TalkClock
from ui.case.editing import Editing
from ui.forms.drafts import Body, DraftKeeper
from ui.forms.editors.long_text import GrowingText
from ui.forms.flow import FlowBox
from ui.forms.model import FormModel
from ui.forms.panel import FieldsPanel
from ui.forms.record_dialog import saved_at
from ui.forms.session import FormSession
from ui.kit.base import clear, spaced
from ui.kit.buttons import primary, quiet, secondary
from ui.kit.card import Card
from ui.kit.scroll import Columns
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.program import keys
from ui.theme import theme

_ROWS = (
    ("contact", ("form", "held_on", "status", "minutes")),
    ("contact", ("content",)),
    ("contact", ("next_steps", "follow_up_on")),
    ("circumstances", ("language", "interpreter", "interpreter_name", "interpreter_minutes")),
)
_MORE = ("circumstances", ("participants",))
_NEXT_WIDTH = 340
_LINES = 6


class QuickContact(Card):
    """The form of a contact as rows that are always at hand; ``finding_wanted`` carries a saved contact."""

    finding_wanted = Signal(object)

    def __init__(self, editing: Editing) -> None:
        super().__init__(say("common.note_a_contact"))
        self.setObjectName("quick_contact")
        self._editing = editing
        self._form = editing.catalogue.record_form("contact")
        self._case_id = ""
        self._contact: Contact | None = None
        self._session: FormSession | None = None
        self._keeper: DraftKeeper | None = None
        self._clock = TalkClock(self)
        self._clock.stopped.connect(lambda minutes: self._say("contact", "minutes", minutes))
        self._clock.changed.connect(self._touch)
        self.add_action(self._clock)
        self.add_action(self._no_show_button())
        self._rows = [self._row() for _ in _ROWS]
        self._more = self._row()
        self._more.hide()
        self._notice = Notice("bad")
        self._notice.hide()
        facts, content, after, language = self._rows
        words = Columns([(content, 0), (after, _NEXT_WIDTH)], spacing=12)
        first = (words, facts) if theme().stacked else (facts, words)  # large text: the words come first
        for widget in (*first, language, self._more, self._notice, self._foot()):
            self.body.addWidget(widget)

    def show_file(self, file: CaseFile) -> None:
        """Begin an empty contact for another case; for the same one go on."""
        if file.case.id != self._case_id:
            self._case_id = file.case.id
            self._begin(file)

    def start(self) -> None:
        """Put the keyboard into the text."""
        if self._session:
            self._session.focus("contact.content")

    def flush(self) -> None:
        """Keep what is typed now."""
        if self._keeper:
            self._keeper.flush()

    def _begin(self, file: CaseFile) -> None:
        new = blank(Contact, file, self._editing.today)
        self._contact = new
        model = FormModel(self._form, answers_of(self._form, new))
        self._session = FormSession(model, self._editing.sources(), self)
        for holder, (section, fields) in zip((*self._rows, self._more), (*_ROWS, _MORE), strict=True):
            self._fill(holder, self._session, section, frozenset(fields))
        for text in self.findChildren(GrowingText, "field_contact_content"):
            text.set_least(_LINES)
        self._kept.setText("")
        self._clock.set_since(None)
        self._keeper = self._make_keeper(file)
        self._session.changed.connect(self._touch)

    def _fill(self, holder: QWidget, session: FormSession, section_id: str, fields: frozenset[str]) -> None:
        section = next(one for one in self._form.sections if one.id == section_id)
        column = holder.layout()
        assert column is not None  # noqa: S101 - rows are made with one
        clear(column)
        column.addWidget(FieldsPanel(session, section, section_id, fields))

    def _make_keeper(self, file: CaseFile) -> DraftKeeper:
        key = f"record:contact:quick:{file.case.id}"
        keeper = DraftKeeper(self._editing.context, key, self._draft, self)
        keeper.kept.connect(lambda at: self._kept.setText(saved_at(at)))
        keeper.load(self._take_draft)
        return keeper

    def _touch(self) -> None:
        if self._keeper:
            self._keeper.touch()

    def _draft(self) -> Body:
        assert self._session is not None  # noqa: S101 - drafts are kept of a shown form only
        since = self._clock.since
        return {"answers": self._session.model.draft(), "since": since.isoformat() if since else ""}

    def _take_draft(self, body: Body | None) -> None:
        if not body or not self._session or self._session.model.changed:
            return
        if since := body.get("since"):
            self._clock.set_since(datetime.fromisoformat(since))
        if body["answers"] != self._session.model.draft():
            self._session.model.take(body["answers"])
            self._session.reload()
            self._kept.setText(say("common.draft_restored"))

    def _row(self) -> QWidget:
        holder = QWidget()
        spaced(QHBoxLayout(holder))
        return holder

    def _no_show_button(self) -> QWidget:
        button = secondary(say("case.did_not_come"), "user-minus", "small")
        button.setObjectName("contact_no_show")
        button.setToolTip(keys.words("no_show"))
        button.clicked.connect(self._no_show)
        keys.bind(self, "no_show", self._no_show)
        return button

    def _no_show(self) -> None:
        self._say("contact", "status", "no_show")
        self.start()

    def _say(self, section: str, field: str, value: object) -> None:
        if self._session:
            self._session.edit(section, field, value)

    def _foot(self) -> QWidget:
        foot = FlowBox(8)
        save = primary(say("case.save_contact"))
        save.setObjectName("save_contact")
        save.clicked.connect(lambda _: self._save())
        both = secondary(say("case.save_with_follow_up"), "arrow-u-up-left")
        both.setObjectName("save_contact_follow_up")
        both.setToolTip(say("case.next_steps_become_follow_up"))
        both.clicked.connect(lambda: self._save(follow=True))
        more = quiet(say("case.participants"), "caret-down")
        more.setObjectName("contact_more")
        more.clicked.connect(lambda: self._more.setVisible(self._more.isHidden()))
        self._kept = Text("", "table", "ok")
        self._kept.setObjectName("contact_kept")
        for widget in (save, both, more, self._kept):
            foot.flow.addWidget(widget)
        self._kept.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        return foot

    def _save(self, *, follow: bool = False) -> None:
        self._clock.stop()
        if self._session is None or self._contact is None:
            return
        if found := self._session.check(complete=True):
            self._session.focus(found[0].path)
            return
        answers = effective(self._form, self._session.model.answers)
        contact, desk = with_answers(self._form, self._contact, answers), self._editing.context.desk

        def save() -> tuple[Contact, FollowUp | None]:
            saved = contacts.note(desk, contact)
            made = contacts.follow_up(desk, saved, follow_up_reason(saved)) if follow else None
            return records.get(desk, Contact, saved.id), made

        self._editing.context.work.write(self, save, self._saved, self._refused)

    def _saved(self, made: tuple[Contact, FollowUp | None]) -> None:
        contact, follow_up = made
        self._notice.hide()
        if self._keeper:
            self._keeper.discard()
        self._begin(self._editing.file)
        if contact.interpreter in WITHOUT_LANGUAGE:
            self._offer_finding(contact)
        self._tell(contact, follow_up)

    def _tell(self, contact: Contact, follow_up: FollowUp | None) -> None:
        if follow_up is None:
            self._editing.changed(say("case.contact_saved"), Change(((None, contact),)))
            return
        day, both = (
            dates.short(follow_up.due_on, self._editing.today),
            Change(((None, contact), (None, follow_up))),
        )
        self._editing.changed(say("case.contact_saved_follow_up_day", day=day), both)

    def _offer_finding(self, contact: Contact) -> None:
        notice = Notice("warn", say("case.talk_lacked_interpreter"), say("case.others_may_have_met_same"))
        notice.setObjectName("language_finding")
        make = secondary(say("common.note_a_structural_finding"), "puzzle-piece", "small")
        make.setObjectName("make_language_finding")
        make.clicked.connect(lambda: self.finding_wanted.emit(contact))
        make.clicked.connect(notice.hide)
        notice.add_action(make)
        self.body.insertWidget(self.body.count() - 1, notice)

    def _refused(self, explanation: Explanation) -> None:
        self._notice.explain(explanation)
        self._notice.show()
