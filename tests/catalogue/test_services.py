"""The catalogue of services: every target of a referral, its checklist, its versions."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
import qtawesome

import resources
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.catalogue.services import BASE, Service, base, parse
from kimdesk.domain.errors import ContentError

SHARED = base(resources.read_toml(BASE))
DAY = date(2026, 11, 24)
TARGETS = {
    "jobcenter", "employment_agency", "youth_office", "social_office", "asylblg_office", "housing_benefit",
    "child_benefit", "health_insurance", "integration_course", "recognition", "school_entry", "childcare",
    "mbe", "jmd", "refugee_counselling", "debt_counselling", "womens_protection", "psychosocial_centre",
    "immigration_office", "naturalisation_office", "child_supplement", "registry_office", "registration_office",
    "parental_allowance", "education_participation", "housing_office", "homelessness", "tenants_advice",
    "student_grant", "vocational_grant", "disability_office", "eutb", "health_office", "uninsured_care",
    "addiction_counselling", "care_fund", "pension_insurance", "pregnancy_counselling", "early_help",
    "family_counselling", "family_tracing", "legal_aid", "integration_agency", "anti_discrimination", "consulate",
    "school_authority", "migrant_organisation", "volunteering", "language_cafe", "orientation_course",
    "job_language_course", "driving_licence", "consumer_advice",
}  # fmt: skip
NOWHERE = {
    "code",
    "version",
    "icon",
    "regime",
    "responsible",
    "purposes",
    "information_kinds",
    "include",
    "life_domain",
}


def every_version() -> list[Service]:
    names = (path.removeprefix("services/").removesuffix(".toml") for path in resources.names("services"))
    return [
        parse(resources.read_toml(f"services/{name}.toml"), name, SHARED, SHIPPED)
        for name in names
        if name != "base"
    ]


def test_every_target_of_a_referral_is_offered_jobcenter_first() -> None:
    offered = [entry.code for entry in SHIPPED.services(DAY)]
    assert set(offered) == TARGETS
    assert len(offered) == len(TARGETS)
    assert offered[0] == "jobcenter"


def test_an_old_checklist_still_shows_the_names_it_was_made_with() -> None:
    old, new = SHIPPED.service("jobcenter", 1), SHIPPED.service("jobcenter", 2)
    assert "Bürgergeld" in old.offer
    assert "Grundsicherungsgeld" in new.offer
    assert {entry.version for entry in SHIPPED.services(date(2026, 6, 30)) if entry.code == "jobcenter"} == {
        1
    }
    assert {entry.version for entry in SHIPPED.services(date(2026, 7, 1)) if entry.code == "jobcenter"} == {3}


def test_the_base_set_comes_first_and_a_conditional_item_says_when() -> None:
    jobcenter = SHIPPED.service("jobcenter", 2)
    assert [item.code for item in jobcenter.items[:4]] == [
        "identity",
        "registration",
        "tax_id",
        "bank_account",
    ]
    wep = jobcenter.item("annex_wep")
    assert wep is not None
    assert not wep.mandatory
    assert wep.condition == "weitere Person ab 15 Jahren im Haushalt"
    application = jobcenter.item("main_application")
    assert application is not None
    assert application.mandatory
    assert jobcenter.item("no_such_paper") is None


def test_what_nobody_has_checked_says_so() -> None:
    assert not SHIPPED.service("youth_office").checked
    assert SHIPPED.service("naturalisation_office").checked
    bamf = SHIPPED.service("jobcenter", 2).item("bamf_decision")
    assert bamf is not None
    assert not bamf.checked


def test_only_protection_from_violence_asks_for_the_safe_contact() -> None:
    assert [entry.code for entry in SHIPPED.services(DAY) if entry.safe_contact_only] == ["womens_protection"]


def test_who_is_responsible_is_said_in_german() -> None:
    assert SHIPPED.service("jobcenter").responsible_label == "Kreis"
    assert SHIPPED.service("housing_benefit").responsible_label == "Gemeinde"


@pytest.mark.parametrize("entry", every_version(), ids=lambda entry: f"{entry.code}-{entry.version}")
def test_every_code_of_a_service_stands_in_its_list(entry: Service) -> None:
    assert not entry.regime or entry.regime in SHIPPED.code_list("legal_regime")
    assert all(purpose in SHIPPED.code_list("consent_purpose") for purpose in entry.purposes)
    assert all(kind in SHIPPED.code_list("information_kind") for kind in entry.information_kinds)
    assert len(entry.items) >= 4


def test_every_icon_exists() -> None:
    fonts = Path(qtawesome.__file__).parent / "fonts"
    known = json.loads(next(fonts.glob("phosphor-charmap-*.json")).read_text())
    assert {entry.icon for entry in every_version()} <= set(known)


@pytest.mark.parametrize("path", list(resources.names("services")))
def test_german_typography(path: str) -> None:
    text = "\n".join(line for line in resources.read_text(path).splitlines() if not line.startswith("#"))
    texts = " ".join(line for line in text.splitlines() if line.partition(" = ")[0] not in NOWHERE)
    assert not re.search(r"§ |\bSGB [IVX]|(Abs|Art|Nr)\. \d| –|[a-zäöüß]'[a-z]", texts)


@pytest.mark.parametrize(
    "change",
    [
        {"colour": "red"},
        {"code": "other"},
        {"include": ["no_such_base_item"]},
        {"responsible": "nobody"},
        {"purposes": []},
        {"purposes": ["no_such_purpose"]},
        {"regime": "no_such_regime"},
        {"information_kinds": ["no_such_kind"]},
        {"answer_days": "soon"},
        {"item": [{"code": "a", "label": "A"}, {"code": "a", "label": "B"}]},
        {"item": [{"code": "a", "label": "A", "obligatory": True}]},
    ],
)
def test_a_broken_service_is_refused(change: dict[str, object]) -> None:
    table = {**resources.read_toml("services/mbe.toml"), **change}
    with pytest.raises(ContentError) as refusal:
        parse(table, "mbe", SHARED, SHIPPED)
    assert refusal.value.code == "E700"


@pytest.mark.parametrize("version", [None, 99])
def test_an_unknown_service_or_version_is_refused(version: int | None) -> None:
    with pytest.raises(ContentError):
        SHIPPED.service("no_such_service" if version is None else "jobcenter", version)
