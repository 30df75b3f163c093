"""The chosen case in short, beside the list: next step first, then household, phase, goals and contacts."""

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

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
        self._content = _Short()
        self.body.addWidget(self._content, 1)
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

    def show_summary(self, summary: Summary, row: CaseRow | None) -> None:
        """Show ``summary``, and the date the list shows."""
        self._case_id = summary.file.case.id
        parts = [_head(self._catalogue, summary.file)]
        said = agenda.words(self._catalogue, summary.step) if summary.step else None
        if said is not None:
            card = Card(tone="tint")
            card.body.addWidget(Text(say("cases.next_step"), "label", "accent"))
            card.body.addWidget(Text(said.title, "strong", wrap=True))
            card.body.addWidget(Text(said.reason, "table", "text-2", wrap=True))
            spaced(card.body, 3)
            parts.append(card)
        step = said.title if said else ""
        parts += [_fact(title, text) for title, text in _facts(self._catalogue, summary.file, row, step)]
        self._content.show_parts(parts)


class _Short(QWidget):
    """Parts below one another, never scrolled: where the window is low, the last ones are left out whole."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("summary_content")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._parts: list[QWidget] = []
        self._column = QVBoxLayout()
        spaced(self._column, 8)
        outer = QVBoxLayout(self)
        spaced(outer)
        outer.addLayout(self._column)
        outer.addStretch(1)

    def show_parts(self, parts: list[QWidget]) -> None:
        """Show ``parts``, the weightiest first."""
        clear(self._column)
        self._parts = parts
        for part in parts:
            self._column.addWidget(part)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        left = self.height()
        for part in self._parts:
            left -= (
                part.heightForWidth(self.width()) if part.hasHeightForWidth() else part.sizeHint().height()
            )
            part.setVisible(left >= 0)
            left -= self._column.spacing()


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


def _facts(catalogue: Catalogue, file: CaseFile, row: CaseRow | None, step: str) -> Iterator[tuple[str, str]]:
    """Yield title and text of each; the next date only where it is another matter than ``step``."""
    due = agenda.words(catalogue, row.next_step).title if row and row.next_step else ""
    if row is not None and due not in ("", step):
        yield say("cases.next_date"), f"{dates.short(row.next_due, _today())} · {due}"
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
