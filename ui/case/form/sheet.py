"""The form of one phase on the page, with all that belongs to it while it is shown."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.casework.phases import MissingEntry
from kimdesk.domain.records import Goal
from kimdesk.domain.shielding import any_shielded
from ui.case.blank import next_number
from ui.case.deadline.offer import explain_notice, keep_notice
from ui.case.editing import Editing
from ui.case.form.beside import beside
from ui.case.form.frame import FormFrame
from ui.case.form.head import FormHead
from ui.case.form.presenter import FormPresenter
from ui.case.gate import GatePanel
from ui.case.steps import PhaseSteps
from ui.forms.earlier import offer_earlier
from ui.forms.form_view import FormBody, FormView
from ui.forms.model import FormModel
from ui.forms.session import FormSession
from ui.forms.stations import has_stations
from ui.forms.stations_view import StationsView
from ui.kit.base import spaced
from ui.kit.scroll import column

_CONCEALED = frozenset({"client_phone", "client_email"})  # of somebody whose address is protected


class PhaseSheet(QWidget):
    """Form, head and gate of the phase that ``presenter`` shows, and what its round comes to.

    ``ended`` carries the step that ends the phase and its reason. ``save`` stores what is typed.
    """

    ended = Signal(object, str)

    def __init__(
        self, editing: Editing, presenter: FormPresenter, model: FormModel, save: Callable[[], None]
    ) -> None:
        super().__init__()
        self._editing, self._presenter = editing, presenter
        self.session = FormSession(model, editing.sources(), self)
        if any_shielded(editing.file.persons):
            self.session.concealed = _CONCEALED
        self.head, self._gate = FormHead(), GatePanel()
        make = StationsView if has_stations(model.definition) else FormView
        self._form: FormBody = make(self.session)
        self._beside = beside(editing, presenter, self._form, save)
        self._steps = PhaseSteps(self, self._gate, self._name, self._check, self.ended.emit)
        side = column(*self._beside.widgets, self._gate, stretch=False)
        spaced(place := QVBoxLayout(self))
        place.addWidget(FormFrame(self._form, self.head, side))
        self._connect()
        if entry := presenter.entry:
            earlier = ("phase_entry", entry.id, entry.case_id)
            self.head.add_action(offer_earlier(self, editing.context, self.session, *earlier))
        self._form.setEnabled(not presenter.ended)

    def show_all(self) -> None:
        """Show where we are, what the case says and what is missing."""
        self._show_head()
        self._beside.show_file(self._editing.file)
        self._show_gate()

    def show_records(self) -> None:
        """Show typed records and gaps anew."""
        self.session.sources = self._editing.sources()
        self.session.reload_records()
        self.show_all()

    def show_draft(self) -> None:
        """Show the answers of a draft that was taken over."""
        self.session.reload()
        self._form.renew()
        self._show_gate()

    def focus_path(self, path: str) -> None:
        """Put the keyboard into the field at ``path`` and show what is wrong there."""
        self._form.focus_path(path)
        self.session.check(complete=True)
        self._form.focus_path(path)

    def _connect(self) -> None:
        session, editing = self.session, self._editing
        session.changed.connect(self._beside.mark_fields)
        session.restated.connect(self._show_gate)
        session.wanted.connect(editing.open)
        session.explained.connect(lambda _, notice: explain_notice(editing, notice))
        session.taken.connect(lambda _, notice: keep_notice(editing, notice))
        self._gate.gap_chosen.connect(self.focus_path)
        self._form.moved.connect(self._show_head)
        self._form.moved.connect(lambda: self._beside.show_answers(editing.file))
        self._form.goal_wanted.connect(self._make_goal)
        self._form.finished.connect(self._gate.complete)

    def _name(self) -> str:
        return self._editing.catalogue.label("phase", self._presenter.phase)

    def _check(self) -> list[MissingEntry]:
        """Return what is missing, the keyboard in the first of it."""
        gaps = self._presenter.gaps()
        if found := self.session.check(complete=True):
            self.focus_path(found[0].path)
        return gaps

    def _make_goal(self, domain: str) -> None:
        file = self._editing.file
        self._editing.edit(Goal(case_id=file.case.id, number=next_number(file), life_domain=domain))

    def _show_head(self) -> None:
        self.head.show_place(self._name(), self._presenter.entry, self._form.station)

    def _show_gate(self) -> None:
        self._beside.show_answers(self._editing.file)
        entry, loud = self._presenter.entry, self._form.station is None
        self._gate.show_gate(self._presenter.gaps(), entry.state if entry else None, loud=loud)
