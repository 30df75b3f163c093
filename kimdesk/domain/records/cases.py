"""The case itself and its way through the phases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kimdesk.domain.records.base import EMPTY, CaseRecord, Record
from kimdesk.domain.terms import CaseStatus, Phase, PhaseState


@dataclass(frozen=True, slots=True)
class SettledDate:
    """What became of an open date of a closed case: somebody took it over, or it was let go for a reason.

    ``key`` is that of the date (``agenda.due.Due.key``); it counts as long as the date stays ``due_on``.
    """

    key: str
    due_on: date
    outcome: str  # settled_how
    said: str  # who took it over, or why it was let go
    on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Case(Record):
    """One case; the Aktenzeichen is a label, never the identity."""

    file_number: str = ""
    ags: str = ""  # municipality of residence, 8 digits
    opened_on: date
    status: CaseStatus = CaseStatus.ACTIVE
    phase: Phase = Phase.ACCESS
    legal_basis: str = "consent"  # legal_basis
    worker: str = ""
    closed_on: date | None = None
    closing_reason: str = ""  # closing_reason
    retain_until: date | None = None
    settled: tuple[SettledDate, ...] = ()  # open dates of the closed case that need nobody any more


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseEntry(CaseRecord):
    """One run of a phase: its state and the answers to its form, with the form's version."""

    phase: Phase
    round: int = 1
    state: PhaseState = PhaseState.OPEN
    form: str = ""
    version: int = 0
    answers: Mapping[str, Any] = field(default_factory=lambda: EMPTY)
    started_on: date | None = None
    finished_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PhaseEvent(CaseRecord):
    """Why a phase was completed with gaps, skipped or reopened, and by whom."""

    phase: Phase
    event: str  # completed | skipped | reopened
    reason: str = ""
    actor: str = ""
    at: datetime
