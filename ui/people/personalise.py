"""An anonymous advice becomes a case with a name: who it is, and the consent to that, in one step."""

from kimdesk.casework import people
from kimdesk.casework.people import Match
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile, Consent, Member, Person
from kimdesk.forms.answers import effective
from kimdesk.forms.records import answers_of, with_answers
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.case.editing import Editing
from ui.forms.drafts import Body, DraftKeeper
from ui.forms.form_view import FormView
from ui.forms.model import FormModel
from ui.forms.session import FormSession
from ui.forms.who import Who, draft_notice
from ui.kit.dialog import Dialog
from ui.kit.text import Text

_WIDTH = 680


class PersonaliseDialog(Dialog):
    """Asks for the person, new or known, and for her consent; everything noted so far stays."""

    def __init__(self, editing: Editing) -> None:
        super().__init__(
            editing.page, say("people.who_what_has_been_consented"), accept=say("people.add_the_name")
        )
        self.setObjectName("personalise_dialog")
        self.widen(_WIDTH)
        self._editing = editing
        self._known: Person | None = None
        self.add_text(say("people.name_only_added_with_consent"))
        self._who = Who(editing.context, "named", say("people.this_person"))
        self._who.chosen.connect(self._take)
        self._who.typed.connect(self._typed)
        self._who.reshaped.connect(self.fit)
        self._taken = Text("", "label", "ok", wrap=True)
        self._taken.setObjectName("known_person")
        self._taken.hide()
        self.body.addWidget(self._who)
        self.body.addWidget(self._taken)
        self._form = editing.catalogue.record_form("consent")
        self._consent = Consent(case_id=self._file.case.id, given_on=editing.today)
        model = FormModel(self._form, answers_of(self._form, self._consent))
        self._session = FormSession(model, editing.sources(), self)
        self.body.addWidget(FormView(self._session, plain=True))
        self._draft = DraftKeeper(
            editing.context, f"dialog:personalise:{self._file.case.id}", self._draft_body, self
        )
        self._who.typed.connect(self._draft.touch)
        self._session.changed.connect(self._draft.touch)
        self.reject_button.clicked.connect(self._draft.discard)
        self._draft.load(self._take_draft)

    @property
    def _file(self) -> CaseFile:
        return self._editing.file

    def accept(self) -> None:
        """Add the name and the consent; what is missing is said at its field."""
        person = self._known or self._who.person()
        found = self._session.check(complete=True)
        if person is None:
            return
        if found:
            self._session.focus(found[0].path)
            return
        answers = effective(self._form, self._session.model.answers)
        consent = with_answers(self._form, self._consent, answers)
        desk, case_id, on = self._editing.context.desk, self._file.case.id, self._editing.today
        self.set_busy(True)
        self._editing.context.work.write(
            self,
            lambda: people.personalise(desk, case_id, person, consent, on),
            self._named,
            self._refused,
        )

    def flush(self) -> None:
        """Keep what is typed now (before the desk is locked)."""
        self._who.rest()
        self._draft.flush()

    def done(self, result: int) -> None:
        """Close; what is typed and not saved stays a draft."""
        self._draft.flush()
        super().done(result)

    def _take(self, match: Match) -> None:
        self._known = match.person
        self._taken.setText(say("people.known_person_chosen_name", name=full_name(match.person)))
        self._taken.show()
        self.fit()

    def _typed(self) -> None:
        """Give the known person up: somebody else is being typed."""
        self._known = None
        self._taken.hide()

    def _named(self, _: Member) -> None:
        self._draft.discard()
        super().accept()
        self._editing.saved(say("people.name_and_consent_recorded"))

    def _refused(self, told: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(told)

    def _draft_body(self) -> Body:
        return {"who": self._who.texts(), "consent": self._session.model.draft()}

    def _take_draft(self, body: Body | None) -> None:
        if not body or any(self._who.texts().values()):
            return
        self._who.take(body["who"])
        self._session.model.take(body["consent"])
        self._session.reload()
        self._draft.settle()
        self.body.insertWidget(0, draft_notice(self._drop))

    def _drop(self) -> None:
        self._who.take({})
        self._session.model.load(answers_of(self._form, self._consent))
        self._session.reload()
        self._draft.discard()
