"""The cast of the town, and the outline every case begins with, as tables of ``resources/practice/``."""

from datetime import date
from typing import Final

import msgspec

from kimdesk.domain.terms import FollowUpKind, ItemState, MeasureState, ReferralState, Role, SharingLevel
from kimdesk.practice.templates import Course, Talk, TownTable

AS_OF: Final = date(2026, 11, 30)
"""The day for which the calendar days of the cast are written; a town of another day has them as far away."""


def as_of(today: date, day: date) -> date:
    """Return a calendar day of the cast as it lies from ``today``."""
    return today + (day - AS_OF)


Day = int | date | None
"""Days from the day of the town, or a calendar day as on ``AS_OF``."""


class Achieved(TownTable, frozen=True):
    """An achievement (``records.Achievement``), without a proof where ``proof`` is empty."""

    kind: str
    level: str = ""
    title: str = ""
    organisation: str = ""
    start: Day = msgspec.field(name="from", default=None)
    until: Day = None
    on: Day = None
    registered: Day = None
    points: int | None = None
    hours: int | None = None
    insured: str = ""
    skilled: str = ""
    proof: str = ""
    seen: Day = None


class Stands(TownTable, frozen=True):
    """Where somebody stands (``records.Standing``)."""

    applied: Day = None
    decided: Day = None
    decision: str = ""
    identity: Day = None
    paper: str = ""
    steps: tuple[tuple[int | date, str], ...] = ()
    pension: int | None = None
    income: int | None = None
    flat: str = ""
    advice: bool = False


class CastPaper(TownTable, frozen=True):
    """A residence spell of somebody whose days are fixed by hand."""

    status: str
    start: Day = msgspec.field(name="from")
    paragraph: str = ""
    until: Day = None


class CastPerson(TownTable, frozen=True):
    """A person of the cast; names in their script stand in the pool of names.

    ``born`` and ``arrived`` as on ``AS_OF``; without them chance decides, as without the rest.
    """

    role: Role
    given: str
    sex: str
    age: int
    born: date | None = None
    arrived: date | None = None
    paper: tuple[CastPaper, ...] = ()
    achieved: tuple[Achieved, ...] = ()
    stands: Stands | None = None


class Achieving(TownTable, frozen=True):
    """What people who are not of the cast achieve.

    ``certificate`` by level of German, ``spell`` by the code of a course, school or job; those ``tested`` end
    with the ``test``. ``extra`` comes by chance. ``asylum``: the papers of who applied, ``before_decision``
    those from before a decision; ``decided`` by the paragraph of what came after.
    """

    certificate: dict[str, Achieved]
    spell: dict[str, Achieved]
    tested: tuple[str, ...]
    test: Achieved
    extra: tuple[Achieved, ...]
    asylum: tuple[str, ...]
    before_decision: tuple[str, ...]
    decided: dict[str, str]
    step: tuple[tuple[int, str], ...]


class CastDate(TownTable, frozen=True):
    """An appointment or a date of the cast; ``days`` from today, or at the end of this month."""

    kind: FollowUpKind
    title: str
    reason: str
    days: int = 0
    month_end: bool = False
    time: str = ""
    place: str = ""


class CastReferral(TownTable, frozen=True):
    """A referral of the cast; ``items`` say state, note and since how many days."""

    service: str
    state: ReferralState
    days: int
    warm: bool = False
    person: str = ""
    wait_days: int = 0  # instead of the days the service usually takes
    note: str = ""
    items: dict[str, tuple[ItemState, str, int]] = msgspec.field(default_factory=dict)


class CastConsent(TownTable, frozen=True):
    """A consent of the cast; days count back from and forward to today."""

    recipient: str
    purpose: str
    given_days: int
    until_days: int


class CastMeasure(TownTable, frozen=True):
    """A measure of the cast; days from today."""

    state: MeasureState
    start: int = msgspec.field(name="from")
    until: int
    gap: bool = False


class CastFinding(TownTable, frozen=True):
    """A finding of the cast, by its title in ``talk.toml``."""

    title: str
    state: str
    days: int


class CaseOutline(TownTable, frozen=True):
    """What is fixed about a case before chance fills in the rest. Empty or None: chance decides."""

    story: str
    file_number: str = ""  # {year} is the year it was opened in
    place: str = ""
    names: str = ""
    family: str = ""
    variant: int | None = None
    journey: str = ""
    step: str = ""
    step_days: int = 0  # since the present step began
    arrived: date | None = None  # as on ``AS_OF``
    title_days: int = 0  # until the present title ends
    gap: str = ""  # open | none
    course: Course | None = None
    opened_days: int = 0
    shelter: bool | None = None
    german: str = ""
    level: SharingLevel | None = None
    person: tuple[CastPerson, ...] = ()
    date: tuple[CastDate, ...] = ()
    referral: tuple[CastReferral, ...] = ()
    consent: tuple[CastConsent, ...] = ()
    contact: tuple[Talk, ...] = ()
    finding: tuple[CastFinding, ...] = ()
    measure: dict[str, CastMeasure] = msgspec.field(default_factory=dict)
