"""The tab of a phase's form."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.domain.records import CaseFile, Goal, PhaseEntry
from kimdesk.domain.terms import Phase
from kimdesk.texts.refusals import Explanation
from ui.case.blank import next_number
from ui.case.deadline.offer import explain_notice, keep_notice
from ui.case.editing import Editing
from ui.case.form.change import before, changes, first_round, since_assessment
from ui.case.form.ending import Ending
from ui.case.form.frame import FormFrame
from ui.case.form.head import FormHead
from ui.case.form.overview import Overview
from ui.case.form.presenter import FormPresenter
from ui.case.form.ratings import GoalRatings
from ui.case.form.rounds import RoundMarks
from ui.case.form.steps import ask_complete, ask_reopen, ask_skip
from ui.case.gate import GatePanel
from ui.case.tabs import CaseTab
from ui.forms.conflict import ConflictNotice
from ui.forms.display import differences
from ui.forms.drafts import Body, DraftKeeper
from ui.forms.earlier import offer_earlier
from ui.forms.form_view import FormView
from ui.forms.model import FormModel
from ui.forms.panel import FieldsPanel
from ui.forms.record_dialog import saved_at
from ui.forms.sections import SectionCard
from ui.forms.session import FormSession
from ui.forms.stations import has_stations
from ui.forms.stations_view import StationsView
from ui.kit.base import clear, spaced
from ui.kit.scroll import column
from ui.kit.state import Notice
from ui.places import Place
from ui.text import tr

SAVE_PAUSE_MS = 10_000


class FormTab(CaseTab, QWidget):
    """Shows the form of one phase: the one that was chosen, else the one the case is in."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("tab_form")
        self._editing = editing
        self._presenter = FormPresenter(editing.context, self)
        self._session: FormSession | None = None
        self._form: FormView | StationsView | None = None
        self._keeper: DraftKeeper | None = None
        self._gate = GatePanel()
        self._head = FormHead()
        self._overview: Overview | None = None
        self._ending: Ending | None = None
        self._ratings: GoalRatings | None = None
        self._rounds: RoundMarks | None = None
        self._resting = False
        self._chosen: Phase | None = None
        self._wanted_path = ""
        self._place = QVBoxLayout(self)
        spaced(self._place)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SAVE_PAUSE_MS)
        self._pause.timeout.connect(self.save)
        QShortcut(QKeySequence.StandardKey.Save, self).activated.connect(self.save)

    @property
    def phase(self) -> Phase:
        """Return the phase whose form is shown."""
        return self._presenter.phase

    def show_file(self, file: CaseFile) -> None:
        """Show the form of the phase; what is typed in another one is stored first."""
        phase = self._chosen or file.case.phase
        if self._presenter.file is not None and phase is not self._presenter.phase:
            self.save()
        self._presenter.show(file, phase)
        path, self._wanted_path = self._wanted_path, ""
        if path:
            self.focus_path(path)

    def choose(self, place: Place) -> bool:
        """Show the form of a phase next, the keyboard in a field."""
        if place.tab in set(Phase):
            self._chosen, self._wanted_path = Phase(place.tab), place.field
        return not place.kind

    def here(self) -> str:
        """Return the phase whose form is shown."""
        return self.phase

    def save(self) -> None:
        """Store the answers now (the form is left, or Ctrl+S)."""
        self._pause.stop()
        if self._resting or self._session is None:
            return
        if self._keeper:
            self._keeper.flush()
        self._presenter.save()

    def flush(self) -> None:
        """Keep what is typed as a draft now; the desk is about to be locked."""
        self._pause.stop()
        self._resting = True
        if self._keeper:
            self._keeper.flush()

    def show_form(self, model: FormModel) -> None:
        """Show another form."""
        clear(self._place)
        self._gate, self._head, self._resting = GatePanel(), FormHead(), False
        self._session = FormSession(model, self._editing.sources(), self)
        self._form = (
            StationsView(self._session) if has_stations(model.definition) else FormView(self._session)
        )
        self._overview = Overview() if self.phase in (Phase.ASSESSMENT, Phase.EVALUATION) else None
        self._ending = self._ratings = self._rounds = None
        if self.phase is Phase.ASSESSMENT and self._presenter.file:
            self._rounds = RoundMarks(self._session, self._presenter.file, self._presenter.entry)
        if self.phase is Phase.EVALUATION:
            self._ending, self._ratings = Ending(self._editing), GoalRatings(self._editing)
            self._ending.begins.connect(self.save)
            self._put_ratings(self._form, self._ratings)
        beside = [each for each in (self._ending, self._overview, self._gate) if each]
        side = column(*beside, stretch=False)
        self._place.addWidget(FormFrame(self._form, self._head, side))
        self._connect(self._session, self._form)
        if entry := self._presenter.entry:
            place = ("phase_entry", entry.id, entry.case_id)
            self._head.add_action(offer_earlier(self, self._editing.context, self._session, *place))
        self._form.setEnabled(not self._presenter.ended)
        self._keeper = DraftKeeper(
            self._editing.context, self._presenter.draft_key, self._presenter.draft, self
        )
        self._keeper.kept.connect(self._show_kept)
        self._keeper.load(self._take_draft)
        self._show_head()
        self._show_end()
        self._show_gate()

    def show_records(self) -> None:
        """Show typed records and gaps anew."""
        if self._session:
            self._session.sources = self._editing.sources()
            self._session.reload_records()
        self._show_head()
        self._show_end()
        self._show_gate()

    def show_saved(self) -> None:
        """Say that everything is stored."""
        self._head.show_note(tr("Saved at {time}", time=f"{datetime.now():%H:%M}"))  # noqa: DTZ005 - wall clock

    def show_conflict(self, stored: PhaseEntry) -> None:
        """Show both versions and ask which one stays."""
        if self._session is None:
            return
        model = self._session.model
        notice = ConflictNotice(
            differences(model.definition, model.answers, stored.answers, self._session.sources)
        )
        notice.keep.connect(lambda: self._settle(lambda: self._presenter.keep_mine(stored)))
        notice.take.connect(lambda: self._settle(lambda: self._take_theirs(stored)))
        self._head.show_notice(notice)

    def show_refusal(self, explanation: Explanation) -> None:
        """Say why something was refused."""
        notice = Notice("bad")
        notice.explain(explanation)
        self._head.show_notice(notice)

    def focus_path(self, path: str) -> None:
        """Put the keyboard into the field at ``path`` and show what is wrong there."""
        if self._session and self._form:
            self._form.focus_path(path)
            self._session.check(complete=True)
            self._form.focus_path(path)

    def _connect(self, session: FormSession, form: FormView | StationsView) -> None:
        session.changed.connect(self._typed)
        session.restated.connect(self._show_gate)
        session.wanted.connect(self._editing.open)
        session.explained.connect(lambda _, notice: explain_notice(self._editing, notice))
        session.taken.connect(lambda _, notice: keep_notice(self._editing, notice))
        self._gate.gap_chosen.connect(self.focus_path)
        self._gate.complete.connect(self._complete)
        self._gate.skip.connect(self._skip)
        self._gate.reopen.connect(self._reopen)
        if isinstance(form, StationsView):
            form.moved.connect(self._show_head)
            form.moved.connect(self._show_overview)
            form.moved.connect(self._show_rounds)
            form.goal_wanted.connect(self._make_goal)
            form.finished.connect(self._complete)

    def _typed(self) -> None:
        self._resting = False
        if self._keeper:
            self._keeper.touch()
        self._pause.start()
        self._show_rounds()

    def _complete(self) -> None:
        if self._session is None:
            return
        found = self._session.check(complete=True)
        gaps = self._presenter.gaps()
        if found:
            self.focus_path(found[0].path)
        ask_complete(self, self._name, len(gaps), lambda why: self._presenter.complete(why, self._ended))

    @property
    def _name(self) -> str:
        return self._editing.catalogue.label("phase", self.phase)

    def _skip(self) -> None:
        ask_skip(self, self._name, lambda why: self._presenter.skip(why, self._ended))

    def _reopen(self) -> None:
        ask_reopen(self, self._name, lambda why: self._presenter.reopen(why, self._ended))

    def _ended(self) -> None:
        if self._keeper:
            self._keeper.settle()
        self._chosen = None
        self._editing.saved(tr("Phase noted"))

    def _make_goal(self, domain: str) -> None:
        file = self._presenter.file
        if file:
            goal = Goal(case_id=file.case.id, number=next_number(file), life_domain=domain)
            self._editing.edit(goal)

    def _take_draft(self, body: Body | None) -> None:
        if body and self._session and self._presenter.take_draft(body):
            self._session.reload()
            if isinstance(self._form, StationsView):
                self._form.renew()
            self._head.show_note(tr("Draft restored"))
            self._show_gate()

    def _settle(self, act: Callable[[], None]) -> None:
        self._head.show_notice(None)
        act()

    def _take_theirs(self, stored: PhaseEntry) -> None:
        if self._keeper:
            self._keeper.discard()
        self._presenter.take_theirs(stored)

    def _show_kept(self, at: datetime) -> None:
        self._head.show_note(saved_at(at))

    def _show_head(self) -> None:
        station = self._form.station if isinstance(self._form, StationsView) else None
        self._head.show_place(self._name, self._presenter.entry, station)

    def _show_overview(self) -> None:
        catalogue = self._editing.catalogue
        file, entry = self._presenter.file, self._presenter.entry
        if self._overview is None or file is None or self._session is None:
            return
        answers = self._session.model.answers
        if self.phase is Phase.EVALUATION:
            self._overview.show_changes(
                since_assessment(catalogue, file, answers), "", first_round(file), entry
            )
            return
        chosen = self._form.station.path.partition(".")[2] if isinstance(self._form, StationsView) else ""
        now = changes(catalogue, file, entry, answers)
        self._overview.show_changes(now, chosen, before(file, entry), entry)

    def _show_rounds(self) -> None:
        if self._rounds is not None and isinstance(self._form, StationsView):
            self._rounds.show(self._form.findChildren(FieldsPanel))

    def _show_end(self) -> None:
        file = self._presenter.file
        for part in (self._ending, self._ratings):
            if part is not None and file is not None:
                part.show_file(file)

    def _put_ratings(self, form: FormView | StationsView, ratings: GoalRatings) -> None:
        """Put the two ratings of each goal where the form asks for the goals."""
        for card in form.findChildren(SectionCard, "section_goals"):
            card.body.insertWidget(card.body.indexOf(card.panel), ratings)

    def _show_gate(self) -> None:
        self._show_overview()
        self._show_rounds()
        entry = self._presenter.entry
        loud = isinstance(self._form, FormView)
        self._gate.show_gate(self._presenter.gaps(), entry.state if entry else None, loud=loud)
