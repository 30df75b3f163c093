"""Who joins the case? Persons who may be known already are shown before anyone is created."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit

from kimdesk.casework import people
from kimdesk.casework.people import Match
from kimdesk.catalogue.codes import code_list
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile, Member, Person
from kimdesk.domain.terms import Role
from ui.forms.dates import read_partial
from ui.forms.editors.combo import CodeCombo
from ui.forms.sources import Option
from ui.kit.cards import CardItem, CardList
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.pages.case.editing import Editing
from ui.text import tr

_PAUSE_MS = 250
_SEARCH_FROM = 2  # letters; one finds half the town
_MOST = 5


class AddPersonDialog(Dialog):
    """Adds a person to the household, a known one or a new one."""

    def __init__(self, editing: Editing) -> None:
        super().__init__(editing.page, tr("Who joins the case?"), accept=tr("Add as a new person"))
        self.setObjectName("add_person")
        self.accept_button.setObjectName("save_record")
        self._editing = editing
        self._fields = {
            name: QLineEdit() for name in ("family_name", "given_names", "birth_date", "relation")
        }
        self._boxes: dict[str, FieldBox] = {}
        self._role = CodeCombo(
            tuple(Option(one.code, one.label) for one in code_list("role").offered() if self._fits(one.code))
        )
        self._role.setObjectName("person_role")
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        for name in ("family_name", "given_names", "birth_date"):
            self._fields[name].textChanged.connect(lambda _: self._pause.start())

    @property
    def _file(self) -> CaseFile:
        assert self._editing.file is not None  # noqa: S101 - opened from a shown case only
        return self._editing.file

    def accept(self) -> None:
        """Create the person and add it."""
        person = self._person()
        if person is not None:
            self._add(person)

    def _fits(self, role: str) -> bool:
        return role != Role.CLIENT or self._file.client is None

    def _build(self) -> None:
        labels = {
            "family_name": (tr("Family name"), ""),
            "given_names": (tr("Given names"), ""),
            "birth_date": (tr("Date of birth"), tr("Day, month or only the year, as far as it is known.")),
        }
        for name, (label, help_text) in labels.items():
            self._put(name, FieldBox(label, self._fields[name], help_text))
        self._put("role", FieldBox(tr("Role"), self._role, required=True))
        self._put(
            "relation", FieldBox(tr("Relation"), self._fields["relation"], tr("For example mother or uncle."))
        )
        for name, field in self._fields.items():
            field.setObjectName(f"person_{name}")
        self._found_title = Text(
            tr("Perhaps already known – please compare first"), "label", "warn", wrap=True
        )
        self._found_title.hide()
        self.body.addWidget(self._found_title)
        self._found = CardList()
        self._found.setObjectName("similar_persons")
        self._found.acted.connect(self._take)
        self.body.addWidget(self._found)
        self._matches: dict[str, Person] = {}

    def _put(self, name: str, box: FieldBox) -> None:
        self._boxes[name] = box
        self.body.addWidget(box)

    def _person(self) -> Person | None:
        family, given = (self._fields[name].text().strip() for name in ("family_name", "given_names"))
        named = bool(family or given)
        self._boxes["family_name"].set_error(None if named else tr("Please enter at least one name."))
        born, readable = self._born()
        self._boxes["birth_date"].set_error(
            None if readable else tr("Please write 24.11.1990, 11.1990 or 1990.")
        )
        if not (named and readable and self._role_chosen()):
            return None
        return Person(family_name=family, given_names=given, birth_date=born)

    def _role_chosen(self) -> bool:
        chosen = self._role.code() is not None
        self._boxes["role"].set_error(None if chosen else tr("Please choose the role in the case."))
        return chosen

    def _born(self) -> tuple[PartialDate | None, bool]:
        text = self._fields["birth_date"].text().strip()
        try:
            return (read_partial(text) if text else None), True
        except ValueError:
            return None, False

    def _look(self) -> None:
        family, given = (self._fields[name].text().strip() for name in ("family_name", "given_names"))
        if len(family) + len(given) < _SEARCH_FROM:
            self._show(())
            return
        born, _ = self._born()
        desk = self._editing.context.desk
        self._editing.context.work.read(
            lambda: people.similar(desk, family, given, born), self._show, owner=self
        )

    def _show(self, matches: tuple[Match, ...]) -> None:
        inside = {person.id for person in self._file.persons}
        others = [match for match in matches if match.person.id not in inside][:_MOST]
        self._matches = {match.person.id: match.person for match in others}
        self._found_title.setVisible(bool(others))
        self._found.set_cards([_card(match) for match in others])

    def _take(self, key: str, _: str) -> None:
        if self._role_chosen():
            self._add(self._matches[key])

    def _add(self, person: Person) -> None:
        desk, case_id = self._editing.context.desk, self._file.case.id
        role, relation = Role(self._role.code() or ""), self._fields["relation"].text().strip()
        self._editing.context.work.write(
            lambda: people.add_person(desk, case_id, person, role, relation, self._editing.today),
            self._added,
            self.set_problem,
            owner=self,
        )

    def _added(self, _: Member) -> None:
        super().accept()
        self._editing.saved(tr("Person added"))


def _card(match: Match) -> CardItem:
    born = match.person.birth_date.german() if match.person.birth_date else tr("date of birth unknown")
    return CardItem(
        match.person.id,
        full_name(match.person),
        f"{born} · {', '.join(match.why)}",
        icon="user",
        actions=(("take", tr("This person")),),
    )
