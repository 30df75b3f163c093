"""Templates of chains: complete, dated, marked as unchecked, and German as German is set."""

import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

import resources
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.catalogue.chains import ChainTemplate, parse
from kimdesk.domain.errors import ContentError

DAY = date(2026, 11, 24)
CODES = {"first_orientation", "language_work", "school_entry", "recognition", "family_reunification"}


def texts(one: ChainTemplate) -> Iterator[str]:
    yield from (one.title, one.note, one.source)
    for link in one.links:
        yield from (link.title, link.fallback, link.note, *(step.text for step in link.steps))


def test_the_typical_chains_are_there_and_say_that_their_days_are_experience() -> None:
    assert {one.code for one in SHIPPED.templates(DAY)} >= CODES
    for one in SHIPPED.templates(DAY):
        assert not one.checked
        assert "Erfahrungswerte" in one.source
        assert len(one.links) >= 4
        assert any(link.requires for link in one.links)


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_template_is_set_as_german_is_set(code: str) -> None:
    for text in texts(SHIPPED.template(code)):
        assert not re.search(r"""["'`]|\.\.\.| - | –|§ |(Abs|Art|Nr)\. |\bSGB [IVX]|  |^ | $""", text), text


@pytest.mark.parametrize(
    ("paragraph", "code"),
    [
        ("§ 25 Abs. 1 AufenthG", "family_reunification"),
        ("§ 25 Abs. 2 Satz 1 Alt. 1 AufenthG", "family_reunification"),
        ("§ 25 Abs. 2 Satz 1 Alt. 2 AufenthG", "family_reunion_subsidiary"),
        ("§ 25 Abs. 3 AufenthG", "family_reunion_narrow"),
        ("§ 25a Abs. 1 AufenthG", "family_reunion_narrow"),
        ("§ 25b Abs. 1 AufenthG", "family_reunion_narrow"),
        ("§ 25 Abs. 4 AufenthG", "family_reunion_excluded"),
        ("§ 25 Abs. 5 AufenthG", "family_reunion_excluded"),
        ("§ 25a Abs. 2 AufenthG", "family_reunion_excluded"),
        ("§ 25b Abs. 4 AufenthG", "family_reunion_excluded"),
        ("§ 104c AufenthG", "family_reunion_excluded"),
        ("§ 26 Abs. 3 AufenthG", "family_reunion_other"),
    ],
)
def test_the_reunion_of_a_family_forks_by_the_title(paragraph: str, code: str) -> None:
    assert [one.code for one in SHIPPED.templates(DAY) if one.suits(paragraph)] == [code]


def test_where_the_alternative_is_not_said_both_are_offered() -> None:
    found = {one.code for one in SHIPPED.templates(DAY) if one.suits("§ 25 Abs. 2 AufenthG")}
    assert found == {"family_reunification", "family_reunion_subsidiary"}


def test_the_notice_comes_first_and_follows_the_rule_of_the_law() -> None:
    first = SHIPPED.template("family_reunification").links[0]
    assert (first.code, first.after, first.rule) == ("notice", 0, "family_reunion_3_months")
    [old] = [one for one in SHIPPED.templates(date(2026, 8, 18)) if one.code == "family_reunification"]
    assert old.links[0].code == "advice"


def test_dates_follow_from_the_day_the_chain_begins() -> None:
    course = next(link for link in SHIPPED.template("language_work").links if link.code == "course")
    assert course.dates(DAY) == (date(2027, 1, 23), date(2027, 9, 19))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("code", "other"),
        ("life_domain", "weather"),
        ("link.1.requires", ["nothing"]),
        ("link.1.after", 0),
        ("link.1.days", 0),
        ("link.1.code", "advice"),
        ("link.1.regime", "sgb99"),
        ("link.1.colour", "red"),
        ("link.0.step", [{"text": "x", "by": "nobody"}]),
        ("link.0.service", "nowhere"),
    ],
)
def test_a_broken_template_is_refused(place: str, value: object) -> None:
    table: dict[str, Any] = deepcopy(resources.read_toml("chains/recognition.toml"))
    assert parse(table, "recognition", SHIPPED).code == "recognition"
    *path, last = place.split(".")
    target: Any = table
    for part in path:
        target = target[int(part) if part.isdigit() else part]
    target[last] = value
    with pytest.raises(ContentError):
        parse(table, "recognition", SHIPPED)
