"""What is worth doing, when and why, and the spans behind it, as data."""

import hashlib
import json
from functools import cache
from typing import Any, Literal

import msgspec

import resources
from kimdesk.catalogue.deadline_rules import all_rules
from kimdesk.domain.agenda.rules import Rules, Window
from kimdesk.domain.errors import ContentError
from kimdesk.domain.law.spans import Span, SpanName, Spans

_STEPS, _SPANS = "rules/next_steps.toml", "rules/spans.toml"
_LATER = 1  # the rank of what is worth a look but has no date of its own
_CODE = 1
"""To be raised when the functions of ``domain.agenda`` give other dates for the same records."""

Group = Literal["date", "unanswered", "quiet", "appointment", "phase"]


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule as it stands in ``resources/rules/next_steps.toml``."""

    title: str
    reason: str
    group: Group
    lead: int
    icon: str
    action: str
    source: str
    linger: int | None = None
    bare: str = ""  # the title when the record has no words of its own
    after_closing: bool = False

    @property
    def window(self) -> Window:
        """Return when steps of this rule are shown."""
        rank = _LATER if self.group == "quiet" else 0
        return Window(self.lead, self.linger, rank, self.after_closing)


@cache
def rules() -> dict[str, Rule]:
    """Return all rules by their code."""
    return msgspec.convert(resources.read_toml(_STEPS)["rule"], dict[str, Rule])


@cache
def agenda_rules() -> Rules:
    """Return windows and spans. Raises ContentError E700 when a file is broken or a span is missing."""
    spans = _spans()
    windows = {code: rule.window for code, rule in rules().items()}
    return Rules(windows, Spans(spans), _version(windows, spans))


def _spans() -> list[Span]:
    """Return every span: those of the law are the lengths of its deadlines."""
    try:
        own = msgspec.convert(resources.read_toml(_SPANS)["span"], list[Span])
    except msgspec.ValidationError as error:
        raise ContentError("E700", name=_SPANS, place=str(error)) from error
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
        for one in all_rules()
        if one.code in set(SpanName) - names
    ]
    missing = set(SpanName) - names - {one.code for one in law}
    if missing or names - set(SpanName):
        raise ContentError("E700", name=_SPANS, place=min(missing or names - set(SpanName)))
    return [*own, *law]


def _version(*content: Any) -> str:
    """Return a short name for what dates are derived by: another content has another name."""
    plain = json.dumps(msgspec.to_builtins([_CODE, *content]), sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]
