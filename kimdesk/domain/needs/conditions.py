"""The closed language of conditions: somebody of the household, an answer, judged by hand; and, or, nor.

How they stand in a document: ``kimdesk.catalogue.conditions``. Nothing here can ask for what is no fact
of a case, and nothing can be computed: a condition from a foreign document only ever chooses.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Group(StrEnum):
    """Of whom a condition speaks; „others“ are all of the household but the client."""

    CLIENT = "client"
    PARTNER = "partner"
    CHILDREN = "children"
    OTHERS = "others"
    HOUSEHOLD = "household"


class Fact(StrEnum):
    """What can be known of a person, or be missing. Their values are codes of the named code list."""

    AGE = "age"  # full years
    STAY = "stay"  # full months since the arrival
    ROLE = "role"  # role
    NATIONALITY = "nationality"  # „german“, „eu“ (with EEA and Switzerland), „third“, or a Destatis key
    STATUS = "status"  # residence_status
    PARAGRAPH = "paragraph"  # „25a“ or „25.3“ of the AufenthG
    EMPLOYMENT = "employment"  # employment_permission
    BENEFIT = "benefit"  # legal_regime
    INSURANCE = "insurance"  # insurance
    COURSE = "course"  # course
    SCHOOL = "school"  # school
    WORK = "work"  # work
    RELATION = "relation"  # relation_kind, to whom of the case ever
    ACHIEVEMENT = "achievement"  # achievement_kind
    ASYLUM = "asylum"  # asylum_decision
    PROTECTION = "protection"  # „protected“, „address_blocked“
    PERSON = "person"  # that there is a client at all
    HOUSEHOLD = "household"  # with whom the client lives
    ANSWER = "answer"  # an answer in a form
    JUDGEMENT = "judgement"  # no record holds it: the case manager judges


class During(StrEnum):
    """Which spells count: those of the day, those of the last twelve months, or all up to the day."""

    NOW = "now"
    LATELY = "lately"
    EVER = "ever"


@dataclass(frozen=True, slots=True)
class Test:
    """One of the codes of a fact is among these."""

    fact: Fact
    among: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person of ``who`` at least passes every test: ages in full years, stay in full months."""

    who: Group
    from_age: int | None = None
    under_age: int | None = None
    from_stay: int | None = None
    under_stay: int | None = None
    tests: tuple[Test, ...] = ()
    during: During = During.NOW


@dataclass(frozen=True, slots=True)
class Answered:
    """The newest answer to ``field`` („check.classification“) of ``form`` is among these."""

    form: str
    field: str
    among: tuple[str | bool, ...]


@dataclass(frozen=True, slots=True)
class ByHand:
    """No record of the case holds it, often because none should: the case manager judges."""


@dataclass(frozen=True, slots=True)
class All:
    """All parts hold; for whom it is, the first says."""

    parts: tuple["Need", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part holds."""

    parts: tuple["Need", ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """No part holds."""

    parts: tuple["Need", ...]


Need: TypeAlias = Somebody | Answered | ByHand | All | AnyOf | NoneOf
