"""Worked persons of the screening: each gives the light and the days a lawyer can read in the file."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kimdesk.casework.screening_facts import facts_of
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.screening.engine import screen
from kimdesk.domain.screening.result import Screened

FILE: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "screening_persons.toml").read_text(encoding="utf-8")
)
DAYS = ("earliest", "last_day", "second_earliest", "granted_from")


def plain(value: Any) -> Any:
    """Return a table of TOML as JSON would say it: days in ISO."""
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def expected() -> list[Any]:
    return [
        pytest.param(person["facts"], each, id=f"{person['id']} {each['rule']} {each.get('on', '')}".strip())
        for person in FILE["person"]
        for each in person["expect"]
    ]


@pytest.mark.parametrize(("facts", "said"), expected())
def test_a_worked_person_has_light_and_days(facts: dict[str, Any], said: dict[str, Any]) -> None:
    today = said.get("on", FILE["today"])
    found = screen(facts_of(plain(facts)), SHIPPED.rules.screening, today).of(said["rule"])
    assert found.light == said["light"], found
    for name in ("lack", "urgent", "paragraph"):
        assert getattr(found, name) == said.get(name, getattr(found, name)), found
    for name in DAYS:
        if name in said:
            assert (getattr(found, name) or "") == said[name], (name, found)
    assert {each: _line(found, each).state for each in said.get("lines", {})} == said.get("lines", {})
    assert {each: _line(found, each).day for each in said.get("days", {})} == said.get("days", {})
    _further(found, said, today)


def _further(found: Screened, said: dict[str, Any], today: date) -> None:
    for name, day in said.get("days_until", {}).items():
        assert _line(found, name).why.facts["day"] == day
    if "alarm" in said:
        assert any(one.code == said["alarm"] and one.day <= today <= one.about for one in found.alarms)
    if "without" in said:
        assert _line(found, "residence").why.facts["without"] == said["without"]


def _line(found: Screened, name: str) -> Any:
    return next(one for one in found.conditions if one.id == name)


def test_every_worked_person_is_there() -> None:
    numbers = {int(person["id"].split()[0][1:]) for person in FILE["person"]}
    assert numbers == set(range(1, 37))
