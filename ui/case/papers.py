"""The papers of a case: what there is to print, each with the way to it, or why it cannot be made yet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.documents.papers import PAPERS, About, PaperKind, paper
from kimdesk.domain.records import CaseFile, Record
from kimdesk.domain.terms import FollowUpKind
from kimdesk.texts import dates, say
from kimdesk.texts.bidi import apart
from kimdesk.texts.field_words import called
from ui.case.editing import Editing
from ui.case.link_row import LinkRow
from ui.kit.card import Card
from ui.kit.context_menu import MenuLine
from ui.kit.dialog import Dialog
from ui.kit.scroll import Columns, column
from ui.kit.text import Text
from ui.papers.window import open_paper

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


def menu_lines(editing: Editing, about: About, record_id: str) -> tuple[MenuLine, ...]:
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


def subjects(catalogue: Catalogue, file: CaseFile, about: About) -> tuple[Subject, ...]:
    """Return the records of a case that papers about this kind of record can be about, the next one first."""
    found = _FOUND[about](file)
    return tuple(Subject(one.id, _words(catalogue, one)) for one in found)


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
        half = (len(cards) + 1) // 2
        sides = [(column(*cards[:half]), 0), (column(*cards[half:]), 0)]
        self.body.addWidget(Columns(sides if len(cards) > 1 else sides[:1]))

    def _card(self, receiver: str, kinds: Sequence[PaperKind]) -> QWidget:
        card = Card(say(f"papers.for_{receiver}"))
        card.setObjectName(f"papers_for_{receiver}")
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
