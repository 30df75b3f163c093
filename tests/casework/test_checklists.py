"""A checklist follows the case until a person sets a line, and stands still once it has gone."""

from dataclasses import replace
from datetime import date

from kimdesk.casework import cases, changes, people, records, referrals, regime_changes
from kimdesk.casework.checklists import ChecklistLine, case_lines
from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.dates import PartialDate, today
from kimdesk.domain.needs.conditions import Fact
from kimdesk.domain.needs.facts import gathered
from kimdesk.domain.records import Case, Person, Referral, RegimeChange, RegimeSpell
from kimdesk.domain.terms import ItemState, Lane, ReferralState, Role
from kimdesk.texts import needs

TODAY = today()


def add(desk: Desk, case: Case, name: str, years: int | None, role: Role = Role.CHILD) -> Person:
    born = PartialDate(TODAY.year - years, 1, 1) if years is not None else None
    new = Person(family_name="Osman", given_names=name, birth_date=born)
    member = people.add_person(desk, case.id, new, role)
    return next(one for one in cases.peek(desk, case.id).persons if one.id == member.person_id)


def refer(desk: Desk, case: Case) -> Referral:
    return referrals.prepare(
        desk, case.id, "jobcenter", agency="Jobcenter", purpose="benefits", override_reason="eilig"
    )


def line(desk: Desk, case: Case, item: str) -> ChecklistLine:
    file = cases.peek(desk, case.id)
    (referral,) = file.referrals
    found = case_lines(SHIPPED, referral, file, TODAY)
    return next(one for one in found if one.entry.item == item)


def state(desk: Desk, case: Case, item: str) -> ItemState:
    """Return how a line stands in the file that every page and paper is given."""
    (referral,) = cases.peek(desk, case.id).referrals
    return next(one.state for one in referral.checklist if one.item == item)


def test_a_line_follows_the_case_from_day_to_day(desk: Desk, case: Case) -> None:
    refer(desk, case)
    assert line(desk, case, "annex_ki").unclear
    lina = add(desk, case, "Lina", 5)
    asked = line(desk, case, "annex_ki")
    assert (asked.entry.state, asked.persons, asked.unclear) == (ItemState.MISSING, (lina.id,), False)
    assert state(desk, case, "annex_wep") is ItemState.NOT_NEEDED
    records.save(desk, replace(lina, birth_date=PartialDate(TODAY.year - 16, 1, 1)))
    assert state(desk, case, "annex_ki") is ItemState.NOT_NEEDED
    assert line(desk, case, "annex_wep").persons == (lina.id,)


def test_what_is_missing_is_named_and_asked_for(desk: Desk, case: Case) -> None:
    add(desk, case, "Lina", None)
    refer(desk, case)
    asked, file = line(desk, case, "annex_ki"), cases.peek(desk, case.id)
    assert asked.unclear
    assert [one.fact for one in needs.wanted(asked)] == [Fact.AGE]
    assert "Geburtsdatum von Lina" in needs.reason(SHIPPED, asked, file)


def test_what_a_person_sets_stays_whatever_the_case_says(desk: Desk, case: Case) -> None:
    add(desk, case, "Lina", 5)
    prepared = refer(desk, case)
    kept = referrals.set_item(desk, prepared, "annex_ki", ItemState.NOT_NEEDED)
    needed = referrals.set_item(desk, kept, "annex_wep", ItemState.MISSING)
    assert state(desk, case, "annex_ki") is ItemState.NOT_NEEDED
    assert state(desk, case, "annex_wep") is ItemState.MISSING
    told = needs.reason(SHIPPED, line(desk, case, "annex_ki"), cases.peek(desk, case.id))
    assert "von Hand" in told
    assert "nach dem Fall nötig" in told
    referrals.set_item(desk, needed, "annex_hg", ItemState.NOT_NEEDED, "Frau Brandt fragt nach")
    noted = line(desk, case, "annex_hg")
    assert (noted.own, noted.entry.note) == (False, "Frau Brandt fragt nach")


def test_a_choice_that_is_taken_back_is_the_cases_again(desk: Desk, case: Case) -> None:
    add(desk, case, "Lina", 5)
    prepared = refer(desk, case)
    stored = referrals.set_item(desk, prepared, "annex_ki", ItemState.NOT_NEEDED)
    changes.undo(desk, changes.Change(((prepared, stored),)))
    assert not line(desk, case, "annex_ki").own
    assert state(desk, case, "annex_ki") is ItemState.MISSING


def test_a_list_that_has_gone_moves_no_more(desk: Desk, case: Case) -> None:
    prepared = refer(desk, case)
    lina = add(desk, case, "Lina", 5)
    sent = referrals.advance(desk, prepared, ReferralState.SENT)
    told = {one.item: one.state for one in sent.checklist}
    assert (told["annex_ki"], told["annex_wep"]) == (ItemState.MISSING, ItemState.NOT_NEEDED)
    records.save(desk, replace(lina, birth_date=PartialDate(TODAY.year - 16, 1, 1)))
    (after,) = cases.peek(desk, case.id).referrals
    assert after.checklist == sent.checklist
    shown = line(desk, case, "annex_ki")
    assert (shown.judgement, shown.unclear) == (None, False)
    assert needs.reason(SHIPPED, shown, cases.peek(desk, case.id)).startswith("wenn: ")


def begun(desk: Desk, case: Case) -> RegimeChange:
    (change,) = regime_changes.begin(
        desk, case.id, case_client(desk, case), "asylblg_basic", "sgb2", date(2026, 7, 1)
    ).now(RegimeChange)
    return change


def case_client(desk: Desk, case: Case) -> str:
    client = cases.peek(desk, case.id).client
    assert client is not None
    return client.id


def test_a_hand_over_counts_what_the_case_asks_for(desk: Desk, case: Case) -> None:
    begun(desk, case)
    add(desk, case, "Lina", 5)
    file = cases.peek(desk, case.id)
    (change,) = file.regime_changes
    sheet = regime_changes.list_of(SHIPPED, change)
    score = regime_changes.score(sheet, change, TODAY, None, gathered(file, TODAY))
    missing, unclear = {one.code for one in score.missing}, {one.code for one in score.to_check}
    assert {"child_benefit", "tax_id"} <= missing
    assert unclear == {"treatment", "integration_course"}
    desk_work(desk, case, file.persons[0].id)
    regime_changes.finish(desk, change.id)
    (done,) = cases.peek(desk, case.id).regime_changes
    assert {one.item: one.state for one in done.checklist}["integration_course"] is ItemState.NOT_NEEDED


def desk_work(desk: Desk, case: Case, person_id: str) -> None:
    """Say that somebody is in the course already."""
    since = date(2026, 1, 1)
    course = RegimeSpell(
        case_id=case.id, person_id=person_id, lane=Lane.COURSE, regime="integration", starts_on=since
    )
    records.save(desk, course)
