"""Who joins the case? Persons who may be known already are shown before anyone is created."""

from PySide6.QtWidgets import QLineEdit

from kimdesk.casework import people
from kimdesk.casework.people import Match
from kimdesk.domain.records import CaseFile, Member, Person
from kimdesk.domain.terms import Role
from kimdesk.texts import say
from ui.case.editing import Editing
from ui.forms.drafts import Body, DraftKeeper
from ui.forms.editors.combo import CodeCombo
from ui.forms.sources import Option
from ui.forms.who import Who, draft_notice
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox


class AddPersonDialog(Dialog):
    """Adds a person to the household, a known one or a new one. What is typed and not saved stays a draft."""

    def __init__(self, editing: Editing) -> None:
        super().__init__(
            editing.page, say("people.who_joins_the_case"), accept=say("people.add_as_new_person")
        )
        self.setObjectName("add_person")
        self.accept_button.setObjectName("save_record")
        self._editing = editing
        inside = {person.id for person in self._file.persons}
        self._who = Who(
            editing.context, "person", say("people.this_person"), lambda match: match.person.id not in inside
        )
        self._who.chosen.connect(self._take)
        self._who.reshaped.connect(self.fit)
        self.body.addWidget(self._who)
        self._role = CodeCombo(
            tuple(
                Option(one.code, one.label)
                for one in editing.catalogue.code_list("role").offered()
                if self._fits(one.code)
            )
        )
        self._role.setObjectName("person_role")
        self._role_box = FieldBox(say("people.role"), self._role, required=True)
        self.body.insertWidget(0, self._role_box)
        self._relation = QLineEdit()
        self._relation.setObjectName("person_relation")
        self.body.addWidget(
            FieldBox(say("people.relation"), self._relation, say("people.example_mother_or_uncle"))
        )
        self._keep_draft()

    @property
    def _file(self) -> CaseFile:
        return self._editing.file

    def accept(self) -> None:
        """Create the person and add it."""
        person, chosen = self._who.person(), self._role_chosen()
        if person is not None and chosen:
            self._add(person)

    def flush(self) -> None:
        """Keep what is typed now (before the desk is locked)."""
        self._who.rest()
        self._draft.flush()

    def done(self, result: int) -> None:
        """Close; what is typed and not saved stays a draft."""
        self._draft.flush()
        super().done(result)

    def _keep_draft(self) -> None:
        key = f"dialog:add_person:{self._file.case.id}"
        self._draft = DraftKeeper(self._editing.context, key, self._body, self)
        self._who.typed.connect(self._draft.touch)
        self._relation.textEdited.connect(lambda _: self._draft.touch())
        self._role.activated.connect(lambda _: self._draft.touch())
        self.reject_button.clicked.connect(self._draft.discard)
        self._draft.load(self._take_draft)

    def _body(self) -> Body:
        return {**self._who.texts(), "role": self._role.code() or "", "relation": self._relation.text()}

    def _take_draft(self, body: Body | None) -> None:
        if body and not any(self._who.texts().values()):
            self._who.take(body)
            self._role.set_code(body.get("role") or None)
            self._relation.setText(body.get("relation", ""))
            self._draft.settle()
            self.body.insertWidget(0, draft_notice(self._drop))

    def _drop(self) -> None:
        self._who.take({})
        self._relation.clear()
        self._draft.discard()

    def _fits(self, role: str) -> bool:
        return role != Role.CLIENT or self._file.client is None

    def _role_chosen(self) -> bool:
        chosen = self._role.code() is not None
        self._role_box.set_error(None if chosen else say("people.choose_role_case"))
        return chosen

    def _take(self, match: Match) -> None:
        if self._role_chosen():
            self._add(match.person)

    def _add(self, person: Person) -> None:
        desk, case_id = self._editing.context.desk, self._file.case.id
        role, relation = Role(self._role.code() or ""), self._relation.text().strip()
        self._editing.context.work.write(
            self,
            lambda: people.add_person(desk, case_id, person, role, relation, self._editing.today),
            self._added,
            self.set_problem,
        )

    def _added(self, _: Member) -> None:
        self._draft.discard()
        super().accept()
        self._editing.saved(say("people.person_added"))


def ask(editing: Editing) -> None:
    """Ask who joins the case."""
    AddPersonDialog(editing).open()
