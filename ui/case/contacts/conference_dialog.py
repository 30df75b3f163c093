"""The dialog of one case conference; it names the agencies that no consent covers and blocks nothing."""

from datetime import date

from PySide6.QtWidgets import QWidget

from kimdesk.casework import conferences
from kimdesk.casework.conferences import OPEN, SECTION, Conference
from kimdesk.domain.phases import latest
from kimdesk.domain.records import PhaseEntry
from kimdesk.domain.terms import Phase
from kimdesk.forms.answers import effective
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.case.editing import Editing
from ui.forms.drafts import Body, DraftKeeper
from ui.forms.model import FormModel
from ui.forms.panel import FieldsPanel
from ui.forms.session import FormSession
from ui.kit.dialog import Dialog
from ui.kit.state import Notice
from ui.kit.text import Text

_PATH = f"{SECTION}.0"


class ConferenceDialog(Dialog):
    """Adds a conference, or edits ``one``; what is typed is kept as a draft until it is saved."""

    def __init__(self, editing: Editing, one: Conference | None = None) -> None:
        question = (
            say("case.edit_the_case_conference") if one else say("case.what_was_agreed_case_conference")
        )
        super().__init__(editing.page, question, accept=say("common.save"))
        self.setObjectName("conference_dialog")
        self.widen(680)
        self._editing, self._one = editing, one
        self._file = editing.file
        entry = latest(self._file.phases, Phase.COORDINATION)
        version = entry.version if entry and entry.version else None
        self._form = editing.catalogue.phase_form(Phase.COORDINATION, version)
        self._model = FormModel(self._form, {SECTION: [dict(one.entry) if one else self._new()]})
        self.session = FormSession(self._model, editing.sources(), self)
        section = self._form.section(SECTION)
        assert section is not None  # noqa: S101 - the form of this phase has it
        self._consents = Notice("warn")
        self._consents.setObjectName("conference_consents")
        self.body.addWidget(self._consents)
        self.body.addWidget(FieldsPanel(self.session, section, _PATH))
        self._code = self._code_line()
        self.body.addWidget(self._code)
        self.body.addStretch(1)  # else the notice takes the room that is left
        key = f"conference:{self._file.case.id}:{one.place if one else 'new'}"
        self._draft = DraftKeeper(editing.context, key, self._draft_body, self)
        self.session.changed.connect(self._typed)
        self._draft.load(self._take_draft)
        self._check_consents()

    def accept(self) -> None:
        """Save; what is missing is shown at its field instead."""
        found = self.session.check(complete=True)
        mine = next((each for each in found if each.path.startswith(f"{SECTION}.")), None)
        if mine is not None:
            self.session.focus(mine.path)
            return
        self.set_busy(True)
        answers = effective(self._form, self._model.answers)[SECTION][0]
        desk, case_id = self._editing.context.desk, self._file.case.id
        place = self._one.place if self._one else None
        self._editing.context.work.write(
            self, lambda: conferences.save(desk, case_id, answers, place), self._saved, self._refused
        )

    def flush(self) -> None:
        """Keep what is typed now (before the desk is locked)."""
        self._draft.flush()

    def done(self, result: int) -> None:
        """Close; what is not saved stays a draft that is offered next time."""
        self._draft.flush()
        super().done(result)

    def _new(self) -> dict[str, object]:
        return {"held_on": self._editing.today.isoformat(), "identity": conferences.PSEUDONYMOUS}

    def _code_line(self) -> QWidget:
        code = conferences.case_code(self._editing.context.desk, self._file.case.id)
        line = Text(
            say("case.at_table_paper_case_called", code=code),
            "table",
            "text-2",
            wrap=True,
        )
        line.setObjectName("conference_code")
        return line

    def _typed(self) -> None:
        self._draft.touch()
        self._check_consents()

    def _check_consents(self) -> None:
        is_open = self._model.value(_PATH, "identity") == OPEN
        self._code.setVisible(not is_open)
        participants = self._model.value(_PATH, "participants") or []
        known = self._editing.catalogue
        missing = conferences.without_consent(known, self._file, participants, self._day()) if is_open else ()
        self._consents.setVisible(bool(missing) or (is_open and not participants))
        if missing:
            names = ", ".join(missing)
            self._consents.set(
                "warn",
                say("case.no_consent_force_names_agencies", agencies=names),
                say("case.speak_without_names_there_or"),
            )
        elif is_open and not participants:
            self._consents.set(
                "warn",
                say("case.who_sits_at_table"),
                say("case.open_conference_needs_consent_names"),
            )
        self.fit()

    def _day(self) -> date:
        try:
            return date.fromisoformat(str(self._model.value(_PATH, "held_on")))
        except ValueError:
            return self._editing.today

    def _draft_body(self) -> Body:
        return {"answers": self._model.draft()[SECTION]}

    def _take_draft(self, body: Body | None) -> None:
        if body and not self._model.changed and body["answers"] != self._model.draft()[SECTION]:
            self._model.take({SECTION: body["answers"]})
            self.session.reload()
            self._check_consents()

    def _saved(self, _: PhaseEntry) -> None:
        self._draft.discard()
        super().accept()
        self._editing.saved(say("case.case_conference_saved"))

    def _refused(self, explanation: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(explanation)
