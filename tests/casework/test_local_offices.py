"""Who is responsible where: by the standing of the municipality, and what the desk noted once."""

from collections import Counter

import pytest

import resources
from kimdesk.casework import local_offices, referrals, trail
from kimdesk.casework.desk import Desk
from kimdesk.casework.local_offices import LocalOffice
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.catalogue.municipalities import municipalities
from kimdesk.catalogue.responsibility import MunicipalStanding, responsibilities, responsible
from kimdesk.catalogue.services import BASE
from kimdesk.domain.errors import ContentError
from kimdesk.domain.records import Case
from kimdesk.texts import offices

KOELN, AACHEN, BOCHOLT, AHAUS, HEEK = "05315000", "05334002", "05554008", "05554004", "05554024"
HERE = LocalOffice(name="Ausländeramt Bocholt", address="Berliner Platz 1\n46395 Bocholt", phone="02871 9530")


def bodies(service: str, ags: str) -> tuple[str, ...]:
    found = responsible(service, SHIPPED.service(service).responsible, ags)
    return found.bodies if found else ()


@pytest.mark.parametrize(
    ("service", "ags", "expected"),
    [
        ("immigration_office", KOELN, ("Köln",)),
        ("immigration_office", BOCHOLT, ("Bocholt",)),
        ("immigration_office", AHAUS, ("Kreis Borken",)),
        ("immigration_office", HEEK, ("Kreis Borken",)),
        ("naturalisation_office", BOCHOLT, ("Bocholt",)),
        ("immigration_office", AACHEN, ("Aachen", "Städteregion Aachen")),
        ("youth_office", KOELN, ("Köln",)),
        ("youth_office", BOCHOLT, ("Bocholt", "Kreis Borken")),
        ("youth_office", AHAUS, ("Ahaus", "Kreis Borken")),
        ("youth_office", HEEK, ("Kreis Borken",)),
        ("childcare", HEEK, ("Kreis Borken",)),
        ("registry_office", HEEK, ("Heek",)),
        ("disability_office", BOCHOLT, ("Kreis Borken",)),
        ("child_benefit", HEEK, ()),
        ("mbe", HEEK, ()),
        ("immigration_office", "", ()),
        ("immigration_office", "09162000", ()),
    ],
)
def test_who_it_is_follows_from_the_standing(service: str, ags: str, expected: tuple[str, ...]) -> None:
    assert bodies(service, ags) == expected


def test_every_municipality_has_a_standing_and_an_answer() -> None:
    known, all_of_them = responsibilities(), municipalities()
    counted = Counter(known.standing_of(one) for one in all_of_them)
    assert counted[MunicipalStanding.FREE] == 22
    assert counted[MunicipalStanding.REGION_TOWN] == 1
    assert counted[MunicipalStanding.LARGE] == 35
    assert counted[MunicipalStanding.MIDDLE] == 132
    assert counted.total() == 396
    for level in known.rule:
        for one in all_of_them:
            found = responsible("", level, one.ags)
            assert found is not None
            assert 1 <= len(found.bodies) <= 2
            assert all(found.bodies)
            assert not found.checked  # until somebody has compared it with the law


def test_the_rules_are_of_levels_that_services_have() -> None:
    levels = resources.read_toml(BASE)["responsible"]
    assert responsibilities().rule.keys() <= levels.keys()


@pytest.mark.parametrize(("ags", "form"), [(HEEK, "option"), (KOELN, "joint"), ("05113000", "option")])
def test_what_kind_of_body_the_jobcenter_is(ags: str, form: str) -> None:
    found = responsible("jobcenter", "district", ags)
    assert found is not None
    assert found.form == form


def test_there_are_eighteen_licensed_municipal_providers() -> None:
    (form,) = responsibilities().form
    assert len(form.kreise) == 18


def told(desk: Desk, service: str, ags: str) -> str:
    return offices.who(local_offices.responsible_for(desk, service, ags))


def test_what_is_said_of_it(desk: Desk) -> None:
    assert told(desk, "immigration_office", AHAUS) == "Zuständig: Kreis Borken"
    assert told(desk, "youth_office", AHAUS).endswith("Ahaus oder Kreis Borken\u00a0– bitte klären")
    assert "örtlich verschieden" in told(desk, "education_participation", AHAUS)
    assert told(desk, "child_benefit", AHAUS) == "Zuständig: Bund"
    assert "noch keine Gemeinde" in told(desk, "youth_office", "")


def test_what_was_noted_once_is_said_for_that_place_alone(desk: Desk) -> None:
    local_offices.note_office(desk, "immigration_office", BOCHOLT, HERE)
    found = local_offices.responsible_for(desk, "immigration_office", BOCHOLT)
    assert found.noted == HERE
    assert told(desk, "immigration_office", BOCHOLT) == "Zuständig: Ausländeramt Bocholt"
    assert offices.reached(found) == "Berliner Platz 1, 46395 Bocholt · 02871 9530"
    assert told(desk, "immigration_office", AHAUS) == "Zuständig: Kreis Borken"
    assert told(desk, "naturalisation_office", BOCHOLT) == "Zuständig: Bocholt"
    assert "Zuständige Stelle vermerkt" in [line.words for line in trail.page(desk, trail.Filter()).lines]
    local_offices.note_office(desk, "immigration_office", BOCHOLT, LocalOffice(name="  "))
    assert told(desk, "immigration_office", BOCHOLT) == "Zuständig: Bocholt"


def test_a_later_referral_goes_to_the_noted_office_unless_another_is_named(desk: Desk, case: Case) -> None:
    local_offices.note_office(desk, "jobcenter", case.ags, LocalOffice(name="Jobcenter am Markt"))

    def prepared(service: str, agency: str) -> str:
        made = referrals.prepare(
            desk, case.id, service, agency=agency, purpose="benefits", override_reason="eilig"
        )
        return made.agency

    assert prepared("jobcenter", "") == "Jobcenter am Markt"
    assert prepared("jobcenter", "Anderes") == "Anderes"
    assert prepared("social_office", "") == ""


def test_a_service_nobody_knows_and_a_text_nobody_stores_are_refused(desk: Desk) -> None:
    with pytest.raises(ContentError, match="E700"):
        local_offices.note_office(desk, "no_such_service", BOCHOLT, HERE)
    with pytest.raises(ContentError, match="E708"):
        local_offices.note_office(desk, "jobcenter", BOCHOLT, LocalOffice(name="\x00"))
    assert local_offices.responsible_for(desk, "jobcenter", BOCHOLT).noted is None
