"""Structural findings begin from whatever shows them, name nobody, and stand in one list."""

from datetime import date

from kimdesk.casework import cases, findings, records
from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.records import Case, Contact, Finding, Goal, Measure, Referral, RegimeChange
from kimdesk.domain.terms import MeasureState, ReferralState
from kimdesk.texts.findings import prefilled

DAY = date(2026, 3, 2)


def test_a_finding_begins_with_what_shows_it(desk: Desk, case: Case) -> None:
    goal = records.save(desk, Goal(case_id=case.id, text="B1", life_domain="language"))
    measure = records.save(
        desk, Measure(case_id=case.id, goal_id=goal.id, title="Sprachkurs", agency="VHS Eschenried",
                      state=MeasureState.REJECTED)
    )  # fmt: skip
    file = cases.peek(desk, case.id)
    found = prefilled(SHIPPED, file, measure, DAY)
    assert (found.kind, found.life_domain, found.agencies) == ("access_barrier", "language", "VHS Eschenried")
    assert (found.title, found.ags, found.phase) == ("Sprachkurs: abgelehnt", case.ags, "access")
    assert (found.about, found.noted_on, found.id) == (measure.id, DAY, "")


def test_a_talk_without_an_interpreter_is_a_finding_about_language(desk: Desk, case: Case) -> None:
    file = cases.peek(desk, case.id)
    found = prefilled(SHIPPED, file, Contact(held_on=DAY, language="tir", interpreter="unavailable"), DAY)
    assert (found.kind, found.life_domain) == ("service_gap", "language")
    assert found.title == "Dolmetschen nicht verfügbar (Tigrinya)"
    assert prefilled(SHIPPED, file, Contact(held_on=DAY, interpreter="professional"), DAY).title == ""


def test_a_referral_and_a_change_of_regime_tell_where_it_breaks(desk: Desk, case: Case) -> None:
    file = cases.peek(desk, case.id)
    referral = Referral(service="mbe", agency="MBE Auental", state=ReferralState.REJECTED,
                        reject_reason="no_capacity")  # fmt: skip
    assert prefilled(SHIPPED, file, referral, DAY).kind == "capacity"
    change = RegimeChange(person_id="x", from_regime="asylblg_basic", to_regime="sgb2", changes_on=DAY)
    assert prefilled(SHIPPED, file, change, DAY).transition == "AsylbLG, Grundleistungen → SGB\u00a0II"


def test_nothing_that_names_somebody_is_filled_in(desk: Desk, case: Case) -> None:
    file = cases.peek(desk, case.id)
    measure = Measure(title="Kita für Amna", agency="Tante Osman", state=MeasureState.REJECTED)
    found = prefilled(SHIPPED, file, measure, DAY)
    assert (found.title, found.agencies) == ("", "")
    typed = Finding(title="Frau Osman wartet", effects="überall")
    assert [each.words for each in findings.giveaways(typed, file)] == ["Osman"]


def test_all_findings_of_the_desk_stand_in_one_list(desk: Desk, case: Case) -> None:
    other = cases.open_new(desk, None)
    old = records.save(desk, Finding(case_id=case.id, title="Alt", noted_on=date(2026, 1, 1)))
    records.save(desk, Finding(case_id=other.id, title="Neu", noted_on=DAY))
    assert findings.seen_again(desk, old).frequency == 2
    listed = [(each.finding.title, each.file_number) for each in findings.listed(desk)]
    assert listed == [("Neu", other.file_number), ("Alt", case.file_number)]
