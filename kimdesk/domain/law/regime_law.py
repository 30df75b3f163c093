"""What the law says about regimes and titles beside its spans: days, states, codes, as data.

It stands in ``resources/rules/regimes.toml``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kimdesk.domain.law.paragraphs import Paragraph
from kimdesk.domain.law.spans import Spans

LastDay = Callable[[str, date], date | None]
"""Gives the day by a rule of ``rules/deadlines.toml`` for what happened on a day, None for no rule."""


def _no_rule(_code: str, _day: date) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Continuation:
    """Titles by ``paragraph`` that are valid on a day run on ``until`` another without an application.

    For holders of ``nationality``; whether it holds for others, their papers do not say.
    """

    paragraph: str  # „24“
    nationality: str  # nationality
    valid_on: date
    until: date
    source: str
    checked: bool = False


class TitleList(StrEnum):
    """Titles that the law names together, by their paragraphs."""

    COURSE_RIGHT = "course_right"
    MAYBE_ASYLBLG = "maybe_asylblg"
    NO_CHILD_BENEFIT = "no_child_benefit"
    CHILD_BENEFIT_WORK = "child_benefit_work"
    CHILD_BENEFIT_STAY = "child_benefit_stay"


@dataclass(frozen=True, slots=True)
class Law:
    """Spans, verdicts over pairs of benefits, who has no claim to SGB II, whose titles run on.

    ``free_movement`` are the nationalities of EU, EEA and Switzerland; ``last_day`` asks a deadline rule.
    """

    spans: Spans
    pairs: Mapping[frozenset[str], str] = field(default_factory=dict)  # "excluded", "allowed"
    without_sgb2: frozenset[str] = frozenset()  # residence_status
    ukraine_since: date = date.max  # first titled from this day on: planned to be in AsylbLG
    ukraine_from: date = date.max  # from when that is planned to hold
    continuations: tuple[Continuation, ...] = ()
    free_movement: frozenset[str] = frozenset()  # nationality
    last_day: LastDay = _no_rule
    titles: Mapping[TitleList, tuple[str, ...]] = field(default_factory=dict)  # „25.3“

    def names(self, which: TitleList, title: Paragraph) -> bool:
        """Return whether ``title`` surely is among those of ``which``."""
        return any(title.lies_in(one) for one in self.titles.get(which, ()))

    def may_name(self, which: TitleList, title: Paragraph) -> bool:
        """Return whether ``title`` is, or may be for all that is said of it, among those of ``which``."""
        return any(title.may_lie_in(one) for one in self.titles.get(which, ()))
