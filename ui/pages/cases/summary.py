"""The chosen case in short, beside the list: next step first, then household, phase, goals and contacts."""

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kimdesk.casework.cases import CaseRow
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.dates import age_on
from kimdesk.domain.household import housemates
from kimdesk.domain.records import CaseFile, Contact, Person
from kimdesk.domain.terms import ContactStatus, GoalState
from kimdesk.texts import agenda, dates, say
from kimdesk.texts.bidi import apart
from ui.case.heading import consent_badge, living_words
from ui.forms.flow import FlowBox
from ui.kit.badge import Badge
from ui.kit.base import clear, spaced
from ui.kit.buttons import primary, secondary
from ui.kit.card import Card
from ui.kit.text import Text
from ui.pages.cases.presenter import Summary
from ui.places import Place
from ui.theme import theme


class CaseSummary(Card):
    """A card with the chosen case; ``opened`` carries the place to go to."""

    opened = Signal(object)  # Place

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue
        self.setAccessibleName(say("cases.chosen_case_short"))
        self.body.addWidget(self._scrolled(), 1)
        self._case_id = ""
        row = QHBoxLayout()
        spaced(row, 8)
        for name, button, tab in (
            ("open_case", primary(say("cases.open_case")), ""),
            ("note_contact", secondary(say("cases.contact"), "note-pencil"), "contacts"),
        ):
            button.setObjectName(name)
            button.clicked.connect(lambda _=False, tab=tab: self._open(tab))
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)

    def _open(self, tab: str) -> None:
        self.opened.emit(Place("case", self._case_id, tab))

    def _scrolled(self) -> QScrollArea:
        """Return what shows the content: it scrolls where the window is low."""
        holder = QWidget()
        holder.setObjectName("summary_content")
        column = QVBoxLayout(holder)
        spaced(column, 0, (0, 0, 6, 8))
        self._content = QVBoxLayout()
        spaced(self._content, 8)
        column.addLayout(self._content)
        column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("summary_scroll")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(holder)
        area.viewport().setAutoFillBackground(False)
        holder.setAutoFillBackground(False)
        return area

    def show_summary(self, summary: Summary, row: CaseRow | None) -> None:
        """Show ``summary``, and the date the list shows."""
        self._case_id = summary.file.case.id
        clear(self._content)
        self._content.addWidget(_head(self._catalogue, summary.file))
        if summary.step is not None:
            card = Card(tone="tint")
            card.body.addWidget(Text(say("cases.next_step"), "label", "accent"))
            said = agenda.words(self._catalogue, summary.step)
            card.body.addWidget(Text(said.title, "strong", wrap=True))
            card.body.addWidget(Text(said.reason, "table", "text-2", wrap=True))
            spaced(card.body, 3)
            self._content.addWidget(card)
        for title, text in _facts(self._catalogue, summary.file, row):
            self._content.addWidget(_fact(title, text))


def _head(catalogue: Catalogue, file: CaseFile) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    spaced(column, 2)
    client = file.client
    name = f"{client.given_names} {client.family_name}".strip() if client else say("common.without_name")
    column.addWidget(Text(name, "section", wrap=True))
    age = (
        f"{age_on(client.birth_date, _today())} {say('cases.years')} · "
        if client and client.birth_date
        else ""
    )
    column.addWidget(Text(f"{age}{file.case.file_number}", "table", "text-2"))
    column.addSpacing(theme().px(4))
    badges = FlowBox()
    for badge in _badges(catalogue, file):
        badges.flow.addWidget(badge)
    column.addWidget(badges)
    return holder


def _badges(catalogue: Catalogue, file: CaseFile) -> Iterator[Badge]:
    told = consent_badge(file, _today())
    yield Badge(told.text, told.tone, told.icon)
    spoken = file.client.languages if file.client else ()
    needed = next((skill for skill in spoken if skill.interpreter), None)
    if needed:
        yield Badge(catalogue.code_list("language").label(needed.language), "neutral", "translate")


def _facts(catalogue: Catalogue, file: CaseFile, row: CaseRow | None) -> Iterator[tuple[str, str]]:
    if row is not None and row.next_step is not None:
        title = agenda.words(catalogue, row.next_step).title
        yield say("cases.next_date"), f"{dates.short(row.next_due, _today())} · {title}"
    household = apart(", ").join(_with_age(person) for person in housemates(file, _today()))
    if file.client:
        yield say("cases.household"), household or living_words(catalogue, file)
    phase = catalogue.code_list("phase").label(file.case.phase)
    yield say("cases.phase"), f"{file.case.phase.number} {say('cases.of')} 7 · {phase}"
    yield say("common.goals"), _goals(file)
    talks = (contact for contact in file.contacts if contact.status is ContactStatus.HELD)
    held = max(talks, key=lambda contact: contact.held_on, default=None)
    yield say("cases.last_contact"), _contact(catalogue, held) if held else say("cases.none_yet")


def _with_age(person: Person) -> str:
    name = person.given_names or person.family_name
    return f"{name}\u00a0({age_on(person.birth_date, _today())})" if person.birth_date else name


def _goals(file: CaseFile) -> str:
    reached = sum(goal.state is GoalState.REACHED for goal in file.goals)
    if not file.goals:
        return say("cases.none_yet")
    agreed = say("cases.n_agreed", n=len(file.goals))
    return f"{agreed}, {say('cases.n_of_them_reached', n=reached)}" if reached else agreed


def _contact(catalogue: Catalogue, contact: Contact) -> str:
    words = [dates.short(contact.held_on, _today()), catalogue.code_list("contact_form").label(contact.form)]
    if contact.minutes:
        words.append(say("course.minutes", n=contact.minutes))
    return apart(" · ").join(words)


def _fact(title: str, text: str) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    spaced(column, 0)
    column.addWidget(Text(title, "meta", "text-2"))
    column.addWidget(Text(text, "table", wrap=True))
    return holder


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the worker's calendar day
