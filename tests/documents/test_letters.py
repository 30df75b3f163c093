"""Letters say what the case holds and the law gives, and nothing else."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from kimdesk.casework import cases, referrals
from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import StoreError
from kimdesk.domain.records import Consent, Member, Person, RegimeSpell
from kimdesk.domain.terms import ItemState, Role, SharingLevel
from tests.documents.letter_kit import CLIENT, Bench, known_desk, open_case


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all; each test has its own case."""
    with known_desk(tmp_path_factory.mktemp("letters") / "vault") as made:
        yield made


@pytest.fixture
def at(desk: Desk) -> Bench:
    """A case of Amna Osman."""
    return Bench(desk, open_case(desk))


def _household(at: Bench, name: str, role: Role, born: PartialDate | None = None) -> Person:
    person = at.keep(Person(family_name="Osman", given_names=name, birth_date=born))
    at.keep(Member(case_id=at.case.id, person_id=person.id, role=role))
    return person


def test_it_is_the_clients_own_and_the_municipality_forwards_it(at: Bench) -> None:
    referral = at.referral()
    text = at.said("deadline-application", referral)
    assert "Antrag für Amna Osman: Grundsicherungsgeld (SGB II)" in text
    assert "Weiterleitung nach § 16 Abs. 2 SGB I" in text
    assert "Eingang bei der Gemeinde" in text
    assert re.search(r"Mo\., 30\.11\.2026, (\d\d:\d\d|______) Uhr", text)
    assert "Frau Amna Osman hat am 30.11.2026 bei uns einen Antrag gestellt" in text
    assert "wirkt damit auf den 01.11.2026 zurück (§ 37 Abs. 2 Satz 2 SGB II)" in text
    assert all(line in text for line in ("Jobcenter Auental", "Brückenweg 20", "05912 Lippbrück"))
    assert "Ich stelle diesen Antrag." in text
    assert "für Gemeinde Eschenried" in text


def test_it_needs_no_consent_for_she_signs_herself(at: Bench) -> None:
    bare = at.keep(replace(at.referral(), override_reason=""))
    assert at.made("deadline-application", bare).names_client
    at.refused("E850", "referral-letter", bare)


def test_it_says_what_is_there_and_what_follows(at: Bench) -> None:
    referral = referrals.set_item(at.desk, at.referral(), "main_application", ItemState.PRESENT)
    enclosed, _, following = at.said("deadline-application", referral).partition("Wird nachgereicht")
    assert "Liegt bei" in enclosed
    assert "Hauptantrag" in enclosed + following
    for entry in referral.checklist:
        label = SHIPPED.service("jobcenter").item(entry.item)
        assert label
        if label.when and "by_hand" in str(label.when) and entry.state is ItemState.MISSING:
            assert label.label not in enclosed + following


def test_nothing_is_enclosed_that_is_not_there(at: Bench) -> None:
    assert "Liegt bei" not in at.said("deadline-application", at.referral())


def test_it_names_the_household_where_the_office_looks_at_it(at: Bench) -> None:
    _household(at, "Tarig", Role.PARTNER, PartialDate(1988, 7, 2))
    _household(at, "Lina", Role.CHILD)
    _household(at, "Omar", Role.RELATIVE, PartialDate(1990, 1, 1))
    text = at.said("deadline-application", at.referral())
    assert "für sich und die unten genannten Personen" in text
    assert "Tarig Osman 02.07.1988 Partner*in" in text
    assert "Lina Osman noch nicht erfasst Kind" in text
    assert "Omar" not in text
    alone = at.said("deadline-application", at.referral("pension_insurance"))
    assert "Tarig" not in alone
    assert "unten genannten" not in alone


def test_what_was_paid_before_is_said_when_one_benefit_ended_lately(at: Bench) -> None:
    referral = at.referral()
    assert "Bisherige Leistung" not in at.said("deadline-application", referral)
    spell = RegimeSpell(
        case_id=at.case.id, person_id=at.client.id, regime="asylblg_basic", ends_on=date(2026, 10, 31)
    )
    at.keep(spell)
    text = at.said("deadline-application", referral)
    assert "Bisherige Leistung: AsylbLG" in text
    assert "beendet zum 31.10.2026" in text
    at.keep(replace(spell, regime="wohngeld", ends_on=date(2026, 11, 10)))
    assert "Bisherige Leistung" not in at.said("deadline-application", referral)


def test_that_the_office_may_answer_us_needs_a_consent_both_ways(at: Bench) -> None:
    kinds = SHIPPED.service("jobcenter").information_kinds
    consent = at.keep(
        Consent(
            case_id=at.case.id,
            recipient="jobcenter",
            purpose="benefits",
            kinds=kinds,
            given_on=date(2026, 10, 1),
            level=SharingLevel.IDENTIFIED,
            valid_until=date(2027, 4, 6),
        )
    )
    referral = at.referral()
    assert "dass Sie uns dazu Auskunft geben" not in at.said("deadline-application", referral)
    at.keep(replace(consent, mutual=True))
    assert "die Einwilligung gilt bis 06.04.2027" in at.said("deadline-application", referral)


def test_asylblg_counts_from_knowledge_and_promises_no_date_of_an_application(at: Bench) -> None:
    text = at.said("deadline-application", at.referral("asylblg_office"))
    assert "Der Bedarf ist der Gemeinde damit bekannt" in text
    assert "§ 6b AsylbLG" in text
    assert "§ 16" not in text
    assert "Vorschuss" not in text


@pytest.mark.parametrize("service", ["child_benefit", "immigration_office", "naturalisation_office", "mbe"])
def test_where_paragraph_16_does_not_hold_there_is_no_such_letter(at: Bench, service: str) -> None:
    at.refused("E844", "deadline-application", at.referral(service))


def test_an_advance_is_asked_for_by_the_client(at: Bench) -> None:
    text = at.said("advance-request", at.referral())
    assert text.startswith("Amna Osman")
    assert "Brunnenweg 3" in text
    assert "spätestens nach Ablauf eines Kalendermonats" in text
    assert "§ 41a Abs. 1 SGB II" in text
    assert "Miriam Kessler" not in text
    assert "0171 22" not in text
    assert "§ 41a" not in at.said("advance-request", at.referral("housing_benefit"))


@pytest.mark.parametrize("service", ["asylblg_office", "child_benefit", "health_insurance"])
def test_there_is_none_where_no_money_of_social_law_is_paid(at: Bench, service: str) -> None:
    at.refused("E846", "advance-request", at.referral(service))


@pytest.mark.parametrize(
    ("service", "law"),
    [
        ("jobcenter", "§ 25 SGB X"),
        ("immigration_office", "§ 29 VwVfG NRW"),
        ("asylblg_office", "§ 29 VwVfG NRW"),
        ("integration_course", "(§ 29 VwVfG)"),
        ("child_benefit", "Art. 15 Abs. 1 und 3 DSGVO"),
    ],
)
def test_files_are_seen_by_the_law_of_the_office(at: Bench, service: str, law: str) -> None:
    text = at.said("file-access", at.referral(service))
    assert law in text
    assert ("Einsicht in die Akten" in text) is (service != "child_benefit")


def test_an_answer_is_not_asked_for_by_a_day_that_has_passed(at: Bench) -> None:
    referral = at.keep(replace(at.referral(), answer_due_on=date(2026, 12, 21)))
    assert "bis zum 21.12.2026 Bescheid" in at.said("referral-letter", referral)
    assert "Bescheid" not in at.said("referral-letter", referral, date(2026, 12, 22))


def test_an_address_that_nobody_knows_is_not_made_up(desk: Desk) -> None:
    at = Bench(desk, open_case(desk, replace(CLIENT, street="", postcode="", city="")))
    text = at.said("file-access", at.referral())
    assert "Eschenried" not in text
    assert "Kirchplatz" not in text


def test_a_free_agency_has_no_files_of_an_authority(at: Bench) -> None:
    at.refused("E845", "file-access", at.referral("debt_counselling"))


def test_the_file_number_of_the_office_is_named_when_there_is_one(at: Bench) -> None:
    referral = at.referral()
    assert "Ihr Zeichen" not in at.said("file-access", referral)
    at.measure("Jobcenter Auental", "BG 4711")
    assert "Ihr Zeichen BG 4711" in at.said("file-access", referral)
    at.measure("Jobcenter Auental", "BG 4712")
    assert "Ihr Zeichen" not in at.said("file-access", referral)


def test_who_must_not_be_found_is_written_to_at_the_desk(desk: Desk) -> None:
    at = Bench(desk, open_case(desk, replace(CLIENT, protected=True)))
    text = at.said("file-access", at.referral())
    assert "bei: Gemeinde Eschenried" in text
    assert "Am Kirchplatz 1" in text
    assert "Brunnenweg" not in text


def test_a_case_without_a_name_has_no_letters(desk: Desk) -> None:
    at = Bench(desk, cases.open_new(desk, None))
    referral = at.referral()
    for name in ("referral-letter", "deadline-application", "advance-request", "file-access"):
        at.refused("E843", name, referral)


@pytest.mark.parametrize(
    "name",
    [
        "referral-letter",
        "deadline-application",
        "advance-request",
        "file-access",
        "objection",
        "fiction-certificate-request",
    ],
)
def test_a_record_that_is_not_there_is_refused(at: Bench, name: str) -> None:
    with pytest.raises(StoreError, match="E909"):
        at.made(name, "0198-nobody")


def test_papers_on_health_are_named_in_no_letter(at: Bench) -> None:
    for service in ("psychosocial_centre", "social_office", "refugee_counselling"):
        referral = at.referral(service)
        for entry in referral.checklist:
            referral = referrals.set_item(at.desk, referral, entry.item, ItemState.PRESENT)
        text = at.said("referral-letter", referral)
        assert not any(
            word in text.casefold() for word in ("attest", "pflegegrad", "schwerbehind", "erwerbsminderung")
        )


def test_an_arabic_name_turns_no_number_round(desk: Desk) -> None:
    at = Bench(desk, open_case(desk, replace(CLIENT, given_names="آمنة", family_name="عثمان")))
    referral = at.referral()
    text = at.said("deadline-application", referral)
    assert at.case.file_number in text
    assert "30.11.2026" in text
    assert "§ 37 Abs. 2 Satz 2 SGB II" in text
