"""An identity of another program can be a name or an address: none leaves the desk, at any scope."""

import json
from typing import Any

import pytest

from kimdesk.casework import cases
from kimdesk.casework.document_out import document
from kimdesk.casework.exchange import import_documents
from kimdesk.domain.identity import is_own
from tests.sync.exchange import AGS, KINDS, Exchange

SCOPES = ("identified", "pseudonymised", "statistics")
PLANTED = "Zzyxweg.7"


def named(what: str) -> str:
    """Return an identity that says where somebody lives."""
    return f"{what}-{PLANTED}"


def foreign(level: str, *, protected: bool) -> dict[str, Any]:
    """Return a case of another program that names its records by an address."""
    return {
        "id": named("Fall"),
        "ags": AGS,
        "opened_on": "2026-06-01",
        "persons": [
            {
                "id": named("Amna"), "member_id": named("Rolle"), "role": "client", "family_name": "Osman",
                "address_protected": protected, "residence": [{"id": named("Titel"), "status": "permit"}],
            },
            {"id": named("Bassam"), "role": "child", "given_names": "Bassam"},
        ],
        "relations": [
            {"id": named("Band"), "person_id": named("Amna"), "other_id": named("Bassam"), "kind": "parent"}
        ],
        "goals": [{"id": named("Ziel"), "number": 1, "text": "Deutsch", "life_domain": "language"}],
        "measures": [
            {"id": named("A"), "goal_id": named("Ziel"), "for_person": named("Bassam")},
            {"id": named("B"), "goal_id": named("Ziel"), "requires": [named("A")]},
        ],
        "consents": [
            {
                "id": named("Ja"), "person_id": named("Amna"), "recipient": "ki", "purpose": "reporting",
                "kinds": list(KINDS), "given_on": "2026-06-12", "level": level,
            }
        ],
        "disputes": [{"id": named("Nein"), "record_kind": "goal", "record_id": named("Ziel"),
                      "field_name": "text", "statement": "anders"}],
    }  # fmt: skip


@pytest.mark.parametrize("protected", [False, True])
@pytest.mark.parametrize("level", SCOPES)
def test_no_identity_of_another_program_leaves(exchange: Exchange, level: str, *, protected: bool) -> None:
    report = import_documents(exchange.desk, [foreign(level, protected=protected)])
    assert report.refused == ()
    exported = exchange.export()
    sent = exchange.opened(exported.path)
    assert bool(sent["records"]) is (level != "statistics")
    assert PLANTED not in json.dumps(sent)
    [result] = exchange.carry(exported.path)
    assert exchange.take(result).result == "applied"
    exchange.export(leaving=True)
    last = max(exchange.stick.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    assert PLANTED not in json.dumps(exchange.opened(last))


def test_records_stay_joined_and_are_known_again(exchange: Exchange) -> None:
    given = foreign("identified", protected=False)
    first = import_documents(exchange.desk, [given]).fates[0]
    again = import_documents(exchange.desk, [given]).fates[0]
    assert (again.case_id, again.state, again.new) == (first.case_id, "unchanged", False)
    file = cases.peek(exchange.desk, first.case_id)
    [goal], [relation] = file.goals, file.relations
    people = {each.given_names: each.id for each in file.persons}
    waiting = next(each for each in file.measures if each.requires)
    assert {each.goal_id for each in file.measures} == {goal.id}
    assert waiting.requires == tuple(each.id for each in file.measures if each is not waiting)
    assert relation.other_id == people["Bassam"]
    assert all(map(is_own, (first.case_id, goal.id, relation.id, waiting.id, *people.values())))


def test_a_later_document_may_name_what_an_earlier_one_brought(exchange: Exchange) -> None:
    given = foreign("identified", protected=False)
    case_id = import_documents(exchange.desk, [given]).fates[0].case_id
    more = {"id": given["id"], "measures": [{"id": named("C"), "goal_id": named("Ziel")}]}
    assert import_documents(exchange.desk, [more]).refused == ()
    file = cases.peek(exchange.desk, case_id)
    assert {each.goal_id for each in file.measures} == {file.goals[0].id}
    assert len(file.measures) == 3


def test_the_other_program_finds_its_own_name_in_what_is_written(exchange: Exchange) -> None:
    case_id = import_documents(exchange.desk, [foreign("identified", protected=False)]).fates[0].case_id
    written = document(cases.peek(exchange.desk, case_id))
    assert (written["id"], written["foreign_id"]) == (case_id, named("Fall"))
    assert written["goals"][0]["foreign_id"] == named("Ziel")
    again = import_documents(exchange.desk, [written]).fates[0]
    assert again.state == "unchanged"


def test_two_vaults_give_the_same_name_another_identity(exchange: Exchange) -> None:
    """So nobody who has a list of names can look up whose identity it is."""
    given = {"id": named("Fall"), "opened_on": "2026-06-01"}
    one, other = (
        import_documents(desk, [given], dry_run=True).fates[0].case_id
        for desk in (exchange.desk, exchange.kreis)
    )
    assert one != other
    assert is_own(one)


def test_what_is_no_identity_is_refused_as_before(exchange: Exchange) -> None:
    for wrong in ("Zzyx weg", "x" * 65, 7):
        [(_, error)] = import_documents(exchange.desk, [{"id": wrong, "opened_on": "2026-06-01"}]).refused
        assert error.code == "E711"
