"""Whose address stays hidden is asked in SQL for many cases at once, and means what the rule says."""

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

from sqlalchemy import select

from kimdesk.domain.consent import KREIS
from kimdesk.domain.records import Case, Consent, Member, Person
from kimdesk.domain.shielding import MARKS, any_shielded, is_shielded
from kimdesk.store import lists
from kimdesk.store.shielding import shielded
from kimdesk.store.tables import RECORD_TABLES
from kimdesk.sync.leaving.caseload import Caseload
from tests.sync.exchange import TODAY, Exchange

WAYS = [
    replace(Person(family_name="Osman"), **dict[str, Any](zip(MARKS, found, strict=True)))
    for found in product((False, True), repeat=len(MARKS))
]


def test_the_condition_holds_for_the_persons_the_rule_shields(exchange: Exchange) -> None:
    persons = [exchange.put(way) for way in WAYS]
    with exchange.desk.reading() as reader:
        rows = reader.connection.execute(select(RECORD_TABLES[Person].c.id).where(shielded()))
        found = {row[0] for row in rows}
    assert found == {each.id for each in persons if is_shielded(each)}


def test_exchange_and_list_hide_the_cases_the_rule_hides(exchange: Exchange) -> None:
    """One or two persons, each in every way that is marked or not."""
    households = [(one,) for one in WAYS] + list(product(WAYS, repeat=2))
    hidden: dict[str, bool] = {}
    for ways in households:
        with exchange.desk.writing() as writer:
            case = writer.put(Case(opened_on=date(2026, 6, 1)))
            persons = [writer.put(way) for way in ways]
            for each in persons:
                writer.put(Member(case_id=case.id, person_id=each.id))
            writer.put(Consent(case_id=case.id, recipient=KREIS, given_on=date(2026, 6, 1)))
            hidden[case.id] = any_shielded(persons)
    with exchange.desk.reading() as reader:
        caseload = Caseload(reader.connection, TODAY)
        caseload.look(hidden)
        rows = lists.rows_of(reader.connection, list(hidden))
        assert {each.case_id: bool(each.protected) for each in rows} == hidden
        assert {each: caseload.scope(each).terms.shielded for each in hidden} == hidden
