"""How persons of a case stand to each other is entered once, read from both sides, and gently questioned."""

import pytest

from kimdesk.casework import cases, people, records, relations
from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.records import Case, Person, Relation
from kimdesk.domain.terms import Role

RULES = SHIPPED.rules.relations
KINDS = [one.code for one in SHIPPED.code_list("relation_kind").codes]


@pytest.fixture
def household(desk: Desk, case: Case) -> dict[str, str]:
    """Return the identities of Amna, Tarig and Lina, who live together."""
    client = cases.peek(desk, case.id).client
    assert client
    found = {"Amna": client.id}
    others = (("Tarig", 1990, Role.PARTNER), ("Lina", 2019, Role.CHILD), ("Mona", 1991, Role.OTHER))
    for name, year, role in others:
        person = Person(given_names=name, family_name="Osman", birth_date=PartialDate(year))
        found[name] = people.add_person(desk, case.id, person, role).person_id
    return found


def relate(desk: Desk, case: Case, one: str, kind: str, other: str) -> Relation:
    return relations.relate(desk, Relation(case_id=case.id, person_id=one, kind=kind, other_id=other))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_other_side_and_reads_as_a_sentence(
    desk: Desk, case: Case, household: dict[str, str], kind: str
) -> None:
    assert RULES.inverse(RULES.inverse(kind)) == kind
    assert RULES.up(RULES.inverse(kind)) == -RULES.up(kind)
    made = relate(desk, case, household["Amna"], kind, household["Lina"])
    words = relations.said(RULES, made, cases.peek(desk, case.id))
    assert "Amna Osman" in words
    assert "Lina Osman" in words


def test_the_same_said_from_either_side_is_kept_once(
    desk: Desk, case: Case, household: dict[str, str]
) -> None:
    first = relate(desk, case, household["Amna"], "parent", household["Lina"])
    again = relate(desk, case, household["Lina"], "child", household["Amna"])
    assert again.id == first.id
    file = cases.peek(desk, case.id)
    assert len(file.relations) == 1
    assert relations.kinds_between(RULES, file.relations, household["Amna"], household["Lina"]) == {"parent"}


def test_two_persons_may_stand_to_each_other_in_two_ways(
    desk: Desk, case: Case, household: dict[str, str]
) -> None:
    relate(desk, case, household["Mona"], "sibling", household["Lina"])
    relate(desk, case, household["Mona"], "guardian", household["Lina"])
    assert len(cases.peek(desk, case.id).relations) == 2


def test_it_leads_to_another_person_of_the_case(desk: Desk, case: Case, household: dict[str, str]) -> None:
    stranger = cases.open_new(desk, Person(given_names="Olena"))
    outside = cases.peek(desk, stranger.id).client
    assert outside
    for other in (household["Amna"], outside.id):
        with pytest.raises(CaseworkError) as refused:
            relate(desk, case, household["Amna"], "sibling", other)
        assert refused.value.code == "E860"
    assert cases.peek(desk, case.id).relations == ()


def test_a_relation_taken_back_comes_again(desk: Desk, case: Case, household: dict[str, str]) -> None:
    made = relate(desk, case, household["Amna"], "partner", household["Tarig"])
    records.remove(desk, made)
    assert cases.peek(desk, case.id).relations == ()
    relate(desk, case, household["Amna"], "partner", household["Tarig"])
    assert len(cases.peek(desk, case.id).relations) == 1


def test_the_role_in_the_case_counts_until_a_relation_is_entered(
    desk: Desk, case: Case, household: dict[str, str]
) -> None:
    told = {(one.person_id, one.kind) for one in relations.all_of(RULES, cases.peek(desk, case.id))}
    assert told == {(household["Tarig"], "partner"), (household["Lina"], "child")}
    relate(desk, case, household["Tarig"], "separated", household["Amna"])
    told = {(one.person_id, one.kind) for one in relations.all_of(RULES, cases.peek(desk, case.id))}
    assert told == {(household["Tarig"], "separated"), (household["Lina"], "child")}


@pytest.mark.parametrize(
    ("links", "hint"),
    [
        ([("Lina", "parent", "Amna")], "Lina Osman ist jünger als Amna Osman, steht aber als Elternteil da."),
        ([("Mona", "parent", "Tarig")], "Mona Osman ist jünger als Tarig Osman"),
        ([("Tarig", "parent", "Mona")], "noch keine 12 Jahre alt"),
        ([("Amna", "partner", "Tarig"), ("Amna", "sibling", "Tarig")], "stehen als Paar und zugleich"),
        (
            [("Amna", "parent", "Lina"), ("Tarig", "parent", "Lina"), ("Mona", "parent", "Lina")],
            "Für Lina Osman sind mehr als zwei Elternteile eingetragen.",
        ),
        ([("Amna", "parent", "Lina"), ("Lina", "parent", "Amna")], "steht bei den eigenen Vorfahren"),
    ],
)
def test_what_looks_odd_is_asked_and_still_kept(
    desk: Desk, case: Case, household: dict[str, str], links: list[tuple[str, str, str]], hint: str
) -> None:
    for one, kind, other in links:
        relate(desk, case, household[one], kind, household[other])
    file = cases.peek(desk, case.id)
    assert len(file.relations) == len(links)
    assert any(hint in found.words for found in relations.hints(SHIPPED, file))


@pytest.mark.parametrize(
    "links",
    [
        [("Amna", "parent", "Lina"), ("Mona", "parent", "Lina"), ("Amna", "partner", "Mona")],
        [("Amna", "parent", "Lina"), ("Tarig", "separated", "Amna"), ("Mona", "guardian", "Lina")],
        [],
    ],
)
def test_two_mothers_and_other_families_are_not_odd(
    desk: Desk, case: Case, household: dict[str, str], links: list[tuple[str, str, str]]
) -> None:
    for one, kind, other in links:
        relate(desk, case, household[one], kind, household[other])
    assert relations.hints(SHIPPED, cases.peek(desk, case.id)) == ()


def test_persons_without_a_birth_date_raise_no_question(desk: Desk, case: Case) -> None:
    file = cases.peek(desk, case.id)
    assert file.client
    unknown = people.add_person(desk, case.id, Person(given_names="Said"), Role.OTHER).person_id
    relate(desk, case, unknown, "child", file.client.id)
    assert relations.hints(SHIPPED, cases.peek(desk, case.id)) == ()
