"""Nothing that leaves tells where somebody lives whose address is protected, however it might get there."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import combinations, count
from typing import Any, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kimdesk.domain import records
from kimdesk.domain.kinds import CASE_RECORDS
from kimdesk.domain.records import (
    Case,
    ChecklistEntry,
    Consent,
    Contact,
    Finding,
    LanguageSkill,
    Measure,
    Member,
    Person,
    PhaseEntry,
    Referral,
    RegimeSpell,
    ResidenceSpell,
)
from kimdesk.domain.terms import Phase, Role, SharingLevel
from tests.sync.exchange import AGS, KINDS, TODAY, Exchange
from tests.sync.leaving import outgoing, texts

PLACE = "Zufluchtsort"
AGREED: dict[str, Any] = {
    "recipient": "ki",
    "purpose": "reporting",
    "kinds": KINDS,
    "special_categories": ("health",),
    "given_on": date(2026, 6, 12),
}
ANSWERS = {
    "domains": {"housing": {"situation": f"wohnt im {PLACE}", "scale": 3}},
    "conclusion": {"summary": f"{PLACE} gefunden"},
}


def filled(exchange: Exchange, case_id: str, person_id: str) -> None:
    """Put a record of each kind into a case, every text of which tells the place."""
    links = {"case_id": case_id, "person_id": person_id, "other_id": person_id, "for_person": person_id}
    for record_type in CASE_RECORDS:
        if record_type in (Member, Consent):
            continue
        hints = get_type_hints(record_type, vars(records))
        told: dict[str, Any] = {each.name: telling(hints[each.name]) for each in fields(record_type)}
        made = {name: value for name, value in told.items() if value is not None}
        made |= {name: value for name, value in links.items() if name in told} | {"id": "", "rev": 0}
        made |= {name: "" for name in ("goal_id", "consent_id") if name in told}
        made |= {"requires": ()} if "requires" in told else {}
        if record_type is PhaseEntry:
            made |= {"form": "assessment", "version": 1, "phase": Phase.ASSESSMENT, "answers": ANSWERS}
        if record_type is Finding:
            made["ags"] = AGS
        exchange.put(record_type(**made))


def telling(hint: Any) -> Any:
    """Return a value of a type that tells the place, None where none can."""
    said = {
        str: PLACE,
        date: date(2026, 6, 1),
        datetime: datetime(2026, 6, 1, tzinfo=UTC),
        tuple[ChecklistEntry, ...]: (ChecklistEntry(item=PLACE, note=PLACE),),
        tuple[str, ...]: (PLACE,),
    }
    if hint in said:
        return said[hint]
    return next(iter(hint)) if isinstance(hint, type) and issubclass(hint, StrEnum) else None


def told(exchange: Exchange) -> list[tuple[str, str]]:
    """Return what leaves and tells the place: the kind and the text."""
    return [
        (each.kind, text)
        for each in outgoing(exchange)
        for text in texts(each.row())
        if PLACE in text or text == AGS
    ]


def everything(**more: Any) -> Person:
    """Return a person all of whose texts tell the place, the name apart."""
    names = {"family_name": "Osman", "given_names": "Amna", "languages": (LanguageSkill(PLACE),)}
    where = dict.fromkeys(("street", "city", "phone", "email", "safe_contact", "birth_place"), PLACE)
    return Person(**{**names, **where, **more})


@pytest.mark.parametrize("mark", ["protected", "address_blocked"])
def test_a_case_of_somebody_protected_tells_no_place(exchange: Exchange, mark: str) -> None:
    case = exchange.put(Case(opened_on=date(2026, 6, 1), ags=AGS, file_number=f"{PLACE}-1", worker=PLACE))
    person = exchange.put(everything(**{mark: True}))
    exchange.put(Member(case_id=case.id, person_id=person.id, relation=PLACE))
    exchange.put(Consent(case_id=case.id, recipient_name=PLACE, **AGREED))
    filled(exchange, case.id, person.id)
    assert told(exchange) == []
    assert {"case", "person", "measure", "referral", "finding"} <= {each.kind for each in outgoing(exchange)}


def test_who_shares_a_case_without_consent_with_somebody_protected_does_not_lead_there(
    exchange: Exchange,
) -> None:
    """The case of the protected woman has no consent; that of her sister, who lives with her, has one."""
    hers = exchange.put(Case(opened_on=date(2026, 6, 1), ags=AGS))
    woman = exchange.put(Person(family_name="Osman", protected=True))
    exchange.put(Member(case_id=hers.id, person_id=woman.id))
    sister = exchange.put(everything())
    exchange.put(Member(case_id=hers.id, person_id=sister.id, role=Role.SIBLING))
    own = exchange.put(Case(opened_on=date(2026, 6, 1), ags=AGS))
    exchange.put(Member(case_id=own.id, person_id=sister.id))
    exchange.put(Consent(case_id=own.id, **AGREED))
    filled(exchange, own.id, sister.id)
    assert told(exchange) == []


@pytest.mark.parametrize(
    ("hers", "theirs"),
    [
        (("Mühlenweg 4", "59999", "Eschenried"), ("Muehlenweg 04, 2. OG", "59999", "Eschenried Nord")),
        (("Mühlenstraße 4", "", "Eschenried"), ("c/o Yilmaz, MÜHLENSTR. 4a", "59999", "eschenried")),
        (("Mühlenweg 4", "", ""), ("Mühlenweg 4", "59999", "Eschenried")),
    ],
)
def test_who_shares_an_address_with_somebody_protected_does_not_lead_there(
    exchange: Exchange, hers: tuple[str, str, str], theirs: tuple[str, str, str]
) -> None:
    street, postcode, city = hers
    exchange.put(Person(family_name="Osman", protected=True, street=street, postcode=postcode, city=city))
    street, postcode, city = theirs
    known = exchange.case()
    exchange.change(known.person, street=street, postcode=postcode, city=city)
    [row] = [each.row() for each in outgoing(exchange) if each.kind == "person"]
    assert "city" not in row
    elsewhere = exchange.change(known.person, street="Mühlenweg 5", postcode=postcode, city=city, rev=2)
    [row] = [each.row() for each in outgoing(exchange) if each.kind == "person"]
    assert row["city"] == elsewhere.city


def test_a_protection_that_comes_later_takes_every_place_back(exchange: Exchange) -> None:
    """Through a chain: she shares an address with him, he a case with the person whose case was sent."""
    known = exchange.case()
    neighbour = exchange.put(Person(family_name="Haddad", street="Lindenhof 2", city=PLACE))
    exchange.put(Member(case_id=known.case.id, person_id=neighbour.id, role=Role.RELATIVE))
    filled(exchange, known.case.id, known.person.id)
    woman = exchange.put(Person(family_name="Yilmaz", street="Lindenhof 2", city=PLACE))
    exchange.round()
    columns: Mapping[Any, str] = {
        Case: "ags", Person: "city", Measure: "agency", Referral: "agency", RegimeSpell: "agency",
        ResidenceSpell: "residence_rule", Contact: "content", Finding: "title",
    }  # fmt: skip
    for record_type, column in columns.items():
        assert {row[column] for row in exchange.held(record_type)} != {None}, column
    exchange.change(woman, protected=True)
    exchange.round()
    for record_type, column in columns.items():
        assert {row[column] for row in exchange.held(record_type)} == {None}, column
    exchange.put(replace(woman, protected=False, rev=2))
    exchange.round()
    assert {row["ags"] for row in exchange.held(Case)} == {AGS}


def test_a_code_of_the_municipality_tells_no_place_either() -> None:
    from kimdesk.sync.leaving.policy import PLACES, policy

    for kind, rule in policy().record.items():
        for name, field in rule.field.items():
            if field.shielded == "keep" and field.codes:
                assert field.codes not in PLACES, (kind, name)


VILLAGES = count()
households = st.lists(st.sets(st.integers(0, 4), min_size=1, max_size=3), min_size=1, max_size=4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    households,
    st.lists(st.integers(0, 2), min_size=5, max_size=5),
    st.sets(st.integers(0, 4), max_size=2),
    st.lists(st.sampled_from([*SharingLevel, None]), min_size=4, max_size=4),
)
def test_no_place_leaves_for_any_households_addresses_consents(
    exchange: Exchange,
    cases: list[set[int]],
    houses: list[int],
    protected: set[int],
    levels: list[SharingLevel | None],
) -> None:
    """Persons 0 to 4 live in houses 0 to 2; each case has its own persons and consents."""
    village = "m" * (3 + next(VILLAGES))  # where nobody of an earlier example lives
    persons = [
        exchange.put(
            Person(street=f"{village} {house + 1}", city=f"{PLACE} {house}", protected=who in protected)
        )
        for who, house in enumerate(houses)
    ]
    made = [exchange.put(Case(opened_on=TODAY, ags=AGS)) for _ in cases]
    for case, inside, level in zip(made, cases, levels, strict=False):
        for place, who in enumerate(sorted(inside)):
            role = Role.PARTNER if place else Role.CLIENT
            exchange.put(Member(case_id=case.id, person_id=persons[who].id, role=role))
            if level:
                own = persons[who].id if place else ""
                exchange.put(Consent(case_id=case.id, level=level, person_id=own, **AGREED))
    near = component(cases, houses, protected)
    ids = {persons[who].id for who in near}
    hidden = {case.id for case, inside in zip(made, cases, strict=True) if inside & near}
    for each in outgoing(exchange):
        if each.record.id in ids | hidden or each.cases[0] in hidden:
            row = each.row()
            assert "city" not in row
            assert "ags" not in row


def component(cases: list[set[int]], houses: list[int], protected: set[int]) -> set[int]:
    """Return who can be reached from somebody protected, step by step."""
    links = defaultdict(set)
    for one, other in combinations(range(5), 2):
        if houses[one] == houses[other] or any({one, other} <= inside for inside in cases):
            links[one].add(other)
            links[other].add(one)
    near: set[int] = set()
    coming = set(protected)
    while coming:
        near |= coming
        coming = {other for who in coming for other in links[who]} - near
    return near
