"""What decides when something is due and when it is shown: windows per rule and spans, as data."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from kimdesk.domain.law.regime_law import Law
from kimdesk.domain.law.spans import Spans
from kimdesk.domain.needs.proofs import ProofRules
from kimdesk.domain.records import CaseFile
from kimdesk.domain.screening.rules import ScreeningLaw


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """When a rule is shown: ``lead`` days before its date until ``linger`` days after, None for ever.

    ``rank`` decides before the date does: dates of the case 0, what is merely worth a look 1. ``deadlines``
    are the rules of the law by which somebody may have noted the same date. It is told anew on each of
    ``stages``, days before the date.
    """

    lead: int
    linger: int | None = None
    rank: int = 0
    deadlines: tuple[str, ...] = ()
    stages: tuple[int, ...] = ()

    def first(self, due_on: date) -> date:
        """Return the first day on which a step due on ``due_on`` is shown."""
        return date.fromordinal(max(due_on.toordinal() - self.lead, 1))

    def told_again(self, due_on: date, since: date) -> Iterator[tuple[int, date]]:
        """Yield after ``since`` each day on which a date is told anew, with the number of the stage."""
        for number, days in enumerate(self.stages, 1):
            day = date.fromordinal(max(due_on.toordinal() - days, 1))
            if day > since:
                yield number, day

    def last(self, due_on: date) -> date:
        """Return the last day on which it is shown, the last of the calendar when it stays."""
        if self.linger is None:
            return date.max
        return date.fromordinal(min(due_on.toordinal() + self.linger, date.max.toordinal()))

    def shows(self, due_on: date, today: date) -> bool:
        """Return whether a step due on ``due_on`` is shown on ``today``."""
        return self.first(due_on) <= today <= self.last(due_on)


@dataclass(frozen=True, slots=True)
class AgendaRules:
    """The windows by rule, of two equal dates the one that stands earlier first; the law behind them, the
    rules of the screening, and of papers.

    ``version`` stands for the whole content: what was derived by another one is to be derived again.
    """

    windows: Mapping[str, TimeWindow]
    law: Law
    screening: ScreeningLaw
    proofs: ProofRules = field(default_factory=ProofRules)
    version: str = ""
    lists: Callable[[CaseFile, date], CaseFile] = lambda file, _: file
    """Return a case with its open checklists as they stand on a day."""

    @property
    def spans(self) -> Spans:
        """Return the spans of the law."""
        return self.law.spans

    def place(self, rule: str) -> int:
        """Return how many rules stand before ``rule``."""
        return list(self.windows).index(rule)
