"""On what basis something leaves: whose consent, for what, in which municipality, and how exactly."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from kimdesk import sync
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import (
    Case,
    Consent,
    Contact,
    Finding,
    Goal,
    Measure,
    Member,
    Person,
    PhaseEvent,
    Record,
    RegimeSpell,
    ResidenceSpell,
)
from kimdesk.domain.terms import Phase, Role, SharingLevel
from kimdesk.texts.preview import basis
from tests.sync.exchange import NOW, TODAY, Exchange, Known
from tests.sync.leaving import outgoing, rows

ALL = ("case", "person", "member", "consent", "goal", "contact", "regime_spell")


def kinds(exchange: Exchange) -> set[str]:
    return {each.kind for each in outgoing(exchange)}


def partner(exchange: Exchange, known: Known, **values: Any) -> Person:
    """Put somebody with a regime and a measure into the household."""
    given: dict[str, Any] = {"role": Role.PARTNER, "given_names": "Kim", "birth_date": None} | values
    role = given.pop("role")
    person = exchange.put(Person(family_name="Osman", city="Eschenried", **given))
    exchange.put(Member(case_id=known.case.id, person_id=person.id, role=role))
    exchange.put(RegimeSpell(case_id=known.case.id, person_id=person.id, regime="sgb2"))
    exchange.put(ResidenceSpell(case_id=known.case.id, person_id=person.id, status="permit"))
    exchange.put(Measure(case_id=known.case.id, for_person=person.id, title="Kurs für Kim"))
    return person


def about(exchange: Exchange, person: Person, now: datetime = NOW) -> set[str]:
    """Return the kinds of what leaves about somebody."""
    found = outgoing(exchange, now)
    return {
        each.kind
        for each in found
        if person.id
        in (each.record.id, getattr(each.record, "person_id", ""), getattr(each.record, "for_person", ""))
    }


# the purpose


def test_a_consent_for_a_place_at_school_lets_out_what_that_needs(exchange: Exchange) -> None:
    known = exchange.case(purpose="school")
    exchange.put(Contact(case_id=known.case.id, held_on=TODAY, content="Gespräch"))
    exchange.put(RegimeSpell(case_id=known.case.id, person_id=known.person.id, regime="sgb2"))
    assert kinds(exchange) == {"case", "person", "member", "consent"}
    said = {basis(line) for line in sync.preview(exchange.desk, TODAY).stays}
    assert "§\u00a0203\u00a0StGB: der Zweck der Einwilligung deckt das nicht" in said
    exchange.change(known.agreed, purpose="reporting")
    assert kinds(exchange) == set(ALL)


@pytest.mark.parametrize(
    "purpose", ["cover", "handover", "case_conference", "interpreting", "", "nobody_knows"]
)
def test_a_consent_for_what_is_not_the_kreis_s_lets_nothing_out(exchange: Exchange, purpose: str) -> None:
    exchange.case(purpose=purpose)
    assert kinds(exchange) == set()


def test_each_purpose_opens_what_its_own_consent_names(exchange: Exchange) -> None:
    """Goals were agreed to for school only: they need them not, and reporting was not asked about them."""
    known = exchange.case(purpose="school")
    exchange.put(replace(known.agreed, id="", rev=0, purpose="reporting", kinds=("person", "contacts")))
    exchange.put(Contact(case_id=known.case.id, held_on=TODAY))
    assert kinds(exchange) == {"case", "person", "member", "consent", "contact"}


def test_a_narrower_purpose_takes_back_what_the_wider_one_let_out(exchange: Exchange) -> None:
    known = exchange.case()
    exchange.round()
    exchange.change(known.agreed, purpose="school")
    exchange.round()
    assert exchange.held(Goal) == []
    assert len(exchange.held(Person)) == 1


# whose consent


def test_who_is_of_age_needs_a_consent_of_their_own(exchange: Exchange) -> None:
    known = exchange.case()
    person = partner(exchange, known)
    assert about(exchange, person) == set()
    said = {basis(line) for line in sync.preview(exchange.desk, TODAY).stays}
    assert "§\u00a0203\u00a0StGB: die eigene Einwilligung der Person fehlt" in said
    own = exchange.put(replace(known.agreed, id="", rev=0, person_id=person.id, kinds=("person",)))
    assert about(exchange, person) == {"person", "member", "consent"}
    exchange.change(own, kinds=("person", "regimes", "plan"))
    assert about(exchange, person) == {"person", "member", "consent", "regime_spell", "measure"}


def test_the_client_s_consent_must_name_the_household_as_well(exchange: Exchange) -> None:
    known = exchange.case(kinds=("person", "regimes"))
    person = partner(exchange, known)
    exchange.put(replace(known.agreed, id="", rev=0, person_id=person.id))
    assert about(exchange, person) == set()


def test_somebody_s_own_consent_opens_nothing_of_the_client(exchange: Exchange) -> None:
    known = exchange.case(level=None)
    person = partner(exchange, known)
    exchange.put(
        Consent(
            case_id=known.case.id, person_id=person.id, recipient="ki", purpose="reporting",
            kinds=("person", "household", "goals"), given_on=TODAY,
        )
    )  # fmt: skip
    assert outgoing(exchange) == []


def test_who_agreed_to_a_pseudonym_is_not_named(exchange: Exchange) -> None:
    known = exchange.case()
    person = partner(exchange, known)
    own = exchange.put(
        replace(known.agreed, id="", rev=0, person_id=person.id, level=SharingLevel.PSEUDONYMISED)
    )
    assert about(exchange, person) == set()
    exchange.change(known.agreed, level=SharingLevel.PSEUDONYMISED)
    exchange.change(own, level=SharingLevel.IDENTIFIED)
    assert "person" in about(exchange, person)
    assert all(row["id"].startswith("P") for row in rows(exchange, "person"))


def test_a_withdrawal_of_their_own_takes_back_what_is_about_them(exchange: Exchange) -> None:
    known = exchange.case()
    person = partner(exchange, known)
    own = exchange.put(replace(known.agreed, id="", rev=0, person_id=person.id))
    exchange.round()
    assert {row["id"] for row in exchange.held(Person)} == {known.person.id, person.id}
    exchange.change(own, withdrawn_on=TODAY)
    erased = exchange.opened(exchange.export().path)["erase"]
    assert {each["reason"] for each in erased} == {"withdrawn"}
    exchange.round()
    assert {row["id"] for row in exchange.held(Person)} == {known.person.id}
    for record_type in (Member, RegimeSpell, Measure, Consent):
        assert all(
            person.id not in (row.get("person_id"), row.get("for_person"))
            for row in exchange.held(record_type)
        )


def test_for_a_child_the_client_consents_until_it_is_of_age(exchange: Exchange) -> None:
    known = exchange.case()
    child = partner(exchange, known, role=Role.CHILD, birth_date=PartialDate(2008, 11, 27))
    exchange.round()
    assert child.id in {row["id"] for row in exchange.held(Person)}
    birthday = NOW + timedelta(days=3)
    assert "person" in about(exchange, child, birthday - timedelta(days=1))
    assert sync.status(exchange.desk, now=birthday).unsent > 0, "the calendar alone makes it unsent"
    exchange.round(now=birthday)
    assert child.id not in {row["id"] for row in exchange.held(Person)}
    assert exchange.held(RegimeSpell) == []


@pytest.mark.parametrize(
    ("born", "leaves"),
    [(PartialDate(2008, 11), False), (PartialDate(2008), False), (PartialDate(2009), True), (None, False)],
)
def test_of_a_birth_date_known_in_part_the_earliest_day_counts(
    exchange: Exchange, born: PartialDate | None, leaves: bool
) -> None:
    child = partner(exchange, exchange.case(), role=Role.CHILD, birth_date=born)
    assert ("person" in about(exchange, child)) is leaves


@pytest.mark.parametrize("role", [Role.SIBLING, Role.RELATIVE, Role.OTHER])
def test_for_other_children_somebody_has_to_consent_in_their_name(exchange: Exchange, role: Role) -> None:
    known = exchange.case()
    child = partner(exchange, known, role=role, birth_date=PartialDate(2018, 5))
    assert about(exchange, child) == set()
    exchange.put(replace(known.agreed, id="", rev=0, person_id=child.id))
    assert "person" in about(exchange, child)


# the municipality


def test_a_case_without_a_municipality_stays_and_says_how_to_set_it(exchange: Exchange) -> None:
    known = exchange.case()
    exchange.round()
    case = exchange.change(known.case, ags="")
    preview = sync.preview(exchange.desk, TODAY)
    assert {basis(line) for line in preview.stays} == {
        "die Wohngemeinde fehlt: sie steht im Fall unter „Fall bearbeiten“"
    }
    exchange.round()
    assert exchange.rows_held() == 0
    exchange.change(case, ags=known.case.ags)
    exchange.round()
    assert exchange.rows_held() == 5


def test_a_finding_about_a_foreign_municipality_stays(exchange: Exchange) -> None:
    known = exchange.case()
    finding = exchange.put(Finding(case_id=known.case.id, title="Kein Kurs", ags=known.case.ags))
    exchange.round()
    assert len(exchange.held(Finding)) == 1
    exchange.change(finding, ags="05111000")
    assert "Gemeinde ist für diesen Arbeitsplatz nicht angemeldet" in {
        basis(line) for line in sync.preview(exchange.desk, TODAY).stays
    }
    exchange.round()
    assert exchange.held(Finding) == []


# how exactly


def test_dates_arrive_at_the_kreis_cut_as_they_left(exchange: Exchange) -> None:
    known = exchange.case(level=SharingLevel.PSEUDONYMISED)
    exchange.put(Contact(case_id=known.case.id, held_on=date(2026, 11, 3)))
    exchange.put(Finding(case_id=known.case.id, noted_on=date(2026, 10, 30)))
    exchange.put(
        ResidenceSpell(case_id=known.case.id, person_id=known.person.id, valid_from=date(2019, 7, 1))
    )
    exchange.put(
        PhaseEvent(case_id=known.case.id, phase=Phase.ACCESS, event="completed", at=NOW - timedelta(days=60))
    )
    exchange.round()
    held: dict[type[Record], tuple[str, PartialDate]] = {
        Case: ("opened_on", PartialDate(2026, 6)),
        Contact: ("held_on", PartialDate(2026, 11)),
        Finding: ("noted_on", PartialDate(2026, 10)),
        ResidenceSpell: ("valid_from", PartialDate(2019)),
        PhaseEvent: ("at", PartialDate(2026, 9)),
        Consent: ("given_on", PartialDate(2026, 6)),
    }
    for record_type, (column, told) in held.items():
        assert [row[column] for row in exchange.held(record_type)] == [told]


def test_with_names_days_arrive_whole(exchange: Exchange) -> None:
    known = exchange.case()
    exchange.put(PhaseEvent(case_id=known.case.id, phase=Phase.ACCESS, event="completed", at=NOW))
    exchange.round()
    assert [row["opened_on"] for row in exchange.held(Case)] == [date(2026, 6, 1)]
    assert [row["at"] for row in exchange.held(PhaseEvent)] == [NOW]
