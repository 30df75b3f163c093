"""Spells of benefits and residence, and the changes between them."""

from dataclasses import dataclass
from datetime import date

from kimdesk.domain.records.base import CaseRecord
from kimdesk.domain.records.referrals import ChecklistEntry
from kimdesk.domain.terms import Lane


@dataclass(frozen=True, kw_only=True, slots=True)
class RegimeSpell(CaseRecord):
    """A stretch of time in one legal regime, insurance, course, school or job."""

    person_id: str
    lane: Lane = Lane.BENEFIT
    regime: str = ""  # legal_regime, insurance, course, school, work
    starts_on: date | None = None
    ends_on: date | None = None
    expected: bool = False
    note: str = ""
    agency: str = ""
    agency_file_number: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RegimeChange(CaseRecord):
    """A change from one regime to the next for a person: what is handed over, and how far it is."""

    person_id: str
    from_regime: str = ""  # legal_regime
    to_regime: str = ""  # legal_regime
    changes_on: date
    checklist: tuple[ChecklistEntry, ...] = ()
    done_on: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ResidenceSpell(CaseRecord):
    """A residence status with its validity and side conditions."""

    person_id: str
    status: str = ""  # residence_status
    paragraph: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    employment: str = ""  # employment_permission
    residence_rule: str = ""
    expected: bool = False
    note: str = ""
    applied_on: date | None = None  # when the next title was applied for (§ 81 AufenthG)
    certificate_on: date | None = None  # when the Fiktionsbescheinigung was issued (§ 81 Abs. 5 AufenthG)
