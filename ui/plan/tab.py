"""The plan: the main screen of a case."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtGui import QResizeEvent

from kimdesk.casework import changes, phases
from kimdesk.casework.phases import MissingEntry
from kimdesk.casework.today import next_step
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.agenda.dues import due_in, let_go_in, noted_in
from kimdesk.domain.agenda.next_step import NextStep
from kimdesk.domain.law.spans import SpanName
from kimdesk.domain.phases import latest
from kimdesk.domain.records import CaseFile, Consent, FollowUp, Measure, Record, RecordRef
from kimdesk.domain.terms import CaseStatus, FollowUpKind
from kimdesk.texts import agenda, say
from ui.case.blank import find
from ui.case.editing import Editing
from ui.case.gate import GatePanel
from ui.case.settling import DateActs, ask_settle, bring_back
from ui.case.steps import PhaseStep, PhaseSteps
from ui.case.tabs import CaseTab
from ui.kit.card import Card
from ui.kit.scroll import Columns, Page, column
from ui.places import Place
from ui.plan.chain_card import ChainCard
from ui.plan.changes import PlanChanges
from ui.plan.concerns import ConcernGrid
from ui.plan.dues import DuesCard
from ui.plan.goals import GoalsCard
from ui.plan.menus import MeasureMenus
from ui.plan.next_step import NextStepCard
from ui.plan.predecessor import PredecessorDialog
from ui.plan.steps import StepsCard
from ui.plan.templates import TemplateDialog
from ui.plan.warnings import warnings
from ui.theme import theme

_LEFT = 328
_MARGINS = 14 + 20  # above and below what is seen without scrolling
_GAP = 12


class PlanTab(CaseTab, Page):
    """Next step, goals and gate at the left; at the right the chain, warnings, dates and small steps."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("tab_plan")
        self._editing = editing
        self._step: NextStep | None = None
        self._next = NextStepCard()
        known = editing.catalogue
        self._goals, self._chain, self._dues = GoalsCard(known), ChainCard(known), DuesCard(known)
        self._gate, self._gate_card = GatePanel("plan_"), Card()
        self._gate_card.body.addWidget(self._gate)
        self._warnings, self._steps = ConcernGrid(), StepsCard(known)
        self._phase_steps = PhaseSteps(self, self._gate, self._phase_name, self._gaps, self._end)
        self._changes = PlanChanges(editing, self)
        self._menus = MeasureMenus(editing, self._changes, self._ask_link)
        left = column(self._next, self._goals, self._gate_card)
        right = column(self._chain, self._warnings, self._dues, self._steps)
        self.body.addWidget(Columns([(left, _LEFT), (right, 0)], spacing=14))
        self._connect()

    def show_file(self, file: CaseFile) -> None:
        """Show the plan of ``file``."""
        today = self._editing.today
        self._step = next_step(self._editing.catalogue, file, today)
        self._next.setVisible(self._step is not None)
        if self._step:
            self._next.show_step(self._editing.catalogue, self._step, today)
        self._goals.show_goals(file.goals)
        self._steps.show_file(file, today)
        self._chain.show_file(file, today)
        rules = self._editing.catalogue.rules.agenda
        closed = file.case.status is CaseStatus.CLOSED
        self._dues.show_dues(due_in(file, rules, today), today, closed=closed, noted=noted_in(file, rules))
        self._dues.show_let_go(file.case.settled, let_go_in(file, rules), today)
        self._warnings.show_concerns(warnings(self._editing.catalogue, file, today))
        entry = latest(file.phases, file.case.phase)
        self._gate_card.set_title(self._editing.catalogue.label("phase", file.case.phase))
        gaps = phases.gaps(self._editing.catalogue, file, file.case.phase)
        self._gate.show_gate(gaps, entry.state if entry else None, loud=False)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the chain the room that is left beside next step and warnings."""
        super().resizeEvent(event)
        self._fit()

    def _connect(self) -> None:
        self._next.act.connect(self._act)
        self._next.later.connect(self._remind)
        self._goals.levelled.connect(self._changes.rate)
        self._steps.ticked.connect(self._changes.tick)
        self._goals.wanted.connect(lambda key: self._editing.open("goal", key))
        self._goals.translation_wanted.connect(lambda key: self._editing.open("translating", key))
        self._steps.translation_wanted.connect(lambda: self._editing.open("translating"))
        self._connect_chain()
        self._dues.added.connect(lambda: self._editing.open("follow_up"))
        self._dues.shown.connect(lambda due: self._open(due.ref))
        self._dues.done.connect(self._end_due)
        self._dues.settled.connect(lambda due: ask_settle(self._editing, due))
        acts, now = DateActs(self._editing.page, self._editing.context, self._editing.changed), self._editing
        self._dues.taken_up.connect(lambda due: acts.take_up(now.file.case.id, due, now.today))
        self._dues.let_go.connect(lambda due: acts.ask_let_go(now.file.case.id, due, now.today))
        self._dues.brought_back.connect(lambda key: bring_back(self._editing, key))
        self._gate.gap_chosen.connect(lambda path: self._editing.go(self._gap(path)))

    def _connect_chain(self) -> None:
        card, picture, changes = self._chain, self._chain.picture, self._changes
        card.wanted.connect(lambda key: self._editing.open("measure", key))
        card.template_wanted.connect(self._ask_template)
        card.along.connect(lambda yes: changes.move_along() if yes else changes.forget())
        for signal in (card.grown, self._warnings.grown):
            signal.connect(self._fit)
        self._warnings.chosen.connect(self._editing.go)
        picture.moved.connect(changes.move)
        picture.stretched.connect(changes.stretch)
        picture.linked.connect(changes.link)
        picture.link_asked.connect(self._ask_link)
        picture.removal_asked.connect(self._menus.ask_removal)
        picture.menu_asked.connect(self._menus.ask)
        changes.offered.connect(card.offer)
        changes.refused.connect(card.refuse)

    def _fit(self) -> None:
        """Let chain and warnings together fill what is seen without scrolling; large text scrolls anyway."""
        if theme().stacked:
            return
        below = (
            self._warnings.sizeHint().height() + theme().px(_GAP) if self._warnings.isVisibleTo(self) else 0
        )
        self._chain.set_room(self.viewport().height() - theme().px(_MARGINS) - below)

    def _ask_link(self, key: str) -> None:
        measure = find(Measure, key, self._file)
        if measure:
            link = lambda before: self._changes.link(key, before)  # noqa: E731 - two arguments from one
            PredecessorDialog(self, measure, self._file.measures, link).open()

    def _ask_template(self) -> None:
        catalogue, today = self._editing.catalogue, self._editing.today
        TemplateDialog(self, catalogue, self._file, today, self._changes.use_template).open()

    @property
    def _file(self) -> CaseFile:
        return self._editing.file

    def _act(self) -> None:
        if self._step is None:
            return
        ref = self._step.ref
        if self._editing.catalogue.rules.steps[self._step.rule].action == "open_follow_up":
            self._finish(ref.id)
        elif ref.kind == "consent":
            self._renew(ref.id)
        else:
            self._open(ref)

    def _renew(self, key: str) -> None:
        """Ask for the consent anew, from today on."""
        if old := find(Consent, key, self._file):
            today = self._editing.today
            self._editing.edit(
                replace(old, id="", rev=0, given_on=today, valid_until=None, withdrawn_on=None)
            )

    def _open(self, ref: RecordRef) -> None:
        if ref.kind in ("measure", "goal", "residence_spell", "follow_up"):
            self._editing.open(ref.kind, ref.id)
        elif ref.kind == "contact":
            self._editing.go(Place("case", self._file.case.id, "contacts"))
        else:
            self._editing.show(ref)

    def _end_due(self, due: Due) -> None:
        """Note a date as done; one that stands in the form of a phase gets a follow-up that says so."""
        if due.kind == "follow_up":
            self._finish(due.record_id)
            return
        kept = FollowUp(
            case_id=self._file.case.id,
            kind=FollowUpKind.DEADLINE,
            title=agenda.words(self._editing.catalogue, due).title,
            due_on=due.due_on,
            done_on=self._editing.today,
        )
        self._save(kept, say("plan.noted_as_done"))

    def _remind(self) -> None:
        if self._step:
            catalogue, today = self._editing.catalogue, self._editing.today
            said = agenda.kept(catalogue, self._step)
            due = catalogue.rules.agenda.spans.after(SpanName.REMINDER, today)
            self._editing.edit(
                FollowUp(case_id=self._file.case.id, title=said.title, reason=said.reason, due_on=due)
            )

    def _finish(self, key: str) -> None:
        if one := find(FollowUp, key, self._file):
            self._save(replace(one, done_on=self._editing.today), say("plan.noted_as_done"))

    def _save(self, record: Record, words: str) -> None:
        desk = self._editing.context.desk
        self._editing.context.work.write(
            self._editing.page,
            lambda: changes.save(desk, record),
            lambda change: self._editing.changed(words, change),
        )

    def _gap(self, path: str) -> Place:
        case = self._file.case
        return Place("case", case.id, case.phase, field=path)

    def _gaps(self) -> Sequence[MissingEntry]:
        return phases.gaps(self._editing.catalogue, self._file, self._file.case.phase)

    def _phase_name(self) -> str:
        return self._editing.catalogue.label("phase", self._file.case.phase)

    def _end(self, step: PhaseStep, why: str) -> None:
        desk, case_id, phase = self._editing.context.desk, self._file.case.id, self._file.case.phase
        self._editing.context.work.write(
            self._editing.page,
            lambda: step(desk, case_id, phase, why),
            lambda _: self._editing.saved(say("common.phase_noted")),
        )
