"""The tab of people: everyone in the household with what one needs to know about them."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from kimdesk.casework.disputes import disputed_of
from kimdesk.catalogue.codes import label
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile, LanguageSkill, Member, Person
from kimdesk.domain.terms import Role
from ui.forms.flow import FlowBox
from ui.kit.badge import Badge
from ui.kit.base import clear, spaced
from ui.kit.buttons import primary, quiet
from ui.kit.card import Card
from ui.kit.scroll import Page
from ui.kit.state import EmptyState
from ui.kit.text import Text
from ui.pages.case.cards import joined
from ui.pages.case.editing import Editing
from ui.pages.case.heading import age_words, residence_badge
from ui.text import tr
from ui.theme import theme


class PeopleTab(Page):
    """One card per person; the client first."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("tab_people")
        self._editing = editing
        head = QHBoxLayout()
        spaced(head, 8)
        self._count = Text("", "section")
        add = primary(tr("Add a person"), "user-plus")
        add.setObjectName("add_person_button")
        add.clicked.connect(lambda: editing.open("member"))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(add)
        self.body.addLayout(head)
        self._grid = QGridLayout()
        spaced(self._grid, 12)
        self.body.addLayout(self._grid)

    def show_file(self, file: CaseFile) -> None:
        """Show the people of ``file``."""
        clear(self._grid)
        people = {person.id: person for person in file.persons}
        members = [one for one in file.members if one.person_id in people]
        members.sort(key=lambda one: (one.role is not Role.CLIENT, _birth(people[one.person_id])))
        number = len(members)
        self._count.setText(tr("1 person") if number == 1 else tr("{n} persons", n=number))
        columns = 1 if theme().stacked else 2
        for index, member in enumerate(members):
            card = PersonCard(people[member.person_id], member, file, self._editing.today)
            card.wanted.connect(self._editing.open)
            self._grid.addWidget(card, index // columns, index % columns)
        if not members:
            text = tr("This is an anonymous advice: no person is recorded.")
            self._grid.addWidget(EmptyState("user", text), 0, 0)


class PersonCard(Card):
    """One person; ``wanted`` carries what is to be edited: "person" or "member", and its id."""

    wanted = Signal(str, str)

    def __init__(self, person: Person, member: Member, file: CaseFile, today: date) -> None:
        role = joined(label("role", member.role), member.relation)
        super().__init__(full_name(person) or tr("without name"), role)
        self.setObjectName(f"person_{person.id}")
        self.body.addWidget(_badges(person, file, today))
        self.body.addLayout(_facts(person, today))
        self.body.addStretch(1)
        self.body.addWidget(self._buttons(person, member))

    def _buttons(self, person: Person, member: Member) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        spaced(row, 8)
        for kind, key, words, icon in (
            ("person", person.id, tr("Edit person"), "pencil-simple"),
            ("member", member.id, tr("Place in the household"), "house-line"),
        ):
            button = quiet(words, icon, "small")
            button.setObjectName(f"edit_{kind}_{key}")
            button.setAccessibleName(f"{words}: {full_name(person)}")
            button.clicked.connect(lambda _=False, kind=kind, key=key: self.wanted.emit(kind, key))
            row.addWidget(button)
        row.addStretch(1)
        return holder


def _birth(person: Person) -> str:
    return person.birth_date.iso() if person.birth_date else "9999"


def _badges(person: Person, file: CaseFile, today: date) -> QWidget:
    box = FlowBox(6)
    badge = residence_badge(file, person.id, today)
    box.flow.addWidget(Badge(badge.text, badge.tone, badge.icon))
    if person.protected or person.address_blocked:
        box.flow.addWidget(Badge(tr("Address protected"), "bad", "shield-lock"))
    if disputed_of(file, person.id):
        badge_of = Badge(tr("disputed"), "warn", "scales")
        badge_of.setObjectName(f"disputed_{person.id}")
        box.flow.addWidget(badge_of)
    return box


def _facts(person: Person, today: date) -> QGridLayout:
    born = person.birth_date.german() if person.birth_date else ""
    fictitious = tr("assumed") if person.birth_fictitious else ""
    hidden = person.protected or person.address_blocked
    address = joined(person.street, f"{person.postcode} {person.city}".strip())
    pairs = (
        (tr("Born"), joined(born, fictitious, age_words(person, today), person.birth_place)),
        (tr("Nationality"), ", ".join(label("nationality", code) for code in person.nationalities)),
        (tr("Languages"), ", ".join(_language(skill) for skill in person.languages)),
        (tr("In Germany since"), person.arrived_on.german() if person.arrived_on else ""),
        (tr("Address"), tr("protected, not shown here") if hidden else address),
        (tr("Safe contact"), person.safe_contact),
        (tr("Phone"), person.phone),
    )
    grid = QGridLayout()
    spaced(grid, 6)
    grid.setColumnMinimumWidth(0, theme().px(104))
    grid.setColumnStretch(1, 1)
    for row, (name, text) in enumerate((name, text) for name, text in pairs if text):
        grid.addWidget(Text(name, "table", "text-2"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Text(text, "table", wrap=True), row, 1, Qt.AlignmentFlag.AlignTop)
    return grid


def _language(skill: LanguageSkill) -> str:
    words = label("language", skill.language)
    if skill.level:
        words = f"{words} ({label('language_level', skill.level).partition(',')[0]})"
    return tr("{language}, with interpreter", language=words) if skill.interpreter else words
