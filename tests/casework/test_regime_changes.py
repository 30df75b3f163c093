"""A change of regime: its checklist, how complete it is, and what is taken back with it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from kimdesk.casework import cases, changes, people, records, regime_changes, today
from kimdesk.casework.desk import Desk
from kimdesk.casework.regime_changes import Score
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.records import Case, CaseFile, Person, RegimeChange, RegimeSpell, ResidenceSpell
from kimdesk.domain.terms import ItemState, Role
from kimdesk.texts.agenda import words as agenda_words
from tests.casework.seen import seen

DAY = date(2026, 11, 24)
ON = date(2026, 11, 1)


def score(change: RegimeChange, today: date, gap_until: date | None = None) -> Score:
    sheet = regime_changes.list_of(SHIPPED, change)
    return regime_changes.score(sheet, change, today, gap_until)


def client_of(desk: Desk, case: Case) -> str:
    client = cases.peek(desk, case.id).client
    assert client
    return client.id


def spell(
    desk: Desk, case: Case, regime: str, first: date, last: date | None = None, **facts: Any
) -> RegimeSpell:
    person = facts.pop("person_id", "") or client_of(desk, case)
    found = RegimeSpell(
        case_id=case.id, person_id=person, regime=regime, starts_on=first, ends_on=last, **facts
    )
    return records.save(desk, found)


def begun(desk: Desk, case: Case, before: str = "asylblg_basic", after: str = "sgb2") -> RegimeChange:
    begun = regime_changes.begin(desk, case.id, client_of(desk, case), before, after, ON)
    (change,) = begun.now(RegimeChange)
    return change


def test_a_change_begins_with_everything_missing(desk: Desk, case: Case) -> None:
    change = begun(desk, case)
    found = score(change, DAY)
    assert (found.present, found.needed) == (0, 7)
    assert not found.complete
    assert [one.label for one in found.missing][1:3] == [
        "Einstellungsbescheid AsylbLG",
        "Bescheid des BAMF, Titel oder Fiktionsbescheinigung",
    ]
    assert cases.peek(desk, case.id).regime_changes == (change,)


def test_each_thing_that_is_there_raises_the_score(desk: Desk, case: Case) -> None:
    change = begun(desk, case)
    seen = []
    for item in score(change, DAY).missing:
        change = regime_changes.set_item(desk, change.id, item.code, ItemState.PRESENT)
        seen.append(score(change, DAY).present)
    assert seen == [1, 2, 3, 4, 5, 6, 7]
    assert score(change, DAY).complete


def test_what_is_conditional_counts_once_somebody_looked_after_it(desk: Desk, case: Case) -> None:
    change = begun(desk, case)
    assert "child_benefit" in [one.code for one in score(change, DAY).to_check]
    change = regime_changes.set_item(desk, change.id, "child_benefit", ItemState.REQUESTED)
    assert score(change, DAY).needed == 8
    change = regime_changes.set_item(desk, change.id, "child_benefit", ItemState.NOT_NEEDED)
    found = score(change, DAY)
    assert found.needed == 7
    assert "child_benefit" not in [one.code for one in (*found.missing, *found.to_check)]


def test_a_day_that_falls_into_the_gap_is_red(desk: Desk, case: Case) -> None:
    spell(desk, case, "asylblg_basic", date(2024, 3, 1), date(2026, 10, 31))
    spell(desk, case, "sgb2", date(2027, 1, 1), expected=True)
    change = begun(desk, case)
    gap = regime_changes.gap_of(change, cases.peek(desk, case.id).regimes, DAY)
    assert gap == (ON, date(2026, 12, 31))
    late = [one.code for one in score(change, DAY, gap[1]).late]
    assert late == ["main_application", "health_insurance"]
    assert [one.code for one in score(change, DAY).late] == ["health_insurance"]


def test_the_old_spell_ends_and_the_new_one_is_expected_for_all_or_not_at_all(desk: Desk, case: Case) -> None:
    child = people.add_person(desk, case.id, Person(given_names="Lina"), Role.CHILD).person_id
    for person in (client_of(desk, case), child):
        spell(desk, case, "asylblg_analog", date(2024, 3, 1), person_id=person)
    made = regime_changes.begin(
        desk, case.id, client_of(desk, case), "asylblg_basic", "sgb2", ON, with_spells=True, also=[child]
    )
    found = cases.peek(desk, case.id).regimes
    assert sorted((one.regime, one.ends_on, one.expected) for one in found) == [
        *[("asylblg_analog", date(2026, 10, 31), False)] * 2,
        *[("sgb2", None, True)] * 2,
    ]
    changes.undo(desk, made)
    file = cases.peek(desk, case.id)
    assert file.regime_changes == ()
    assert [(one.regime, one.ends_on) for one in file.regimes] == [("asylblg_analog", None)] * 2


def test_an_unknown_case_begins_nothing(desk: Desk) -> None:
    with pytest.raises(CaseworkError, match="E853"):
        regime_changes.begin(desk, "nowhere", "nobody", "sgb2", "sgb3", ON)


def test_an_open_hand_over_stands_on_the_page_of_the_day_until_it_is_done(desk: Desk, case: Case) -> None:
    change = begun(desk, case)

    def listed() -> list[str]:
        agenda = today.agenda(desk, ON)
        return [seen(task).title for task in (*agenda.overdue, *agenda.today, *agenda.expiring)]

    assert listed() == ["Wechsel vorbereiten: AsylbLG, Grundleistungen → SGB\u00a0II"]
    regime_changes.finish(desk, change.id, DAY)
    assert listed() == []
    regime_changes.finish(desk, change.id, done=False)
    assert len(listed()) == 1


def file_of(desk: Desk, case: Case) -> CaseFile:
    return cases.peek(desk, case.id)


def test_an_end_that_nothing_follows_proposes_the_usual_change(desk: Desk, case: Case) -> None:
    spell(desk, case, "asylblg_basic", date(2024, 3, 1), date(2026, 10, 31))
    (found,) = regime_changes.proposals(SHIPPED.rules.law, file_of(desk, case), DAY)
    assert (found.from_regime, found.to_regime, found.on) == ("asylblg_basic", "sgb2", ON)
    begun(desk, case)
    assert regime_changes.proposals(SHIPPED.rules.law, file_of(desk, case), DAY) == ()


def test_another_benefit_entered_proposes_the_change_to_it_for_the_household(desk: Desk, case: Case) -> None:
    child = people.add_person(desk, case.id, Person(given_names="Lina"), Role.CHILD).person_id
    for person in (child, client_of(desk, case)):
        spell(desk, case, "sgb2", date(2024, 3, 1), date(2026, 10, 31), person_id=person)
        spell(desk, case, "sgb12", ON, person_id=person)
    (found,) = regime_changes.proposals(SHIPPED.rules.law, file_of(desk, case), DAY)
    assert (found.from_regime, found.to_regime) == ("sgb2", "sgb12")
    assert found.person_ids == (client_of(desk, case), child)


def test_analogous_benefits_and_old_changes_propose_nothing(desk: Desk, case: Case) -> None:
    spell(desk, case, "asylblg_basic", date(2021, 3, 1), date(2024, 2, 29))
    spell(desk, case, "asylblg_analog", date(2024, 3, 1))
    assert regime_changes.proposals(SHIPPED.rules.law, file_of(desk, case), DAY) == ()
    assert regime_changes.proposals(SHIPPED.rules.law, file_of(desk, case), DAY + timedelta(days=900)) == ()


def test_coming_of_age_in_youth_welfare_proposes_a_change(desk: Desk, case: Case) -> None:
    client = file_of(desk, case).client
    assert client
    records.save(desk, replace(client, birth_date=PartialDate(2009, 1, 15)))
    spell(desk, case, "sgb8", date(2025, 3, 1))
    (found,) = regime_changes.proposals(SHIPPED.rules.law, file_of(desk, case), DAY)
    assert (found.from_regime, found.to_regime, found.on) == ("sgb8", "sgb2", date(2027, 1, 15))
    assert SHIPPED.change_list("sgb8", "sgb2", found.on).code == "sgb8_sgb2"


@pytest.mark.parametrize(
    ("status", "follows", "code"),
    [
        ("asylum_permission", "asylblg_basic", "sgb8_asylblg"),
        ("toleration_60a", "asylblg_basic", "sgb8_asylblg"),
        ("permit", "sgb2", "sgb8_sgb2"),
    ],
)
def test_what_follows_youth_welfare_depends_on_the_paper(
    desk: Desk, case: Case, status: str, follows: str, code: str
) -> None:
    client = file_of(desk, case).client
    assert client
    records.save(desk, replace(client, birth_date=PartialDate(2009, 1, 15)))
    spell(desk, case, "sgb8", date(2025, 3, 1))
    paper = ResidenceSpell(case_id=case.id, person_id=client.id, status=status, valid_from=date(2025, 3, 1))
    records.save(desk, paper)
    (found,) = regime_changes.proposals(SHIPPED.rules.law, file_of(desk, case), DAY)
    assert (found.to_regime, found.on) == (follows, date(2027, 1, 15))
    assert SHIPPED.change_list("sgb8", follows, found.on).code == code


def test_the_words_of_an_open_hand_over_name_what_is_open(desk: Desk, case: Case) -> None:
    begun(desk, case)
    assert today.next_step(SHIPPED, file_of(desk, case), ON)
    facts = {"regime": "sgb2", "to_regime": "sgb3", "missing": "11"}
    found = Due("change_open", ON, "regime_change", "", facts)
    assert "offen: 11" in agenda_words(SHIPPED, found).reason


def test_a_child_born_here_stands_on_the_page_of_the_day_until_it_has_a_title(desk: Desk, case: Case) -> None:
    baby = Person(given_names="Sami", birth_date=PartialDate(2026, 8, 31), birth_country="000")
    added = people.add_person(desk, case.id, baby, Role.CHILD)

    def listed() -> list[str]:
        return [seen(task).title for task in today.agenda(desk, date(2027, 2, 1)).expiring]

    assert "Aufenthaltstitel für das hier geborene Kind beantragen" in listed()
    paper = ResidenceSpell(case_id=case.id, person_id=added.person_id, status="permit", valid_from=DAY)
    records.save(desk, paper)
    assert listed() == []
