"""The papers of a case: what there is to print, each with the way to it, or why it cannot be made yet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.documents.papers import PAPERS, About, PaperKind, paper
from kimdesk.domain.kinds import kind_of
from kimdesk.domain.records import CaseFile, FollowUp, Record, RecordRef
from kimdesk.domain.terms import FollowUpKind
from kimdesk.texts import dates, say
from kimdesk.texts.bidi import apart
from kimdesk.texts.field_words import called
from ui.case.editing import Editing
from ui.case.link_row import LinkRow
from ui.forms.record_dialog import RecordDialog
from ui.kit.base import spaced
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.context_menu import MenuLine, show_menu
from ui.kit.dialog import Dialog
from ui.kit.scroll import Columns, column
from ui.kit.text import Text
from ui.papers.calendar_file import ask_date
from ui.papers.window import open_paper
from ui.theme import theme

_ABOUT: Final = {"contact": "contact", "residence_spell": "residence", "consent": "consent"}
_RECEIVERS: Final = ("client", "office", "desk")
_WIDTH = 820


@dataclass(frozen=True, slots=True)
class Subject:
    """A record a paper can be about, and how people call it."""

    record_id: str
    words: str


def ask(editing: Editing) -> None:
    """Show all papers of the case on the page."""
    PapersDialog(editing).open()


def about_kind(about: About) -> tuple[PaperKind, ...]:
    """Return the papers about a kind of record."""
    return tuple(kind for kind in PAPERS if kind.about == about)


def menu_lines(editing: Editing, about: str, record_id: str) -> tuple[MenuLine, ...]:
    """Return the papers about one record as lines of a menu."""
    return tuple(
        MenuLine(f"menu_paper_{kind.key}", offered(kind.name), partial(show, editing, kind, record_id))
        for kind in PAPERS
        if kind.about == about
    )


def offered(name: str) -> str:
    """Return the words of a button or menu line that opens the paper ``name``."""
    return say("papers.menu_line", paper=say(f"papers.name_{paper(name).key}"))


def show(editing: Editing, kind: PaperKind, record_id: str) -> None:
    """Open one paper over the page of the case."""
    open_paper(editing.context, editing.page, kind.name, record_id)


def show_issue(editing: Editing, key: str) -> None:
    """Show what a noted paper was: as it is kept, else as it is made today."""
    one = next(each for each in editing.file.paper_issues if each.id == key)
    if any(each.id == one.attachment_id for each in editing.file.attachments):
        editing.show(RecordRef("attachment", one.attachment_id))
    elif kind := next((each for each in PAPERS if each.name == one.paper), None):
        show(editing, kind, one.about or one.case_id)


def offer(dialog: RecordDialog[Record], record: Record, editing: Editing) -> None:
    """Add the button with the papers about the record that a dialog shows, if there are any."""
    lines = menu_lines(editing, _about(record), record.id) if record.id else ()
    if isinstance(record, FollowUp) and record.id:
        lines = () if record.done_on else (*lines, _calendar_line(editing, record))
    if not lines:
        return
    button = quiet("" if theme().stacked else say("papers.of_the_case"), "printer")
    button.setObjectName("papers_of_record")
    button.setAccessibleName(say("papers.of_the_case"))

    def leave(act: Callable[[], object]) -> None:
        dialog.reject()
        act()

    offers = [MenuLine(one.key, one.words, partial(leave, one.act)) for one in lines]
    button.clicked.connect(lambda _: show_menu(button, "papers_menu", say("papers.of_the_case"), offers,
                                               button.mapToGlobal(button.rect().bottomLeft())))  # fmt: skip
    dialog.button_row.insertWidget(0, button)


def _calendar_line(editing: Editing, one: FollowUp) -> MenuLine:
    def ask() -> None:
        ask_date(editing.context, editing.page, one.case_id, one.id)

    return MenuLine("menu_calendar", say("calendar.as_file"), ask)


def subjects(catalogue: Catalogue, file: CaseFile, about: About) -> tuple[Subject, ...]:
    """Return the records of a case that papers about this kind of record can be about, the next one first."""
    found = _FOUND[about](file)
    return tuple(Subject(one.id, _words(catalogue, one)) for one in found)


class PapersCard(Card):
    """The papers about the record that is shown beside it; hidden where there are none.

    ``begins`` is called before one is made: what is typed is stored first.
    """

    def __init__(
        self, editing: Editing, kinds: Sequence[PaperKind], begins: Callable[[], object] = lambda: None
    ) -> None:
        super().__init__(say("papers.of_the_case"))
        self.setObjectName("papers_card")
        self._editing, self._begins, self._record_id = editing, begins, editing.file.case.id
        for kind in kinds:
            row = LinkRow(offered(kind.name), "file-pdf")
            row.setObjectName(f"card_paper_{kind.key}")
            row.clicked.connect(lambda _=False, kind=kind: self._begin(kind))
            self.body.addWidget(row)
        self.setVisible(bool(kinds))

    def show_record(self, record_id: str) -> None:
        """Offer the papers about another record."""
        self._record_id = record_id

    def _begin(self, kind: PaperKind) -> None:
        self._begins()
        show(self._editing, kind, self._record_id)


class PapersDialog(Dialog):
    """All papers by who gets them. One that has nothing to be about is shown with the reason."""

    def __init__(self, editing: Editing) -> None:
        super().__init__(editing.page, say("papers.which"), accept=say("common.close"))
        self.setObjectName("papers_dialog")
        self.reject_button.hide()
        self.widen(_WIDTH)
        self._editing = editing
        groups = [
            (receiver, [kind for kind in PAPERS if kind.receiver == receiver]) for receiver in _RECEIVERS
        ]
        cards = [self._card(receiver, kinds) for receiver, kinds in groups if kinds]
        sides = [(column(*some), 0) for some in (cards[:1], cards[1:]) if some]
        self.body.addWidget(Columns(sides))

    def _card(self, receiver: str, kinds: Sequence[PaperKind]) -> QWidget:
        card = Card(say(f"papers.for_{receiver}"))
        card.setObjectName(f"papers_for_{receiver}")
        spaced(card.body, 2)
        for kind in kinds:
            found = subjects(self._editing.catalogue, self._editing.file, kind.about)
            card.body.addWidget(self._row(kind, found) if found else _missing(kind))
        return card

    def _row(self, kind: PaperKind, found: tuple[Subject, ...]) -> LinkRow:
        row = LinkRow(say(f"papers.name_{kind.key}"), "file-pdf")
        row.setObjectName(f"paper_{kind.key}")
        row.clicked.connect(lambda _: self._leave_for(kind, found))
        return row

    def _leave_for(self, kind: PaperKind, found: tuple[Subject, ...]) -> None:
        self.reject()
        if len(found) == 1:
            show(self._editing, kind, found[0].record_id)
        else:
            AboutDialog(self._editing, kind, found).open()


class AboutDialog(Dialog):
    """Asks what a paper is about where there is more than one."""

    def __init__(self, editing: Editing, kind: PaperKind, found: tuple[Subject, ...]) -> None:
        title = say("papers.about_what", paper=say(f"papers.name_{kind.key}"))
        super().__init__(editing.page, title, accept=say("common.cancel"))
        self.setObjectName("paper_about_dialog")
        self.reject_button.hide()
        for number, one in enumerate(found):
            row = LinkRow(one.words, "caret-right")
            row.setObjectName(f"about_{number}")
            row.clicked.connect(lambda _=False, one=one: self._leave_for(editing, kind, one))
            self.body.addWidget(row)

    def _leave_for(self, editing: Editing, kind: PaperKind, one: Subject) -> None:
        self.reject()
        show(editing, kind, one.record_id)


def _about(record: Record) -> str:
    if isinstance(record, FollowUp):
        return "deadline" if record.kind is FollowUpKind.DEADLINE else "follow_up"
    return _ABOUT.get(kind_of(type(record)), "")


def _missing(kind: PaperKind) -> Text:
    words = say("papers.not_yet", paper=say(f"papers.name_{kind.key}"), why=say(f"papers.no_{kind.about}"))
    line = Text(words, "table", "text-2", wrap=True)
    line.setObjectName(f"no_paper_{kind.key}")
    return line


def _words(catalogue: Catalogue, one: Record) -> str:
    day = getattr(one, "due_on", None)
    return apart(", ").join(filter(None, (called(catalogue, one), dates.full(day) if day else "")))


def _dated(*kinds: FollowUpKind) -> Callable[[CaseFile], Sequence[Record]]:
    def found(file: CaseFile) -> Sequence[Record]:
        mine = [one for one in file.follow_ups if one.kind in kinds and one.done_on is None]
        return sorted(mine, key=lambda one: (one.due_on, one.time))

    return found


_FOUND: Final[Mapping[About, Callable[[CaseFile], Sequence[Record]]]] = {
    "case": lambda file: (file.case,),
    "person": lambda file: file.persons,
    "referral": lambda file: file.referrals[::-1],
    "deadline": _dated(FollowUpKind.DEADLINE),
    "follow_up": _dated(FollowUpKind.APPOINTMENT),
    "contact": lambda file: sorted(file.contacts, key=lambda one: (one.held_on, one.id), reverse=True),
    "consent": lambda file: file.consents[::-1],
    "residence": lambda file: file.residence[::-1],
}
