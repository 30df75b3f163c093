"""What a person has achieved, and where she stands with her stay: what a way to stay or to a passport asks.

Yes and no are codes of ``yes_no``: "" is unknown, and never „no“. Nothing here says why somebody was
convicted, what she believes or how she came (Art. 9 and 10 DSGVO): ``needs_legal_advice`` is all.
"""

from dataclasses import dataclass
from datetime import date

from kimdesk.domain.records.base import CaseRecord


@dataclass(frozen=True, slots=True)
class DatedNote:
    """Something of one day, or from one day until another."""

    starts_on: date
    ends_on: date | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Achievement(CaseRecord):
    """An achievement of integration (Integrationsleistung), with its days and its proof."""

    person_id: str
    kind: str = ""  # achievement_kind
    level: str = ""  # by kind: german_level, civic_test, school_degree, training_kind, study_degree
    title: str = ""  # what exactly, as it may stand on paper
    organisation: str = ""  # who issued it, or where it was
    starts_on: date | None = None
    ends_on: date | None = None
    achieved_on: date | None = None  # the day of the certificate, the test, the diploma
    registered_on: date | None = None  # the training contract entered in the register, or asked for
    follow_on: str = ""  # yes_no: a place in a longer training is promised (§ 60c Abs. 1 Nr. 1b AufenthG)
    points: int | None = None  # of 33, in the test
    weekly_hours: int | None = None
    insured: str = ""  # yes_no: liable to social insurance
    skilled: str = ""  # yes_no: work that takes a training
    proof: str = ""  # proof_kind
    proof_at: str = ""  # original_place
    attachment_id: str = ""
    seen_on: date | None = None  # when the case manager saw the proof
    kept_back: bool = False  # never on a page for an authority
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing(CaseRecord):
    """Where a person stands with stay and naturalisation; one for each person of a case."""

    person_id: str
    asylum_applied_on: date | None = None
    asylum_decided_on: date | None = None
    asylum_decision: str = ""  # asylum_decision
    asylum_final_on: date | None = None  # since when nothing can be said against it any more
    identity_clarified_on: date | None = None
    identity_paper: str = ""  # identity_paper
    identity_steps: tuple[DatedNote, ...] = ()  # documented steps to get a passport
    pension_months: int | None = None
    pension_as_of: date | None = None
    income_share: int | None = None  # per cent of the need that own income covers
    income_as_of: date | None = None
    flat: str = ""  # yes_no: room enough
    absences: tuple[DatedNote, ...] = ()  # stays abroad
    german_spouse_since: date | None = None  # the wedding, where the relations of the case do not tell
    unable: str = ""  # yes_no: cannot learn or work, a doctor says; needs a consent (Art. 9 DSGVO)
    unable_letter_on: date | None = None  # the day of the doctor's letter
    needs_legal_advice: bool = False
    note: str = ""
