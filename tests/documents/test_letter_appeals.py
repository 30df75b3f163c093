"""Letters on deadlines and titles: which appeal the law gives and to whom, what follows from a paper."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kimdesk.casework import phases
from kimdesk.casework.desk import Desk
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import FollowUp, ResidenceSpell
from kimdesk.domain.terms import FollowUpKind, Phase
from tests.documents.letter_kit import CLIENT, DAY, Bench, known_desk, open_case


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all; each test has its own case."""
    with known_desk(tmp_path_factory.mktemp("letters") / "vault") as made:
        yield made


@pytest.fixture
def at(desk: Desk) -> Bench:
    """A case of Amna Osman."""
    return Bench(desk, open_case(desk))


def _spell(at: Bench, **said: Any) -> str:
    usual: dict[str, Any] = {
        "status": "permit", "paragraph": "§ 25 Abs. 2", "valid_until": date(2026, 12, 15),
        "applied_on": date(2026, 11, 20),
    }  # fmt: skip
    return at.keep(ResidenceSpell(case_id=at.case.id, person_id=at.client.id, **(usual | said))).id


def test_it_names_application_and_title(at: Bench) -> None:
    text = at.said("fiction-certificate-request", _spell(at))
    assert "am 20.11.2026 habe ich bei Ihnen einen Aufenthaltstitel beantragt" in text
    assert "Aufenthaltserlaubnis § 25 Abs. 2, gültig bis 15.12.2026" in text
    assert "(§ 81 Abs. 5 AufenthG)" in text
    assert "unbilligen Härte" not in text
    assert "letzte Bescheinigung" not in text


def test_a_late_application_asks_for_more(at: Bench) -> None:
    spell = _spell(at, valid_until=date(2026, 11, 10))
    assert "§ 81 Abs. 4 Satz 3 AufenthG" in at.said("fiction-certificate-request", spell)


def test_a_certificate_that_was_issued_is_named(at: Bench) -> None:
    spell = _spell(at, status="fiction_81_4", certificate_on=date(2026, 11, 22))
    text = at.said("fiction-certificate-request", spell)
    assert "Die letzte Bescheinigung ist vom 22.11.2026" in text
    assert "Bisheriger Titel" not in text


def test_for_a_child_somebody_else_applied(desk: Desk) -> None:
    at = Bench(desk, open_case(desk, replace(CLIENT, birth_date=PartialDate(2014, 5, 19))))
    text = at.said("fiction-certificate-request", _spell(at))
    assert "für Amna Osman ein Aufenthaltstitel beantragt worden" in text


def test_without_an_application_there_is_none(at: Bench) -> None:
    at.refused("E837", "fiction-certificate-request", _spell(at, applied_on=None))
    at.refused("E837", "fiction-certificate-request", _spell(at, applied_on=date(2026, 12, 1)))


@pytest.mark.parametrize(
    "status", ["toleration_60a", "asylum_permission", "settlement_permit", "german", "none"]
)
def test_no_fiction_follows_from_other_papers(at: Bench, status: str) -> None:
    at.refused("E838", "fiction-certificate-request", _spell(at, status=status, paragraph=""))


def _deadline(at: Bench, rule: str, **said: Any) -> str:
    usual: dict[str, Any] = {
        "kind": FollowUpKind.DEADLINE, "title": "Widerspruch", "due_on": date(2026, 12, 14),
        "facts": {"dated_on": "2026-11-10", "delivered_on": "2026-11-12"},
    }  # fmt: skip
    return at.keep(FollowUp(case_id=at.case.id, rule=rule, **(usual | said))).id


@pytest.mark.parametrize(
    ("rule", "agency", "name"),
    [
        ("objection_social", "Jobcenter Auental", "Widerspruch"),
        ("objection_asylblg", "Sozialamt", "Widerspruch"),
        ("objection_admin", "Wohngeldstelle", "Widerspruch"),
        ("objection_school", "Gesamtschule", "Widerspruch"),
        ("objection_tax", "Familienkasse Nord", "Einspruch"),
    ],
)
def test_it_is_called_what_the_law_calls_it(at: Bench, rule: str, agency: str, name: str) -> None:
    about = at.measure(agency)
    text = at.said("objection", _deadline(at, rule, about=about))
    assert f"{name} gegen Ihren Bescheid vom 10.11.2026" in text
    assert f"lege ich {name} ein" in text
    assert "Die Begründung reiche ich nach" in text
    assert "Ihr Zeichen BG 4711" in text
    assert agency in text
    assert "12.11.2026" not in text
    assert ("Einspruch" if name == "Widerspruch" else "Widerspruch") not in text


@pytest.mark.parametrize(
    "rule", ["lawsuit_asylum", "lawsuit_asylum_urgent", "lawsuit_admin", "lawsuit_social"]
)
def test_where_the_law_gives_a_lawsuit_alone_it_is_refused(at: Bench, rule: str) -> None:
    about = at.measure("Jobcenter Auental")
    at.refused("E833", "objection", _deadline(at, rule, about=about))


@pytest.mark.parametrize(
    "agency", ["BAMF", "Bundesamt für Migration und Flüchtlinge", "Ausländerbehörde Kreis Auental"]
)
def test_no_objection_goes_to_an_office_against_which_there_is_none(at: Bench, agency: str) -> None:
    about = at.measure(agency)
    at.refused("E833", "objection", _deadline(at, "objection_admin", about=about))


def test_the_notice_of_the_case_says_whose_it_is(at: Bench) -> None:
    notice = {
        "agency": "Jobcenter Auental",
        "subject": "Miete",
        "kind": "rejected",
        "dated_on": "2026-11-10",
    }
    _notices(at, notice)
    title = "Widerspruch einlegen: Jobcenter Auental, Miete"
    deadline = _deadline(at, "objection_social", title=title, facts={})
    text = at.said("objection", deadline)
    assert "vom 10.11.2026" in text
    assert "Brückenweg 20" in text
    assert "Miete" not in text


def test_two_notices_of_one_name_are_not_guessed(at: Bench) -> None:
    notice = {"agency": "Jobcenter Auental", "subject": "Miete", "kind": "rejected"}
    _notices(at, {**notice, "dated_on": "2026-11-10"}, {**notice, "dated_on": "2026-11-20"})
    title = "Widerspruch einlegen: Jobcenter Auental, Miete"
    at.refused("E834", "objection", _deadline(at, "objection_social", title=title, facts={}))
    facts = {"dated_on": "2026-11-20"}
    told = _deadline(at, "objection_social", title=title, facts=facts)
    assert "vom 20.11.2026" in at.said("objection", told)


def test_that_an_objection_suspends_nothing_is_said_beside_it_and_not_on_it(at: Bench) -> None:
    about = at.measure("Jobcenter Auental")
    facts = {"dated_on": "2026-11-10", "delivered_on": "2026-11-12", "delivery": "personal"}
    cut = _deadline(at, "objection_social", about=about, facts={**facts, "decision": "sgb2_ended"})
    assert "Sozialgericht" in at.made("objection", cut).beside
    assert "Sozialgericht" not in at.said("objection", cut)
    for unclear in (facts, {"dated_on": "2026-11-10"}):
        deadline = _deadline(at, "objection_social", about=about, facts=unclear)
        assert "bitte klären" in at.made("objection", deadline).beside


def test_a_deadline_that_was_called_otherwise_is_known_by_its_days(at: Bench) -> None:
    notice = {"agency": "Jobcenter Auental", "subject": "Miete", "kind": "rejected", "dated_on": "2026-11-10"}
    _notices(at, {**notice, "delivered_on": "2026-11-12"}, {**notice, "agency": "Sozialamt"})
    assert "Jobcenter Auental" in at.said("objection", _deadline(at, "objection_social"))
    at.refused("E834", "objection", _deadline(at, "objection_social", facts={}))


def test_what_is_not_known_is_refused(at: Bench) -> None:
    about = at.measure("Jobcenter Auental")
    at.refused("E834", "objection", _deadline(at, "objection_social"))
    at.refused("E835", "objection", _deadline(at, "objection_social", about=about, facts={}))
    at.refused("E836", "objection", _deadline(at, "sgb2_application", about=about))
    at.refused("E836", "objection", _deadline(at, "", about=about))


def test_on_the_last_day_it_keeps_the_deadline_and_after_it_no_more(at: Bench) -> None:
    about = at.measure("Jobcenter Auental")
    deadline = _deadline(at, "objection_social", about=about)
    assert at.made("objection", deadline, date(2026, 12, 14)).data
    at.refused("E839", "objection", deadline, date(2026, 12, 15))


def _notices(at: Bench, *notices: dict[str, str]) -> None:
    with at.desk.writing() as writer:
        entry = phases.begin(writer, at.desk.catalogue, at.case.id, Phase.COORDINATION, DAY)
        writer.put(replace(entry, answers={"notices": list(notices)}))
