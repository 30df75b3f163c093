"""What is said and noted in the town, and beside its plans, as tables of ``resources/practice/``."""

from typing import Any

from kimdesk.domain.terms import (
    ContactStatus,
    FollowUpKind,
    ItemState,
    MeasureState,
    Phase,
    ReferralState,
    Role,
    SharingLevel,
)
from kimdesk.practice.templates import TownTable


class Missed(TownTable, frozen=True):
    """Why a contact did not take place."""

    no_show: tuple[str, ...]
    cancelled: tuple[str, ...]


class FollowUpTexts(TownTable, frozen=True):
    """Appointments and dates: kind, title, reason, place."""

    future: tuple[tuple[FollowUpKind, str, str, str], ...]
    soon: tuple[tuple[FollowUpKind, str, str, str], ...]
    past: tuple[tuple[FollowUpKind, str, str, str], ...]
    times: tuple[str, ...]


class FindingTemplate(TownTable, frozen=True):
    """What cases show about the system; fields of a finding."""

    title: str
    kind: str
    life_domain: str
    agencies: str
    transition: str
    effects: str
    proposal: str


class Texts(TownTable, frozen=True):
    """Sentences that fit most cases."""

    contact: dict[str, tuple[tuple[str, int, str, str], ...]]
    missed: Missed
    skipped: dict[Phase, tuple[str, ...]]
    reopened: dict[Phase, tuple[str, ...]]
    completed: tuple[str, ...]
    follow_up: FollowUpTexts
    consent: dict[str, tuple[str, ...]]
    referral: dict[str, tuple[str, ...]]
    closing: dict[str, tuple[int, str]]
    evaluation: dict[str, tuple[str, ...]]
    coordination: dict[str, tuple[str, ...]]
    interpreters: tuple[str, ...]
    reservations: tuple[str, ...]
    network: tuple[tuple[str, str, str, str], ...]
    resources: tuple[tuple[str, str, str, str], ...]
    summary: tuple[str, ...]
    family_note: tuple[str, ...]
    finding: tuple[FindingTemplate, ...]


class ObjectionTemplate(TownTable, frozen=True):
    """A letter that can be objected to; days count back from the day of the town, 0 for not done."""

    posted: int
    agency: str
    subject: str
    done: int = 0


class DisputeTemplate(TownTable, frozen=True):
    """What somebody says against an entry about them."""

    field: str
    statement: str


class KeptTemplate(TownTable, frozen=True):
    """A deadline of the first talk that was kept."""

    title: str
    reason: str


class Further(TownTable, frozen=True):
    """What stands beside the plan of some cases."""

    objection: dict[str, ObjectionTemplate]
    first_talk: KeptTemplate
    dispute: tuple[DisputeTemplate, ...]


class School(TownTable, frozen=True):
    """What children go to from ``since`` years of age until ``ends``; ``waiting``: for a place there."""

    since: int
    ends: int
    kinds: tuple[str, ...]
    waiting: str = ""


class Count(TownTable, frozen=True):
    """Number words from 0 on, and what is counted: one, and more with a gap for the number."""

    words: tuple[str, ...]
    people: tuple[str, str]
    years: tuple[str, str]

    def say(self, number: int, forms: tuple[str, str]) -> str:
        """Return ``number`` of what ``forms`` name, in words as far as they go."""
        known = number < len(self.words)
        return forms[number != 1].format(self.words[number] if known else number)


class BesideThePlan(TownTable, frozen=True):
    """People who do not live in the household, or not any more, and how names are misspelt."""

    guardian: dict[str, Any]  # fields of the person
    guardian_relation: str
    separated: str
    stepchild: str
    twice: str
    twice_note: str
    spellings: tuple[tuple[str, str], ...]


class Scanned(TownTable, frozen=True):
    """What stands on scans, and for how many days from today papers are valid, by kind."""

    mark: str
    title: str
    consent: str
    valid_days: dict[str, int]


class TownWords(TownTable, frozen=True):
    """What is said the same way throughout the town; by code where it is a ``dict``."""

    said: dict[str, dict[str, str]]
    count: Count
    parent: dict[str, str]
    relation: dict[Role, dict[str, str]]
    beside: BesideThePlan
    school: tuple[School, ...]
    gas_reasons: tuple[str, str, str, str, str]
    interpreter_wishes: tuple[str, ...]
    contact_wishes: tuple[str, ...]
    participants: tuple[str, ...]
    articles: tuple[str, ...]
    assigner: dict[str, str]
    handed_over: dict[str, tuple[str, str]]
    payer: dict[str, str]
    booking: dict[str, str]
    chain: dict[str, tuple[str, ...]]
    note: dict[str, str]
    scan: Scanned


class Odds(TownTable, frozen=True):
    """How often what happens, and when; spans are days, least and most."""

    open_days: dict[Phase, tuple[int, int]]
    closed_days: tuple[int, int]
    usual_start: dict[Phase, int]
    german: dict[str, int]
    level: dict[SharingLevel, int]
    to_kreis: dict[SharingLevel, tuple[str, ...]]
    contact_status: dict[ContactStatus, int]
    interpreting: tuple[str, ...]
    booked_before: tuple[str, ...]
    booked_next: tuple[str, ...]
    finding_state: tuple[str, ...]
    notice_kind: tuple[str, ...]
    reject_reason: tuple[str, ...]
    criteria: tuple[str, ...]
    referral: dict[MeasureState, tuple[ReferralState, ...]]
    items: dict[ReferralState, dict[ItemState, int]]
    valid_months: dict[str, int]
