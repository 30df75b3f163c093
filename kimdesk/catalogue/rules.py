"""The rules of a catalogue, each document read when it is first asked for."""

from functools import cached_property

from kimdesk.catalogue import (
    agenda_rules,
    audit_groups,
    deadline_rules,
    finding_rules,
    history_rules,
    likeness_rules,
    never_ask,
    person_columns,
    procedures,
    proof_rules,
    regime_rules,
    relation_rules,
    screening_rules,
)
from kimdesk.catalogue.agenda_rules import StepRule
from kimdesk.catalogue.audit_groups import AuditGroup
from kimdesk.catalogue.deadline_rules import DeadlineRules
from kimdesk.catalogue.finding_rules import FindingRules
from kimdesk.catalogue.history_rules import HistoryRules
from kimdesk.catalogue.likeness_rules import LikenessRules
from kimdesk.catalogue.never_ask import NeverAsk
from kimdesk.catalogue.person_columns import PersonColumns
from kimdesk.catalogue.procedures import Procedures
from kimdesk.catalogue.regime_rules import RegimeRules
from kimdesk.catalogue.relation_rules import RelationRules
from kimdesk.catalogue.stack import Stack
from kimdesk.domain.agenda.rules import AgendaRules
from kimdesk.domain.law.regime_law import Law
from kimdesk.domain.needs.proofs import ProofRules
from kimdesk.domain.screening.rules import ScreeningLaw


class Rules:
    """The documents of ``rules/``; a layer replaces one as a whole. Raise ContentError E700 when broken."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack

    @cached_property
    def deadlines(self) -> DeadlineRules:
        """Return the deadlines of the law."""
        return deadline_rules.parse(self._stack.table(deadline_rules.PATH))

    @cached_property
    def regimes(self) -> RegimeRules:
        """Return the rules on gaps, overlaps and papers."""
        return regime_rules.parse(self._stack.table(regime_rules.PATH))

    @cached_property
    def steps(self) -> dict[str, StepRule]:
        """Return by code the rules of what is worth doing in a case; of two the earlier one comes first."""
        return agenda_rules.steps(self._stack.table(agenda_rules.STEPS))

    @cached_property
    def agenda(self) -> AgendaRules:
        """Return when steps are shown, and the spans behind their dates."""
        spans = self._stack.table(agenda_rules.SPANS)
        return agenda_rules.agenda_rules(
            self.steps, spans, self.deadlines, self.regimes, self.screening, self.proofs
        )

    @cached_property
    def law(self) -> Law:
        """Return what the remarks on gaps, overlaps and papers need to know."""
        return self.agenda.law

    @cached_property
    def screening(self) -> ScreeningLaw:
        """Return the rules of the screening: rights to stay, naturalisation."""
        return screening_rules.parse(self._stack.table(screening_rules.PATH))

    @cached_property
    def proofs(self) -> ProofRules:
        """Return which kinds of paper are the proof for what checklists ask."""
        return proof_rules.parse(self._stack.table(proof_rules.PATH))

    @cached_property
    def relations(self) -> RelationRules:
        """Return what kinds of relation say about two persons."""
        return relation_rules.parse(self._stack.table(relation_rules.PATH))

    @cached_property
    def person_columns(self) -> PersonColumns:
        """Return how lists of persons are headed."""
        return person_columns.parse(self._stack.table(person_columns.PATH))

    @cached_property
    def likeness(self) -> LikenessRules:
        """Return how names that may be the same are heard."""
        return likeness_rules.parse(self._stack.table(likeness_rules.PATH))

    @cached_property
    def history(self) -> HistoryRules:
        """Return what the history of a record says."""
        return history_rules.parse(self._stack.table(history_rules.PATH))

    @cached_property
    def audit_groups(self) -> tuple[AuditGroup, ...]:
        """Return the groups of what the audit trail tells."""
        return audit_groups.parse(self._stack.table(audit_groups.PATH))

    @cached_property
    def findings(self) -> FindingRules:
        """Return what a Kreis does with structural findings."""
        return finding_rules.parse(self._stack.table(finding_rules.PATH))

    @cached_property
    def never_ask(self) -> NeverAsk:
        """Return what nobody is ever asked; no layer may replace it."""
        return never_ask.parse(self._stack.table(never_ask.PATH))

    @cached_property
    def procedures(self) -> Procedures:
        """Return by which law offices work, and what appeals are called; no layer may replace it."""
        rules = {one.code for one in self.deadlines.every}
        return procedures.parse(self._stack.table(procedures.PATH), rules)
