"""Case conferences: kept with the form, open as far as consents reach, decisions that become work."""

from datetime import date

import pytest

from kimdesk.casework import cases, conferences, records
from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.records import Case, Consent
from kimdesk.domain.terms import Phase, SharingLevel

DAY = date(2026, 3, 2)
ENTRY = {
    "held_on": "2026-03-02",
    "identity": "open",
    "participants": ["Jobcenter Auental, Frau Winter", "MBE Auental", "Kita Sonnenhügel"],
    "decisions": ["Die Kita hält einen Platz frei."],
    "next_on": "2026-04-01",
}


def test_a_conference_is_kept_with_the_form_and_can_be_changed(desk: Desk, case: Case) -> None:
    conferences.save(desk, case.id, ENTRY)
    conferences.save(desk, case.id, {**ENTRY, "held_on": "2026-04-01"})
    conferences.save(desk, case.id, {**ENTRY, "subject": "Betreuung"}, place=0)
    found = conferences.conferences(cases.peek(desk, case.id))
    assert [(each.place, each.subject) for each in found] == [(1, ""), (0, "Betreuung")]
    (entry,) = [each for each in cases.peek(desk, case.id).phases if each.phase is Phase.COORDINATION]
    assert len(entry.answers["conferences"]) == 2


def test_an_open_conference_needs_a_consent_for_each_agency_at_the_table(desk: Desk, case: Case) -> None:
    for recipient, name, level, ends in (
        ("jobcenter", "", SharingLevel.IDENTIFIED, None),
        ("mbe", "MBE Auental", SharingLevel.PSEUDONYMISED, None),
        ("", "Kita Sonnenhügel", SharingLevel.IDENTIFIED, date(2026, 1, 1)),
    ):
        consent = Consent(case_id=case.id, recipient=recipient, recipient_name=name, level=level,
                          given_on=date(2025, 12, 1), valid_until=ends)  # fmt: skip
        records.save(desk, consent)
    file = cases.peek(desk, case.id)
    assert conferences.without_consent(SHIPPED, file, ENTRY["participants"], DAY) == (
        "MBE Auental",
        "Kita Sonnenhügel",
    )
    assert conferences.without_consent(SHIPPED, file, [], DAY) == ()


@pytest.mark.parametrize(
    ("recipient", "name", "agency", "named"),
    [
        ("ki", "", "Jobcenter Kreis Auental", False),
        ("ki", "Kreis Auental", "Ausländerbehörde Kreis Auental", False),
        ("ki", "Kreis Auental", "Kreis Auental Ausländerbehörde", False),
        ("ki", "Kreis Auental", "Kreis Auental", True),
        ("ki", "", "Kommunales Integrationszentrum Auental", True),
        ("jobcenter", "Jobcenter Auental", "Jobcenter Bergheim", False),
        ("jobcenter", "Jobcenter Auental", "Jobcenter", True),
        ("jobcenter", "", "Jobcenter Bergheim", True),
        ("", "Stadt Auental", "Jobcenter Stadt Auental", False),
    ],
)
def test_a_consent_for_one_agency_is_none_for_another(
    desk: Desk, case: Case, recipient: str, name: str, agency: str, named: bool
) -> None:
    """A protocol names the client as soon as a consent names its recipient; likeness is not enough."""
    records.save(
        desk, Consent(case_id=case.id, recipient=recipient, recipient_name=name, given_on=date(2025, 12, 1))
    )
    missing = conferences.without_consent(SHIPPED, cases.peek(desk, case.id), [agency], DAY)
    assert missing == (() if named else (agency,))


def test_a_decision_becomes_a_measure_or_a_follow_up(desk: Desk, case: Case) -> None:
    conferences.save(desk, case.id, ENTRY)
    (one,) = conferences.conferences(cases.peek(desk, case.id))
    conferences.measure_from(desk, case.id, one.decisions[0], DAY)
    made = conferences.follow_up_from(desk, case.id, one.decisions[0], one, DAY, "weil es beschlossen ist")
    file = cases.peek(desk, case.id)
    assert [each.title for each in file.measures] == ["Die Kita hält einen Platz frei."]
    assert (made.due_on, made.reason) == (date(2026, 4, 1), "weil es beschlossen ist")


def test_the_code_of_a_case_is_always_the_same_and_says_nothing(desk: Desk, case: Case) -> None:
    code = conferences.case_code(desk, case.id)
    assert code == conferences.case_code(desk, case.id) != conferences.case_code(desk, "x")
    assert len(code) == 11
    assert case.file_number not in code
