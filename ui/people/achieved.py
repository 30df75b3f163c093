"""The card of what everybody achieved, and of where they stand with stay and naturalisation."""

from dataclasses import replace

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from kimdesk.domain import achieved
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import Achievement, CaseFile, Person, Standing
from kimdesk.texts import say
from ui.case.blank import blank
from ui.case.cards import card
from ui.case.editing import Editing
from ui.forms.flow import FlowBox
from ui.kit.base import clear, spaced
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.cards import CardList
from ui.kit.text import Text
from ui.theme import theme


class AchievementsCard(Card):
    """Everybody of the case with what they achieved; adds and edits it, and what is known of their stay."""

    def __init__(self, editing: Editing) -> None:
        super().__init__(say("achievements.achievements"))
        self.setObjectName("achievements")
        self._editing = editing
        self._people = QVBoxLayout()
        spaced(self._people, 12)
        self.body.addLayout(self._people)

    def show_file(self, file: CaseFile) -> None:
        """Show what the people of ``file`` achieved."""
        clear(self._people)
        for person in file.persons:
            self._people.addWidget(self._of(file, person))
        number = len(file.achievements)
        self.set_count(say("achievements.number", n=number) if number else "")
        self.setVisible(bool(file.persons))

    def _of(self, file: CaseFile, person: Person) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        spaced(column, 2)
        column.addLayout(self._about(person))
        own = achieved.of_person(file, person.id)
        if not own:
            column.addWidget(Text(say("achievements.none_yet"), "table", "text-2", wrap=True))
        shown = CardList([card(self._editing.catalogue, one, file, self._editing.today) for one in own])
        shown.acted.connect(lambda key, _: self._editing.open("achievement", key))
        column.addWidget(shown)
        return box

    def _about(self, person: Person) -> QLayout:
        """Return the name and what can be done; the buttons wrap below it while the text is large."""
        name = full_name(person)
        stacked = theme().stacked
        head: QBoxLayout = QVBoxLayout() if stacked else QHBoxLayout()
        spaced(head, 8)
        acts = FlowBox(8) if stacked else None
        head.addWidget(Text(name, "medium", wrap=stacked), 1)
        for kind, words, icon in (
            ("achievement", say("achievements.add"), "plus"),
            ("standing", say("achievements.stay"), "pencil-simple"),
            ("authority_page", say("achievements.page"), "printer"),
        ):
            button = quiet(words, icon, "small")
            button.setObjectName(f"{kind}_of_{person.id}")
            button.setAccessibleName(f"{words}: {name}")
            button.clicked.connect(lambda _=False, kind=kind: self._want(kind, person.id))
            (acts.flow if acts else head).addWidget(button)
        if acts:
            head.addWidget(acts)
        return head

    def _want(self, kind: str, person_id: str) -> None:
        if kind == "standing":
            ask_standing(self._editing, person_id)
        elif kind == "authority_page":
            self._editing.open(kind, person_id)
        else:
            new = blank(Achievement, self._editing.file, self._editing.today)
            self._editing.edit(replace(new, person_id=person_id))


def ask_standing(editing: Editing, person_id: str = "") -> None:
    """Open what is known of the stay of a person, of the client without one; begin it where nothing is."""
    client = editing.file.client
    wanted = person_id or (client.id if client else "")
    known = next((one for one in editing.file.standings if one.person_id == wanted), None)
    new = blank(Standing, editing.file, editing.today)
    editing.edit(known or replace(new, person_id=wanted))
