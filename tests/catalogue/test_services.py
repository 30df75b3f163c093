"""The catalogue of services: every target of a referral, its checklist, its versions."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
import qtawesome

import resources
from kimdesk.catalogue.catalogue import SHIPPED, Catalogue
from kimdesk.catalogue.services import BASE, Service, base, parse
from kimdesk.domain.errors import ContentError
from kimdesk.domain.needs.conditions import Group, Need, Somebody
from tests.catalogue.layer_kit import layer, table

SHARED = base(resources.read_toml(BASE))
DAY = date(2026, 11, 24)
TARGETS = {
    "jobcenter", "employment_agency", "youth_office", "social_office", "asylblg_office",
    "housing_benefit", "child_benefit", "health_insurance", "integration_course", "recognition",
    "school_entry", "childcare", "mbe", "jmd", "refugee_counselling", "debt_counselling",
    "womens_protection", "psychosocial_centre", "immigration_office", "naturalisation_office",
    "child_supplement", "registry_office", "registration_office", "parental_allowance",
    "education_participation", "housing_office", "homelessness", "tenants_advice", "student_grant",
    "vocational_grant", "disability_office", "eutb", "health_office", "uninsured_care",
    "addiction_counselling", "care_fund", "pension_insurance", "pregnancy_counselling", "early_help",
    "family_counselling", "family_tracing", "legal_aid", "integration_agency", "anti_discrimination",
    "consulate", "school_authority", "migrant_organisation", "volunteering", "language_cafe",
    "orientation_course", "job_language_course", "driving_licence", "consumer_advice",
}  # fmt: skip
NOWHERE = {
    "code", "version", "icon", "regime", "responsible", "purposes", "information_kinds", "include",
    "life_domain",
}  # fmt: skip


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


def test_a_version_that_has_ended_brings_no_older_one_back() -> None:
    path = "services/jobcenter.toml"
    ended = Catalogue((layer({path: table(path, valid_until="2026-09-30")}),))
    assert "jobcenter" not in [one.code for one in ended.services(DAY)]
    assert "jobcenter" in [one.code for one in ended.services(date(2026, 9, 30))]


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


@pytest.mark.parametrize("entry", every_version(), ids=lambda entry: f"{entry.code}-{entry.version}")
def test_every_condition_of_a_line_is_one_for_the_program_too(entry: Service) -> None:
    assert [item.code for item in entry.items if item.condition and not item.when] == []


def test_every_condition_of_a_change_is_one_for_the_program_too() -> None:
    items = ((one.code, item) for one in SHIPPED.change_lists for item in one.items)
    assert [(code, item.code) for code, item in items if item.condition and not item.when] == []


def test_what_nobody_has_checked_says_so() -> None:
    assert not SHIPPED.service("youth_office").checked
    assert SHIPPED.service("naturalisation_office").checked
    bamf = SHIPPED.service("jobcenter", 2).item("bamf_decision")
    assert bamf is not None
    assert not bamf.checked


def test_only_protection_from_violence_asks_for_the_safe_contact() -> None:
    assert [entry.code for entry in SHIPPED.services(DAY) if entry.safe_contact_only] == ["womens_protection"]


def test_the_law_that_counts_is_that_of_the_day() -> None:
    old, new = SHIPPED.service("jobcenter", on=date(2026, 6, 30)), SHIPPED.service("jobcenter", on=DAY)
    assert (old.version, new.version) == (1, 3)
    assert not any("20.000" in item.note for item in old.items)
    (assets,) = (item for item in new.items if item.code.startswith("annex_vm"))
    assert all(sum_ in assets.note for sum_ in ("5.000", "10.000", "12.500", "20.000"))
    assert SHIPPED.service("asylblg_office", on=date(2026, 6, 11)).version == 1
    assert "volle Gesundheitsversorgung" in SHIPPED.service("asylblg_office", on=date(2026, 6, 12)).hint


@pytest.mark.parametrize(
    "code", ["jobcenter", "social_office", "housing_benefit", "child_benefit", "asylblg_office"]
)
def test_no_paper_that_can_follow_holds_an_application_back(code: str) -> None:
    held = {item.code for item in SHIPPED.service(code, on=DAY).items if item.mandatory}
    assert not held & {"registration", "tax_id", "bank_account", "bank_account_optional", "health_insurance"}


@pytest.mark.parametrize(
    ("code", "item", "words"),
    [
        ("immigration_office", "digital_photo", "elektronisch"),
        ("immigration_office", "fiction_request", "81"),
        ("immigration_office", "fee_exemption", "53"),
        ("naturalisation_office", "fee", "255"),
        ("naturalisation_office", "title", "Aufenthaltstitel"),
        ("integration_course", "cost_exemption_2026", "9"),
        ("health_insurance", "fund_choice", "Wahl der Kasse"),
        ("child_supplement", "application", "Kinderzuschlag"),
        ("womens_protection", "information_block_2y", "zwei Jahre"),
    ],
)
def test_what_the_law_of_august_2026_asks_for(code: str, item: str, words: str) -> None:
    found = SHIPPED.service(code, on=DAY).item(item)
    assert found is not None
    assert words in found.label


def test_payslips_are_asked_of_employees_only() -> None:
    paper = SHIPPED.service("naturalisation_office", on=DAY).item("income_proof")
    assert paper is not None
    assert not paper.mandatory


NEVER = re.compile(
    r"religi|glaube|konfession|kirche|politi|partei|fluchtgeschichte|fluchtgrund|fluchtweg|schleus|"
    r"vorstraf|straftat|verurteil|führungszeugnis|hiv|diagnose|sexuel|schwul|lesb|telefonnummer",
    re.IGNORECASE,
)


@pytest.mark.parametrize("entry", SHIPPED.services(DAY), ids=lambda entry: entry.code)
def test_a_line_never_asks_what_no_office_needs(entry: Service) -> None:
    assert not [
        item.label for item in entry.items if NEVER.search(f"{item.label} {item.condition} {item.note}")
    ]
    if "health" in entry.information_kinds:
        assert "health" in entry.purposes


@pytest.mark.parametrize("entry", SHIPPED.services(DAY), ids=lambda entry: entry.code)
def test_every_service_stands_in_an_area_of_life_and_is_found_by_everyday_words(entry: Service) -> None:
    assert entry.life_domain in SHIPPED.code_list("life_domain")
    assert entry.also
    assert len(entry.hint) > 20
    assert entry.checked or "ungeprüft" in entry.source or entry.source.startswith("Allgemeines Fachwissen")


def test_a_paper_is_called_as_the_scan_that_proves_it() -> None:
    """A scan serves every checklist that asks for its kind (document_kind), by the same code."""
    kinds = {one.label: one.code for one in SHIPPED.code_list("document_kind").codes}
    papers = [item for one in SHIPPED.services(DAY) for item in one.items]
    assert [one.code for one in papers if kinds.get(one.label, one.code) != one.code] == []


def test_at_least_forty_services_stand_in_every_area_of_life() -> None:
    offered = SHIPPED.services(DAY)
    assert len(offered) >= 40
    assert {one.life_domain for one in offered} == {
        one.code for one in SHIPPED.code_list("life_domain").codes
    }


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


KIND_OF_FACT = {
    "nationality": "person", "protection": "person", "status": "residence", "paragraph": "residence",
    "employment": "residence", "asylum": "residence", "benefit": "regimes", "insurance": "regimes",
    "course": "regimes", "school": "regimes", "work": "regimes", "role": "household", "relation": "household",
}  # fmt: skip
BEYOND = {
    ("addiction_counselling", "childcare_need"),
    ("child_benefit", "school_proof"),
    ("childcare", "fee_exemption"),
    ("consulate", "safe_to_go"),
    ("health_office", "check_up_booklet"),
    ("job_language_course", "childcare_need"),
    ("language_cafe", "childcare_need"),
    ("mbe", "course_papers"),
    ("naturalisation_office", "marriage_certificate"),
    ("orientation_course", "childcare_need"),
    ("parental_allowance", "employer_statement"),
    ("pension_insurance", "birth_certificates"),
    ("psychosocial_centre", "cost_coverage"),
    ("recognition", "funding"),
    ("school_authority", "counselling_result"),
    ("school_authority", "school_reports"),
    ("vocational_grant", "lease"),
}
"""Lines that turn on something the office is not told: only the paper shows it, and the client brings it."""


def kinds_asked(need: Need) -> set[str]:
    if isinstance(need, Somebody):
        found = {KIND_OF_FACT[one.fact] for one in need.tests if one.fact in KIND_OF_FACT}
        found |= {"residence"} if (need.from_stay, need.under_stay) != (None, None) else set()
        return found | (set() if need.who is Group.CLIENT else {"household"})
    return {kind for part in getattr(need, "parts", ()) for kind in kinds_asked(part)}


def test_a_line_turns_on_nothing_the_office_is_not_told_but_where_that_is_known() -> None:
    found = {
        (service.code, item.code)
        for service in SHIPPED.services(DAY)
        for item in service.items
        if item.when and kinds_asked(item.when.meaning) - set(service.information_kinds)
    }
    assert found == BEYOND
