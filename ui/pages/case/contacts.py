"""The tab of contacts: noting one takes a minute, below it everything that was noted."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kimdesk.casework import records
from kimdesk.catalogue.messages import Explanation
from kimdesk.domain.records import CaseFile, Contact
from kimdesk.forms.answers import effective
from kimdesk.forms.load import record_form
from kimdesk.forms.records import answers_of, with_answers
from ui.forms.drafts import Body, DraftKeeper
from ui.forms.model import FormModel
from ui.forms.panel import FieldsPanel
from ui.forms.record_dialog import saved_at
from ui.forms.session import FormSession
from ui.kit.base import clear, spaced
from ui.kit.buttons import primary, quiet
from ui.kit.card import Card
from ui.kit.cards import CardList
from ui.kit.scroll import Page
from ui.kit.state import EmptyState, Notice
from ui.kit.text import Text
from ui.pages.case.blank import blank
from ui.pages.case.cards import card, newest_first
from ui.pages.case.editing import Editing
from ui.text import tr

_PAGE = 30


class ContactsTab(Page):
    """Quick entry and timeline."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("tab_contacts")
        self._editing = editing
        self._entry = QuickContact(editing)
        self._timeline = Card(tr("Contacts"))
        self._list = CardList()
        self._list.acted.connect(lambda key, _: editing.open("contact", key))
        self._empty = EmptyState("chat-circle-text", tr("No contact is noted yet."))
        self._more = quiet(tr("Show older contacts"))
        self._more.setObjectName("older_contacts")
        self._more.clicked.connect(self._show_more)
        for widget in (self._list, self._empty, self._more):
            self._timeline.body.addWidget(widget)
        self.body.addWidget(self._entry)
        self.body.addWidget(self._timeline)
        self._shown = _PAGE

    def show_file(self, file: CaseFile) -> None:
        """Show the contacts of ``file``, the latest first."""
        ordered = newest_first(file.contacts)
        self._list.set_cards([card(one, file, self._editing.today) for one in ordered[: self._shown]])
        self._timeline.set_count(str(len(ordered)) if ordered else "")
        self._empty.setVisible(not ordered)
        self._more.setVisible(len(ordered) > self._shown)
        self._entry.show_file(file)

    def start_entry(self) -> None:
        """Put the keyboard into the quick entry."""
        self._entry.start()

    def flush(self) -> None:
        """Keep what is typed now."""
        self._entry.flush()

    def _show_more(self) -> None:
        self._shown += _PAGE
        if self._editing.file:
            self.show_file(self._editing.file)


class QuickContact(Card):
    """The form of a contact without a dialog; what is typed is kept as a draft."""

    def __init__(self, editing: Editing) -> None:
        super().__init__(tr("Note a contact"))
        self.setObjectName("quick_contact")
        self._editing = editing
        self._form = record_form("contact")
        self._case_id = ""
        self._contact: Contact | None = None
        self._session: FormSession | None = None
        self._keeper: DraftKeeper | None = None
        self._fields, self._more = QWidget(), QWidget()
        self._column = QHBoxLayout(self._fields)
        spaced(self._column)
        self._more_column = QHBoxLayout(self._more)
        spaced(self._more_column)
        self._more.hide()
        self._problem = Notice("bad")
        self._problem.hide()
        for widget in (self._fields, self._more, self._problem, self._foot()):
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
        new = blank("contact", file, self._editing.today)
        assert isinstance(new, Contact)  # noqa: S101 - blank makes what it is asked for
        self._contact = new
        model = FormModel(self._form, answers_of(self._form, new))
        self._session = FormSession(model, self._editing.sources(), self)
        for column, section in zip((self._column, self._more_column), self._form.sections, strict=True):
            clear(column)
            column.addWidget(FieldsPanel(self._session, section, section.id))
        self._kept.setText("")
        key = f"record:contact:quick:{file.case.id}"
        self._keeper = DraftKeeper(self._editing.context, key, self._draft, self)
        self._session.changed.connect(self._keeper.touch)
        self._keeper.kept.connect(lambda at: self._kept.setText(saved_at(at)))
        self._keeper.load(self._take_draft)

    def _draft(self) -> Body:
        assert self._session is not None  # noqa: S101 - drafts are kept of a shown form only
        return {"answers": self._session.model.draft()}

    def _take_draft(self, body: Body | None) -> None:
        if not body or not self._session or self._session.model.changed:
            return
        if body["answers"] != self._session.model.draft():
            self._session.model.take(body["answers"])
            self._session.reload()
            self._kept.setText(tr("Draft restored"))

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        spaced(row, 8)
        save = primary(tr("Save contact"))
        save.setObjectName("save_contact")
        save.clicked.connect(self._save)
        more = quiet(tr("Participants and language"), "caret-down")
        more.setObjectName("contact_more")
        more.clicked.connect(lambda: self._more.setVisible(self._more.isHidden()))
        self._kept = Text("", "table", "ok")
        self._kept.setObjectName("contact_kept")
        row.addWidget(save)
        row.addWidget(more)
        row.addStretch(1)
        row.addWidget(self._kept, 0, Qt.AlignmentFlag.AlignVCenter)
        return foot

    def _save(self) -> None:
        if self._session is None or self._contact is None:
            return
        if found := self._session.check(complete=True):
            self._session.focus(found[0].path)
            return
        answers = effective(self._form, self._session.model.answers)
        contact, desk = with_answers(self._form, self._contact, answers), self._editing.context.desk
        self._editing.context.work.write(
            lambda: records.save(desk, contact), self._saved, self._refused, owner=self
        )

    def _saved(self, _: Contact) -> None:
        self._problem.hide()
        if self._keeper:
            self._keeper.discard()
        if self._editing.file:
            self._begin(self._editing.file)
        self._editing.saved(tr("Contact saved"))

    def _refused(self, explanation: Explanation) -> None:
        self._problem.explain(explanation)
        self._problem.show()
