"""Each kind of date: from which records, by which rule, on which day, and what is told of it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.agenda.dues import of_file
from kimdesk.domain.custody import Passage, PassageWay, Side, Stage
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import (
    Achievement,
    Attachment,
    ChecklistEntry,
    Consent,
    Contact,
    DatedNote,
    FollowUp,
    Goal,
    Measure,
    Person,
    PhaseEntry,
    Record,
    Referral,
    ReferralStep,
    RegimeChange,
    RegimeSpell,
    Relation,
    ResidenceSpell,
    Standing,
)
from kimdesk.domain.terms import ContactStatus, FollowUpKind, ItemState, Lane, Phase, ReferralState, StepKind
from tests.domain.case_files import file_of

RULES = SHIPPED.rules.agenda
PHASE_RULES = {"phase_gap", "phase_ready"}  # steps without a date
SCREENED = {"perspective_closes", "perspective_possible"}  # test_perspective_dates.py
DAY = date(2026, 3, 2)
LONG_AGO = date(2025, 1, 1)
MISSING = ChecklistEntry(item="birth_certificate")
PRESENT = ChecklistEntry(item="id", state=ItemState.PRESENT)
INTAKE = {
    "immediate_needs": ["money", "deadline"],
    "deadline_on": "2026-03-09",
    "immediate_steps": " Widerspruch\nBeratung\nAnruf ",
}
VISIT = FollowUp(
    id="f", case_id="1", due_on=DAY, title="Jobcenter", reason="Vorsprache", time="09:30", place="Zimmer 4",
    kind=FollowUpKind.APPOINTMENT,
)  # fmt: skip
COURSE = Measure(id="m", title="Kurs", agency="VHS")
REFERRAL = Referral(id="v", service="mbe", service_version=3, agency="AWO", prepared_on=DAY)
SENT = replace(REFERRAL, state=ReferralState.SENT, answer_due_on=DAY)
QUERY = ReferralStep(
    id="q", kind=StepKind.QUERY, on=LONG_AGO, text="Wie hoch ist die Miete?\nBitte bis Freitag."
)
BASIC = RegimeSpell(
    id="r", person_id="a", regime="asylblg_basic", starts_on=LONG_AGO, ends_on=date(2026, 3, 15)
)
PERMIT = ResidenceSpell(
    id="t", person_id="a", status="permit", paragraph="§ 24", valid_from=LONG_AGO, valid_until=DAY
)
CHANGE = RegimeChange(id="c", person_id="a", from_regime="sgb2", to_regime="sgb12", changes_on=DAY)

BORN = Person(id="b", birth_date=PartialDate(2026, 3, 2))
FAMILY = (Person(id="a"), Relation(person_id="a", other_id="b", kind="parent"))

OF_VISIT = {
    "title": "Jobcenter", "reason": "Vorsprache", "time": "09:30", "place": "Zimmer 4", "interpreter": "",
    "language": "",
}  # fmt: skip
OF_COURSE = {"title": "Kurs", "agency": "VHS"}
OF_REFERRAL = {"service": "mbe", "agency": "AWO"}
OF_SPELL = {"person_id": "a", "regime": "asylblg_basic", "lane": "benefit"}
OF_PERMIT = {"person_id": "a", "status": "permit", "paragraph": "§ 24"}
AFTER = {"starts_on": "2026-03-16", "ended_on": "2026-03-15"}
FROM_DAY = {"counted_on": "2026-03-02"}
FROM_NEXT, FROM_LAST = {"counted_on": "2026-03-16"}, {"counted_on": "2026-03-15"}
OF_JOB = {"person_id": "a", "regime": "part_time", "lane": "work"}
JOB = replace(BASIC, id="w", lane=Lane.WORK, regime="part_time")
KNOWN = Standing(id="x", person_id="a", asylum_decision="refugee", asylum_final_on=DAY)


Facts = dict[str, str]
ROWS: list[tuple[str, list[Record], date, str, Facts]] = [
    (
        "consent_ends",
        [Consent(id="e", recipient="mbe", recipient_name="AWO", given_on=LONG_AGO, valid_until=DAY)],
        DAY, "consent e", {"recipient": "mbe", "recipient_name": "AWO"},
    ),
    (
        "documents_missing",
        [replace(REFERRAL, checklist=(PRESENT, MISSING, MISSING))],
        date(2026, 3, 16), "referral v",
        OF_REFERRAL | {"missing": "2", "item": "birth_certificate", "version": "3"},
    ),
    ("referral_ready", [REFERRAL], date(2026, 3, 5), "referral v", OF_REFERRAL),
    (
        "referral_unanswered",
        [replace(SENT, sent_on=LONG_AGO)],
        DAY, "referral v", OF_REFERRAL | {"sent_on": "2025-01-01"},
    ),
    (
        "referral_query",
        [replace(SENT, answer_due_on=None, remind_on=DAY, course=(QUERY,))],
        DAY, "referral v", OF_REFERRAL | {"sent_on": "", "query": "Wie hoch ist die Miete?"},
    ),
    (
        "measure_due",
        [replace(COURSE, due_on=DAY)],
        DAY, "measure m", OF_COURSE,
    ),
    (
        "measure_follow_up",
        [replace(COURSE, follow_up_on=DAY)],
        DAY, "measure m", OF_COURSE,
    ),
    ("goal_due", [Goal(id="g", text="Wohnung", due_on=DAY)], DAY, "goal g", {"title": "Wohnung"}),
    ("appointment", [VISIT], DAY, "follow_up f", OF_VISIT),
    ("deadline", [replace(VISIT, kind=FollowUpKind.DEADLINE)], DAY, "follow_up f", OF_VISIT),
    ("follow_up", [replace(VISIT, kind=FollowUpKind.FOLLOW_UP)], DAY, "follow_up f", OF_VISIT),
    ("after_care", [replace(VISIT, kind=FollowUpKind.FOLLOW_UP, about="1")], DAY, "follow_up f", OF_VISIT),
    (
        "interpreter_needed",
        [replace(VISIT, interpreter="needed")],
        DAY, "follow_up f", {"title": "Jobcenter"},
    ),
    (
        "interpreter_came",
        [replace(VISIT, interpreter="booked")],
        DAY, "follow_up f", {"title": "Jobcenter"},
    ),
    (
        "no_contact",
        [Contact(id="k", held_on=DAY)],
        date(2026, 4, 13), "contact k", {"held_on": "2026-03-02", "span": "6 weeks"},
    ),
    (
        "contact_follow_up",
        [Contact(id="k", held_on=LONG_AGO, follow_up_on=DAY, next_steps="Antrag bringen")],
        DAY, "contact k", {"title": "Antrag bringen", "held_on": "2025-01-01"},
    ),
    (
        "missed_follow_up",
        [Contact(id="k", held_on=LONG_AGO, follow_up_on=DAY, status=ContactStatus.NO_SHOW)],
        DAY, "contact k", {"title": "", "held_on": "2025-01-01"},
    ),
    (
        "document_ends",
        [Attachment(id="p", title="Pass Amna", document="passport", valid_until=DAY)],
        DAY, "attachment p", {"title": "Pass Amna", "document": "passport"},
    ),
    (
        "intake_deadline",
        [PhaseEntry(id="i", phase=Phase.INTAKE, answers={"request": INTAKE})],
        date(2026, 3, 9), "phase intake", {"title": "Widerspruch"},
    ),
    (
        "asylblg_ends",
        [BASIC],
        date(2026, 3, 31), "regime_spell r", OF_SPELL | AFTER | FROM_NEXT,
    ),
    (
        "regime_ends",
        [replace(BASIC, regime="bafoeg")],
        date(2026, 3, 31), "regime_spell r",
        OF_SPELL | {"regime": "bafoeg", **AFTER, **FROM_NEXT},
    ),
    (
        "sgb2_renewal",
        [replace(BASIC, regime="sgb2")],
        date(2026, 3, 15), "regime_spell r", OF_SPELL | {"regime": "sgb2", **AFTER, **FROM_LAST},
    ),
    (
        "sgb12_renewal",
        [replace(BASIC, regime="sgb12")],
        date(2026, 3, 15), "regime_spell r", OF_SPELL | {"regime": "sgb12", **AFTER, **FROM_LAST},
    ),
    (
        "housing_benefit_renewal",
        [replace(BASIC, regime="wohngeld")],
        date(2026, 3, 15), "regime_spell r",
        OF_SPELL | {"regime": "wohngeld", **AFTER, **FROM_LAST, "opens_on": "2026-01-16"},
    ),
    (
        "asylblg_18_months",
        [
            Person(id="a"), replace(BASIC, ends_on=None),
            replace(PERMIT, status="toleration_60a", valid_from=date(2024, 10, 1)),
            replace(PERMIT, id="p", paragraph="§ 25 Abs. 5", valid_until=None),
        ],
        date(2026, 5, 31), "residence_spell p",
        OF_PERMIT | {"paragraph": "§ 25 Abs. 5", "starts_on": "2026-05-01", "ended_on": "2026-04-30",
                     "counted_on": "2026-05-01"},
    ),
    (
        "asylblg_by_title",
        [Person(id="a"), replace(BASIC, ends_on=None), replace(PERMIT, valid_from=DAY, valid_until=None)],
        date(2026, 4, 30), "residence_spell t",
        OF_PERMIT | {"starts_on": "2026-04-01", "ended_on": "2026-03-31", "counted_on": "2026-04-01",
                     "titled_on": "2026-03-02"},
    ),
    (
        "work_possible",
        [Person(id="a"), replace(PERMIT, status="asylum_permission", paragraph="", valid_from=DAY)],
        date(2026, 6, 2), "residence_spell t",
        OF_PERMIT | {"status": "asylum_permission", "paragraph": "", "counted_on": "2026-03-02"},
    ),
    (
        "work_in_asylblg",
        [BASIC, replace(JOB, starts_on=DAY, ends_on=None)],
        date(2026, 3, 5), "regime_spell w", OF_JOB | FROM_DAY,
    ),
    ("unemployed", [JOB], date(2026, 3, 16), "regime_spell w", OF_JOB | FROM_NEXT),
    ("work_ends", [JOB], date(2025, 12, 15), "regime_spell w", OF_JOB | FROM_LAST),
    ("family_reunion", [KNOWN], date(2026, 6, 2), "standing x", {"person_id": "a", **FROM_DAY}),
    (
        "family_unknown",
        [Person(id="a"), replace(PERMIT, paragraph="§ 25 Abs. 1", valid_from=DAY, valid_until=None)],
        DAY, "residence_spell t", OF_PERMIT | {"paragraph": "§ 25 Abs. 1"},
    ),
    (
        "course_right_ends",
        [Person(id="a"), replace(PERMIT, paragraph="§ 25 Abs. 2", valid_from=DAY, valid_until=None)],
        date(2027, 3, 2), "residence_spell t", OF_PERMIT | {"paragraph": "§ 25 Abs. 2", **FROM_DAY},
    ),
    (
        "training_title",
        [
            Achievement(id="y", person_id="a", kind="training", starts_on=date(2026, 8, 1)),
            replace(PERMIT, status="toleration_60a"),
        ],
        date(2026, 8, 1), "achievement y",
        {"person_id": "a", "opens_on": "2026-01-01", "counted_on": "2026-08-01"},
    ),
    (
        "title_lapses",
        [
            replace(KNOWN, asylum_final_on=None, absences=(DatedNote(DAY),)),
            replace(PERMIT, valid_until=None),
        ],
        date(2026, 9, 2), "standing x", {"person_id": "a", "deadline": "title_lapse_abroad", **FROM_DAY},
    ),
    (
        "insurance_ends",
        [replace(BASIC, lane=Lane.HEALTH_INSURANCE, regime="public")],
        date(2026, 3, 16), "regime_spell r",
        OF_SPELL | {"lane": "health_insurance", "regime": "public", **AFTER},
    ),
    (
        "analog_reached",
        [replace(BASIC, starts_on=date(2023, 3, 2), ends_on=None)],
        DAY, "regime_spell r", OF_SPELL,
    ),
    (
        "course_ends",
        [replace(BASIC, lane=Lane.COURSE, regime="integration")],
        date(2026, 3, 15), "regime_spell r", OF_SPELL | {"lane": "course", "regime": "integration"},
    ),
    (
        "school_ends",
        [replace(BASIC, lane=Lane.SCHOOL, regime="primary")],
        date(2026, 3, 15), "regime_spell r", OF_SPELL | {"lane": "school", "regime": "primary"},
    ),
    ("residence_title_ends", [PERMIT], DAY, "residence_spell t", OF_PERMIT | FROM_DAY),
    (
        "residence_paper_ends",
        [replace(PERMIT, status="toleration_60a")],
        DAY, "residence_spell t", OF_PERMIT | {"status": "toleration_60a", **FROM_DAY},
    ),
    (
        "certificate_missing",
        [replace(PERMIT, applied_on=DAY)],
        DAY, "residence_spell t", OF_PERMIT | {"applied_on": "2026-03-02"},
    ),
    (
        "title_awaited",
        [replace(PERMIT, applied_on=LONG_AGO, certificate_on=DAY)],
        date(2026, 8, 29), "residence_spell t", OF_PERMIT | {"certificate_on": "2026-03-02"},
    ),
    (
        "residence_rule_ends",
        [replace(PERMIT, valid_until=None, residence_rule="NRW")],
        date(2028, 1, 1), "residence_spell t", OF_PERMIT | {"counted_on": "2025-01-01"},
    ),
    (
        "change_open",
        [replace(CHANGE, checklist=(MISSING, PRESENT, MISSING))],
        DAY, "regime_change c", {"regime": "sgb2", "to_regime": "sgb12", "missing": "2", "person_id": "a"},
    ),
    (
        "born_here",
        [Person(id="b", birth_date=PartialDate(2026, 3, 2), birth_country="000")],
        date(2026, 9, 2), "person b", {"person_id": "b", **FROM_DAY},
    ),
    (
        "child_benefit",
        [*FAMILY, replace(BORN, birth_date=PartialDate(2020)), replace(PERMIT, valid_from=DAY)],
        date(2026, 9, 30), "person b", {"person_id": "b", "starts_on": "2026-03-02", **FROM_DAY},
    ),
    (
        "born_in_asylum",
        [*FAMILY, replace(BORN, birth_country="000"), replace(PERMIT, status="asylum_permission")],
        DAY, "person b", {"person_id": "b"},
    ),
    (
        "youth_ends",
        [Person(id="a", birth_date=PartialDate(2008, 3, 2)), replace(BASIC, regime="sgb8", ends_on=None)],
        DAY, "person a", {"person_id": "a", "to_regime": "sgb2"},
    ),
    (
        "section24_ends",
        [Person(id="a", nationalities=("166",)), PERMIT],
        date(2027, 3, 4), "residence_spell t", OF_PERMIT | {"counted_on": "2027-03-04"},
    ),
    (
        "section104c_ends",
        [replace(PERMIT, paragraph="§ 104c AufenthG")],
        DAY, "residence_spell t", OF_PERMIT | {"paragraph": "§ 104c AufenthG", **FROM_DAY},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "records", "day", "record", "facts"), ROWS, ids=[row[0] for row in ROWS])
def test_a_date_is_told_with_its_record_and_what_its_words_need(
    rule: str, records: list[Record], day: date, record: str, facts: Facts
) -> None:
    due, *again = (each for each in of_file(file_of(*records), RULES) if each.rule == rule)
    assert all(each.stages == due.stages for each in again)
    assert (due.due_on, f"{due.kind} {due.record_id}", due.facts) == (day, record, facts)


OUT = Passage(
    id="p", case_id="c", way=PassageWay.COVER, side=Side.GAVE, stage=Stage.LENT, desk="d",
    desk_name="Niederholt", at=datetime(2026, 3, 1, tzinfo=UTC), until=DAY,
)  # fmt: skip
PASSAGES = {
    "cover_back": OUT,
    "cover_over": replace(OUT, side=Side.TOOK),
    "offer_ends": replace(OUT, way=PassageWay.MOVE, stage=Stage.OFFERED),
}


@pytest.mark.parametrize("rule", PASSAGES)
def test_what_is_on_its_way_between_desks_is_told_with_the_other_desk(rule: str) -> None:
    [due] = of_file(replace(file_of(), passages=(PASSAGES[rule],)), RULES)
    assert (due.rule, due.due_on, f"{due.kind} {due.record_id}") == (rule, DAY, "passage p")
    assert due.facts == {"desk": "Niederholt"}


def test_a_copy_that_went_back_waits_for_nobody() -> None:
    back = replace(OUT, side=Side.TOOK, stage=Stage.RETURNED)
    assert of_file(replace(file_of(), passages=(back,)), RULES) == ()


def test_every_rule_that_the_data_know_has_its_row() -> None:
    assert {row[0] for row in ROWS} | PASSAGES.keys() == set(RULES.windows) - PHASE_RULES - SCREENED


def test_a_referral_whose_sending_has_no_day_says_none() -> None:
    [due] = of_file(file_of(SENT), RULES)
    assert due.facts == OF_REFERRAL | {"sent_on": ""}
