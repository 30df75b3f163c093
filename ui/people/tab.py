"""The tab of people: everyone in the household, how they belong together, and who else is near."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from kimdesk.domain.records import CaseFile, Person
from kimdesk.domain.terms import Role
from kimdesk.texts import say
from ui.case.editing import Editing
from ui.case.tabs import CaseTab
from ui.kit.base import clear, spaced
from ui.kit.buttons import primary, secondary
from ui.kit.scroll import Page
from ui.kit.state import EmptyState
from ui.kit.text import Text
from ui.people.achieved import AchievementsCard
from ui.people.cards import PersonCard
from ui.people.genogram_card import GenogramCard
from ui.people.network_card import NetworkCard
from ui.theme import theme


class PeopleTab(CaseTab, Page):
    """One card per person, the client first; below them what they achieved, the genogram, the network map."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("tab_people")
        self._editing = editing
        self._count = Text("", "section")
        self.body.addLayout(self._title_line())
        self._grid = QGridLayout()
        spaced(self._grid, 12)
        self.body.addLayout(self._grid)
        self._achieved = AchievementsCard(editing)
        self.body.addWidget(self._achieved)
        self._genogram = GenogramCard(editing)
        self._network = NetworkCard(editing)
        self.body.addWidget(self._genogram)
        self.body.addWidget(self._network)

    def show_file(self, file: CaseFile) -> None:
        """Show the people of ``file``."""
        clear(self._grid)
        people = {person.id: person for person in file.persons}
        members = [one for one in file.members if one.person_id in people]
        members.sort(key=lambda one: (one.role is not Role.CLIENT, _birth(people[one.person_id])))
        number = len(members)
        self._count.setText(say("people.persons", n=number))
        self._count.setVisible(bool(members))
        self._personalise.setVisible(file.client is None)
        columns = 1 if theme().stacked else 2
        for index, member in enumerate(members):
            card = PersonCard(
                self._editing.catalogue, people[member.person_id], member, file, self._editing.today
            )
            card.wanted.connect(self._want)
            card.copied.connect(self._editing.context.toast)
            self._grid.addWidget(card, index // columns, index % columns)
        if file.client is None and not members:
            self._grid.addWidget(self._anonymous(), 0, 0)
        self._achieved.show_file(file)
        self._genogram.setVisible(bool(members))
        self._genogram.show_file(file, self._editing.today)
        self._network.show_file(file)

    def _title_line(self) -> QHBoxLayout:
        head = QHBoxLayout()
        spaced(head, 8)
        self._personalise = primary(say("people.add_the_name_dialog"), "identification-card")
        self._personalise.setObjectName("personalise")
        self._personalise.clicked.connect(self._ask_name)
        add = secondary(say("people.add_a_person"), "user-plus")
        add.setObjectName("add_person_button")
        add.clicked.connect(lambda: self._editing.open("member"))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(add)
        head.addWidget(self._personalise)
        return head

    def _anonymous(self) -> QWidget:
        words = say("people.anonymous_advice_no_person_recorded")
        return EmptyState("user", words)

    def _want(self, kind: str, key: str) -> None:
        if kind != "merge":
            self._editing.open(kind, key)
            return
        from ui.people.merge import MergeDialog

        person = next((one for one in self._editing.file.persons if one.id == key), None)
        if person is not None:
            MergeDialog(self._editing, person).open()

    def _ask_name(self) -> None:
        from ui.people.personalise import PersonaliseDialog

        PersonaliseDialog(self._editing).open()


def _birth(person: Person) -> str:
    return person.birth_date.iso() if person.birth_date else "9999"
