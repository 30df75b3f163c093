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
