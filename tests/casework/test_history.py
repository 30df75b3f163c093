"""Each field's earlier values, and the mark „bestritten“."""

from dataclasses import replace
from datetime import date

import pytest

from kimdesk.casework import cases, disputes, history, people, phases, records
from kimdesk.casework.desk import Desk
from kimdesk.casework.document_out import document
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import CaseworkError, StoreError
from kimdesk.domain.records import Case, Goal, Measure, Person, PlanStep
from kimdesk.domain.terms import Phase, Role
from kimdesk.texts.field_words import ChangeWords

NOW = date(2026, 11, 22)
WORDS = ChangeWords(SHIPPED)


def test_a_goal_changed_three_times_tells_each_step_in_words(desk: Desk, case: Case) -> None:
    goal = records.save(desk, Goal(case_id=case.id, number=1, text="Eine Wohnung", life_domain="housing"))
    goal = records.save(desk, replace(goal, text="Eine eigene Wohnung"))
    goal = records.save(desk, replace(goal, due_on=date(2026, 12, 1)))
    desk.actor = "Anna Winter"
    records.save(desk, replace(goal, due_on=date(2027, 1, 15), level=-2, life_domain="work"))
    found = history.of_record(desk, "goal", goal.id)
    told = [(one.field, WORDS.before(one), WORDS.after(one), one.by) for one in found]
    assert told[-1] == ("text", "Eine Wohnung", "Eine eigene Wohnung", "Miriam Kessler")
    assert told[-2] == ("due_on", "–", "01.12.2026", "Miriam Kessler")
    latest = {field: (before, after, by) for field, before, after, by in told[:3]}
    assert latest["due_on"] == ("01.12.2026", "15.01.2027", "Anna Winter")
    assert latest["life_domain"][1] == "Arbeit und Ausbildung"
    assert latest["level"] == ("–", "viel weniger als erwartet", "Anna Winter")
    assert len(told) == 5
    assert all(one.label and one.label != one.field for one in found)


def test_a_person_has_a_history_too(desk: Desk, case: Case) -> None:
    client = cases.peek(desk, case.id).client
    assert client
    records.save(desk, replace(client, birth_date=PartialDate(1992, 6), nationalities=("475",), phone=""))
    found = history.of_record(desk, "person", client.id)
    told = {one.field: (WORDS.before(one), WORDS.after(one)) for one in found}
    assert told["birth_date"] == ("03.05.1992", "06.1992")
    assert told["nationalities"][0] == "–"
    assert "475" not in told["nationalities"][1]


def test_an_address_nobody_may_see_is_in_no_change(desk: Desk, case: Case) -> None:
    client = cases.peek(desk, case.id).client
    assert client
    client = records.save(desk, replace(client, street="Mühlenweg 4", protected=True))
    records.save(desk, replace(client, street="Am Markt 1"))
    found = [one for one in history.of_record(desk, "person", client.id) if one.field == "street"]
    assert "Mühlenweg" not in str(found)
    assert "Markt" not in str(found)
    assert [WORDS.after(one) for one in found] == ["geschützt", "geschützt"]


def test_answers_are_compared_one_by_one(desk: Desk, case: Case) -> None:
    entry = phases.start(desk, case.id, Phase.ASSESSMENT)
    entry = phases.save_answers(desk, entry, {"domains": {"housing": {"scale": 2}}})
    entry = phases.save_answers(desk, entry, {"domains": {"housing": {"scale": 4}, "work": {"scale": 3}}})
    found = history.of_record(desk, "phase_entry", entry.id)
    assert [one.field for one in found if WORDS.before(one) != "–"] == ["domains.housing.scale"]
    housing = next(one for one in found if WORDS.before(one) != "–")
    assert housing.label.startswith("Wohnen")
    assert {one.field for one in found} >= {"domains.work.scale"}


def test_steps_people_and_linked_goals_stand_by_name(desk: Desk, case: Case) -> None:
    goal = records.save(desk, Goal(case_id=case.id, text="Arbeit finden"))
    measure = records.save(desk, Measure(case_id=case.id, title="Anmelden"))
    records.save(
        desk,
        replace(measure, goal_id=goal.id, steps=(PlanStep(text="Termin holen", done_on=date(2026, 3, 2)),)),
    )
    told = {one.field: WORDS.after(one) for one in history.of_record(desk, "measure", measure.id)}
    assert told["goal_id"] == "Arbeit finden"
    assert told["steps"] == "Termin holen (erledigt am 02.03.2026)"


def test_what_is_removed_or_erased_leaves_no_history(desk: Desk, case: Case) -> None:
    goal = records.save(desk, Goal(case_id=case.id, text="Geheimwort Kirschkern"))
    goal = records.save(desk, replace(goal, text="Anders"))
    other = records.save(desk, Goal(case_id=case.id, text="Geheimwort Zwetschge"))
    records.save(desk, replace(other, text="Auch anders"))
    assert _bodies(desk, "Kirschkern") == 1
    records.remove(desk, goal)
    assert _bodies(desk, "Kirschkern") == 0
    cases.erase(desk, case.id)
    assert _bodies(desk, "") == 0


def test_history_never_leaves_in_the_neutral_document(desk: Desk, case: Case) -> None:
    goal = records.save(desk, Goal(case_id=case.id, text="Geheimwort Kirschkern"))
    records.save(desk, replace(goal, text="Anders"))
    assert "Kirschkern" not in str(document(cases.peek(desk, case.id)))


def test_a_dispute_is_noted_once_and_settled_with_its_statement_kept(desk: Desk, case: Case) -> None:
    client = cases.peek(desk, case.id).client
    assert client
    noted = disputes.note(desk, case.id, "person", client.id, "birth_date", " Geboren 1993. ", NOW)
    assert (noted.statement, noted.noted_on, noted.outcome) == ("Geboren 1993.", NOW, "")
    with pytest.raises(CaseworkError, match="E881"):
        disputes.note(desk, case.id, "person", client.id, "birth_date", "Noch einmal")
    assert disputes.of_record(desk, client.id) == (noted,)
    settled = disputes.resolve(desk, noted, "corrected", NOW)
    assert (settled.statement, settled.resolved_on) == ("Geboren 1993.", NOW)
    assert disputes.of_record(desk, client.id) == ()
    assert disputes.disputed_of(cases.peek(desk, case.id), client.id) == ()


def test_what_nobody_can_tell_goes_on_being_shown_as_disputed(desk: Desk, case: Case) -> None:
    goal = records.save(desk, Goal(case_id=case.id, text="Arbeit"))
    noted = disputes.note(desk, case.id, "goal", goal.id, "text", "So nicht gesagt")
    settled = disputes.resolve(desk, noted, "unresolved")
    assert disputes.of_record(desk, goal.id) == (settled,)


def test_a_dispute_needs_a_statement_an_outcome_and_a_record_of_this_case(desk: Desk, case: Case) -> None:
    goal = records.save(desk, Goal(case_id=case.id, text="Arbeit"))
    with pytest.raises(CaseworkError, match="E880"):
        disputes.note(desk, case.id, "goal", goal.id, "text", " ")
    noted = disputes.note(desk, case.id, "goal", goal.id, "text", "Nein")
    with pytest.raises(CaseworkError, match="E882"):
        disputes.resolve(desk, noted, "")
    other = cases.open_new(desk, None)
    with pytest.raises(StoreError, match="E909"):
        disputes.note(desk, other.id, "goal", goal.id, "text", "Nein")


def test_a_dispute_about_a_person_is_seen_from_every_case_of_the_household(desk: Desk, case: Case) -> None:
    child = people.add_person(desk, case.id, Person(family_name="Osman", given_names="Lina"), Role.CHILD)
    other = cases.open_new(desk, records.get(desk, Person, child.person_id))
    noted = disputes.note(desk, other.id, "person", child.person_id, "given_names", "Heißt Leena")
    assert disputes.of_record(desk, child.person_id) == (noted,)


def _bodies(desk: Desk, word: str) -> int:
    from sqlalchemy import text

    with desk.reading() as reader:
        asked = text("SELECT count(*) FROM history WHERE body LIKE :word")
        return int(reader.connection.execute(asked, {"word": f"%{word}%"}).scalar() or 0)
