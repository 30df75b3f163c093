"""Further versions of forms ask less, and old answers keep the version they were given on."""

from typing import Any

import pytest

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.forms.answers import effective
from kimdesk.forms.progress import EntryState, progress
from kimdesk.forms.validate import problems

CHANGED = ("intake", "assessment", "evaluation")


def missing(form: str, answers: dict[str, Any], version: int | None = None, **counts: int) -> set[str]:
    found = problems(SHIPPED.form(form, version), answers, counts=counts, complete=True)
    return {one.path for one in found}


@pytest.mark.parametrize("name", CHANGED)
def test_the_earlier_version_stays_beside_the_newer_one(name: str) -> None:
    earlier, newest = SHIPPED.form(name, 1), SHIPPED.form(name)
    assert (earlier.version, newest.version) == (1, 2)
    assert earlier.valid_from < newest.valid_from


@pytest.mark.parametrize(("name", "section"), [("assessment", "domains"), ("evaluation", "changes")])
def test_what_was_not_discussed_is_no_gap_and_no_number(name: str, section: str) -> None:
    said = {section: {"health": {"not_discussed": True}}, "closing": {"reason": "goals_reached"}}
    assert f"{section}.health.scale" not in missing(name, said)
    assert f"{section}.housing.scale" in missing(name, said), "what nobody said is still asked for"
    assert progress(SHIPPED.form(name), said)[section].entries["health"] is EntryState.DONE
    assert "scale" not in effective(SHIPPED.form(name), said)[section]["health"]


def test_a_scale_that_was_given_counts_whatever_was_said_before() -> None:
    said = {"domains": {"housing": {"not_discussed": True, "scale": 4}}}
    assert effective(SHIPPED.form("assessment"), said)["domains"]["housing"] == {"scale": 4}


def test_nobody_is_made_to_say_anything_of_residence() -> None:
    paths = {"status.residence", "status.regimes", "household.members"}
    assert not paths & missing("assessment", {})
    assert paths <= missing("assessment", {}, version=1), "as it was asked before"


def test_an_anonymous_information_needs_no_paper_and_no_consent() -> None:
    said = {
        "request": {"request": "Krank ohne Papiere"},
        "information": {"recorded": "no"},
        "check": {"classification": "information"},
    }
    assert missing("intake", said) == set()
    assert "information.given_on" in missing("intake", {**said, "information": {"recorded": "yes"}})


def test_a_consent_is_asked_for_where_somebody_else_shall_know() -> None:
    said: dict[str, Any] = {
        "request": {"request": "Wohnung"},
        "information": {"recorded": "yes", "given_on": "2026-11-30", "language": "ara"},
        "check": {"classification": "case_management"},
        "consents": {"passing": "no"},
    }
    assert missing("intake", said, person=1) == set()
    assert missing("intake", {**said, "consents": {"passing": "yes"}}, person=1) == {"consents.consents"}
