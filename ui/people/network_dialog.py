"""One contact of the network map, edited with the fields of the assessment's form."""

from kimdesk.casework import phases
from kimdesk.domain.records import PhaseEntry
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.case.editing import Editing
from ui.forms.drafts import Body, DraftKeeper
from ui.forms.model import FormModel
from ui.forms.panel import FieldsPanel
from ui.forms.session import FormSession
from ui.kit.buttons import quiet
from ui.kit.dialog import Dialog
from ui.people.network import SECTION, WHO


class TieDialog(Dialog):
    """Adds (``number`` −1) or edits a contact; what is saved are the answers of ``entry``."""

    def __init__(self, editing: Editing, entry: PhaseEntry, number: int) -> None:
        is_new = number < 0
        super().__init__(
            editing.page,
            say("people.who_belongs_network") if is_new else say("people.edit_contact_network"),
            accept=say("common.add") if is_new else say("common.save"),
        )
        self.setObjectName("tie_dialog")
        self._editing, self._entry = editing, entry
        definition = editing.catalogue.phase_form(entry.phase, entry.version)
        section = definition.section(SECTION)
        assert section is not None  # noqa: S101 - the map is drawn from this section
        self._model = FormModel(definition, entry.answers)
        self._path = self._model.add(SECTION) if is_new else f"{SECTION}.{number}"
        self._session = FormSession(self._model, editing.sources(), self)
        self._panel = FieldsPanel(self._session, section, self._path)
        self.body.addWidget(self._panel)
        self._draft = DraftKeeper(editing.context, f"tie:{entry.case_id}:{number}", self._draft_body, self)
        self._session.changed.connect(self._draft.touch)
        self._draft.load(self._take_draft)
        if not is_new:
            self._offer_removal()

    def accept(self) -> None:
        """Save the contact; what is missing is said at its field."""
        if not self._model.value(self._path, WHO):
            self._panel.show_problem(WHO, say("people.say_who"))
            self._panel.focus(WHO)
            return
        mine = [one for one in self._session.check(complete=True) if one.path.startswith(f"{self._path}.")]
        if mine:
            self._session.focus(mine[0].path)
            return
        self._store()

    def flush(self) -> None:
        """Keep what is typed now (before the desk is locked)."""
        self._draft.flush()

    def done(self, result: int) -> None:
        """Close; what is typed and not saved stays a draft."""
        self._draft.flush()
        super().done(result)

    def _offer_removal(self) -> None:
        button = quiet(say("common.remove"), "trash")
        button.setObjectName("remove_tie")
        button.clicked.connect(self._remove)
        self.button_row.insertWidget(0, button)

    def _remove(self) -> None:
        self._model.remove(self._path)
        self._store()

    def _store(self) -> None:
        desk, entry, answers = self._editing.context.desk, self._entry, self._model.storable()
        self.set_busy(True)
        self._editing.context.work.write(
            self, lambda: phases.save_answers(desk, entry, answers), self._saved, self._refused
        )

    def _saved(self, _: PhaseEntry) -> None:
        self._draft.discard()
        super().accept()
        self._editing.saved(say("people.network_map_saved"))

    def _refused(self, told: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(told)

    def _draft_body(self) -> Body:
        return {"answers": dict(self._model.entry(self._path).answers)}

    def _take_draft(self, body: Body | None) -> None:
        for field, value in (body or {}).get("answers", {}).items():
            self._model.set(self._path, field, value)
        if body:
            self._session.reload_records()
