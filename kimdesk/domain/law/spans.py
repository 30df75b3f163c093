"""Spans of time with a name, a source and the days they hold for; data, not numbers in the code.

Those of the law are the lengths of its deadlines (``resources/rules/deadlines.toml``) where there is one;
the others stand in ``resources/rules/spans.toml``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kimdesk.domain.law.periods import DAY, Length, before_event, later


class SpanName(StrEnum):
    """The spans that the program works with."""

    ANALOG_BENEFITS = "analog_benefits"
    RESIDENCE_RULE = "residence_rule"
    CHILD_TITLE = "child_title"
    CHILD_BENEFIT = "child_benefit"
    CHILD_BENEFIT_STAY = "child_benefit_stay"
    SUSPENSION = "suspension"
    WORK_IN_ASYLUM = "work_in_asylum"
    GERMAN_BY_BIRTH = "german_by_birth"
    FULL_AGE = "full_age"
    NEWCOMER = "newcomer"
    YOUTH_AHEAD = "youth_ahead"
    CERTIFICATE = "certificate"
    RETENTION = "retention"
    SILENCE = "silence"
    UNSENT = "unsent"
    COLLECTING = "collecting"
    REMINDER = "reminder"
    DECISION = "decision"
    DUE_SOON = "due_soon"
    CHANGE_AHEAD = "change_ahead"
    CHANGE_PAST = "change_past"
    CONTENT_REVIEW = "content_review"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How long something takes or lasts, for what began from ``valid_from`` to ``valid_until``."""

    code: str
    length: Length
    source: str
    checked: bool = False
    valid_from: date | None = None
    valid_until: date | None = None

    def holds(self, on: date) -> bool:
        """Return whether it is in force for something that began on the day ``on``."""
        return (self.valid_from or on) <= on <= (self.valid_until or on)


class Spans:
    """All spans in all versions."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._versions: dict[str, list[Span]] = {}
        for one in spans:
            self._versions.setdefault(one.code, []).append(one)

    def span(self, name: SpanName, on: date) -> Span:
        """Return the version in force on the day ``on``, else the newest."""
        versions = self._versions[name]
        return next((one for one in versions if one.holds(on)), versions[-1])

    def length(self, name: SpanName, on: date) -> Length:
        """Return how long it is for something that began on the day ``on``."""
        return self.span(name, on).length

    def after(self, name: SpanName, day: date) -> date:
        """Return the day it ends on when it began on ``day``; the last of the calendar at most."""
        return later(day, self.length(name, day))

    def before(self, name: SpanName, day: date) -> date:
        """Return the day on which it began when it ends on ``day``."""
        return before_event(day, self.length(name, day)) + DAY
