"""What is worth doing, when and why, and the spans behind it, as data."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, Literal

import msgspec

from kimdesk.catalogue.deadline_rules import DeadlineRules
from kimdesk.catalogue.regime_rules import RegimeRules
from kimdesk.domain.agenda.rules import AgendaRules, TimeWindow
from kimdesk.domain.errors import CaseworkError, ContentError
from kimdesk.domain.law.deadline_rule import Facts
from kimdesk.domain.law.spans import Span, SpanName, Spans
from kimdesk.domain.needs.proofs import ProofRules
from kimdesk.domain.screening.rules import ScreeningLaw
from kimdesk.forms.shape import shaped

STEPS, SPANS = "rules/next_steps.toml", "rules/spans.toml"
_LATER = 1  # the rank of what is worth a look but has no date of its own
_OWN = "Eigener Vorschlag"
_CODE = 9
"""To be raised when the functions of ``domain.agenda`` give other dates for the same records."""

Group = Literal["date", "unanswered", "quiet", "appointment", "phase", "prospect"]
_WORTH_A_LOOK = {"quiet", "prospect"}


class StepRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule as it stands in ``resources/rules/next_steps.toml``."""

    title: str
    reason: str
    group: Group
    lead: int
    icon: str
    action: str
    source: str
    linger: int | None = None
    deadline: str = ""  # the rule of the law behind it: a code of ``deadline_rules``
    noted_by: tuple[str, ...] = ()  # further ones by which somebody may have noted the same date
    checked: bool = False
    stages: tuple[int, ...] = ()  # days before the date on which it is told anew
    bare: str = ""  # the title when the record has no words of its own

    @property
    def unchecked(self) -> bool:
        """Return whether it names a law it was not compared with („ungeprüft“)."""
        return not self.checked and self.source != _OWN

    @property
    def window(self) -> TimeWindow:
        """Return when steps of this rule are shown."""
        rank = _LATER if self.group in _WORTH_A_LOOK else 0
        laws = (self.deadline, *self.noted_by) if self.deadline else self.noted_by
        return TimeWindow(self.lead, self.linger, rank, laws, tuple(sorted(self.stages, reverse=True)))


class _Steps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rule: dict[str, StepRule]


class _Spans(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    span: list[Span]


def steps(table: Mapping[str, Any]) -> dict[str, StepRule]:
    """Return the rules that ``table`` describes by their code. Raises ContentError E700 when it is broken."""
    return shaped(table, _Steps, STEPS).rule


def agenda_rules(
    rules: Mapping[str, StepRule],
    table: Mapping[str, Any],
    deadlines: DeadlineRules,
    regimes: RegimeRules,
    screening: ScreeningLaw,
    proofs: ProofRules,
) -> AgendaRules:
    """Return windows, the law and ``screening``: spans of ``table`` and ``deadlines``, what ``regimes`` says.

    Raises ContentError E700 when it is broken or a span is missing.
    """
    spans = _spans(table, deadlines)
    windows = {code: rule.window for code, rule in rules.items()}
    law = regimes.law(Spans(spans), partial(_last_day, deadlines))
    lists = (regimes.without_sgb2, regimes.free_movement, regimes.continuations, regimes.titles)
    version = _version(windows, spans, deadlines.every, lists, screening, _plain(proofs))
    return AgendaRules(windows, law, screening, proofs, version)


def _plain(proofs: ProofRules) -> Any:
    return (*sorted(proofs.kinds.items()), repr(proofs.quiet), sorted(proofs.quiet_kinds))


def _last_day(deadlines: DeadlineRules, code: str, day: date) -> date | None:
    """Return the day by the rule ``code`` for what happened on ``day``, None where there is no such rule."""
    if all(one.code != code for one in deadlines.every):
        return None
    try:
        return deadlines.derive(code, Facts(day=day)).due
    except CaseworkError:
        return date.max  # beyond the calendar


def _spans(table: Mapping[str, Any], deadlines: DeadlineRules) -> list[Span]:
    """Return every span: those of the law are the lengths of its deadlines."""
    own = shaped(table, _Spans, SPANS).span
    names = {one.code for one in own}
    law = [
        Span(
            code=one.code,
            length=one.length,
            source=one.source,
            checked=one.checked,
            valid_from=one.valid_from,
            valid_until=one.valid_until,
        )
        for one in deadlines.every
        if one.code in set(SpanName) - names
    ]
    missing = set(SpanName) - names - {one.code for one in law}
    if missing or names - set(SpanName):
        raise ContentError("E700", name=SPANS, place=min(missing or names - set(SpanName)))
    return [*own, *law]


def _version(*content: Any) -> str:
    """Return a short name for what dates are derived by: another content has another name."""
    plain = json.dumps(msgspec.to_builtins([_CODE, *content]), sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]
