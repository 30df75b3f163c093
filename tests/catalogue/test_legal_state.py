"""What contents say of themselves: nothing counts as checked that does not say so, nothing is left out."""

import re
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import resources
from kimdesk.catalogue import legal_state
from kimdesk.catalogue.catalogue import SHIPPED, Catalogue
from kimdesk.catalogue.layers import Layer, Origin
from kimdesk.catalogue.legal_state import Reliance, Stated, Time, _in_words
from kimdesk.domain.law.periods import Length, Unit

DAY = date(2026, 11, 30)
HALF_A_YEAR = Length(count=6, unit=Unit.MONTHS)


def _stated(catalogue: Catalogue = SHIPPED, on: date = DAY) -> tuple[Stated, ...]:
    return legal_state.stated(catalogue.stack, on, HALF_A_YEAR)


def _of_layer(**table: Any) -> Stated:
    document = {"source": "§ 1 BGB", "title": "Probe", **table}
    layer = Layer(
        name="Kreis", origin=Origin.KREIS, version=1, valid_from=date(2026, 1, 1),
        documents={"services/probe.toml": document},
    )  # fmt: skip
    return next(one for one in _stated(Catalogue((layer,), DAY)) if one.code == "probe")


def test_every_document_with_a_source_is_listed() -> None:
    listed = {one.code.partition("/")[0] for one in _stated()} | {one.group for one in _stated()}
    root = Path(resources.__file__).parent
    missing = [
        str(path.relative_to(root))
        for path in sorted(root.rglob("*.toml"))
        if "\nsource = " in f"\n{path.read_text(encoding='utf-8')}"
        and path.stem.partition("@")[0] not in listed
        and path.relative_to(root).parts[0] not in {"practice", "texts", "theme", "editing", "steering"}
        and path.parent.name != "archive"  # an earlier version, as old answers were given on it
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("table", "reliance"),
    [
        ({"checked": True}, Reliance.CHECKED),
        ({"checked": False}, Reliance.UNCHECKED),
        ({}, Reliance.UNCHECKED),
        ({"checked": "yes"}, Reliance.UNCHECKED),
        ({"source": "Eigener Vorschlag"}, Reliance.OWN),
        ({"source": "Eigener Vorschlag nach § 66 SGG"}, Reliance.UNCHECKED),
        ({"source": "Eigener Vorschlag", "checked": True}, Reliance.OWN),
    ],
)
def test_checked_is_only_what_says_so(table: dict[str, Any], reliance: Reliance) -> None:
    assert _of_layer(**table).reliance is reliance


@pytest.mark.parametrize(
    ("source", "state", "time"),
    [
        ("§ 1 BGB, Stand 19.08.2026", date(2026, 8, 19), Time.IN_FORCE),
        ("§ 1 BGB, Stand\u00a030.05.2026", date(2026, 5, 30), Time.IN_FORCE),
        ("§ 1 BGB, Stand 29.05.2026", date(2026, 5, 29), Time.OLD),
        ("§ 1 BGB, Stand 31.02.2026", None, Time.IN_FORCE),
        ("§ 1 BGB", None, Time.IN_FORCE),
    ],
)
def test_the_state_of_the_law_grows_old(source: str, state: date | None, time: Time) -> None:
    one = _of_layer(source=source, checked=True)
    assert (one.state, one.time) == (state, time)
    assert one.to_do is (time is Time.OLD)


@pytest.mark.parametrize(
    ("days", "time"),
    [
        ({"valid_until": "2026-11-29"}, Time.PASSED),
        ({"valid_until": "2026-11-30"}, Time.IN_FORCE),
        ({"valid_from": "2026-12-01"}, Time.COMING),
        ({"valid_from": "2026-11-30"}, Time.IN_FORCE),
    ],
)
def test_what_has_passed_its_last_day_is_said(days: dict[str, str], time: Time) -> None:
    assert _of_layer(checked=True, **days).time is time


def test_what_a_later_version_replaced_is_nothing_to_do() -> None:
    jobcenter = {one.version: one for one in _stated() if (one.group, one.code) == ("services", "jobcenter")}
    assert jobcenter[1].time is Time.REPLACED
    assert not jobcenter[1].to_do
    assert jobcenter[max(jobcenter, key=lambda version: version or 0)].time is not Time.REPLACED


def test_facts_that_are_filled_in_later_are_left_open_in_a_title() -> None:
    titles = {one.code: one.title for one in _stated() if one.group == "regimes"}
    assert titles["rule.gap_benefit"] == "… ohne Leistung"
    assert not any("{" in title for title in titles.values())


def _under(path: str, **changes: Any) -> list[Stated]:
    layer = Layer(
        name="Kreis", origin=Origin.KREIS, version=1, valid_from=date(2026, 1, 1),
        documents={path: {**resources.read_toml(path), **changes}},
    )  # fmt: skip
    return [one for one in _stated(Catalogue((layer,), DAY)) if one.hides]


def test_a_layer_that_hides_a_later_state_of_what_is_shipped_says_so() -> None:
    assert [one for one in _stated() if one.hides] == []
    shipped = resources.read_toml("services/childcare.toml")
    source = re.sub(r"Stand [0-9.]+", "", shipped["source"])
    assert _under("services/childcare.toml", name="Kita Eschenried") == []  # the same state of the law
    [one] = _under("services/childcare.toml", source=f"{source} Stand 01.02.2026")
    assert (one.code, one.to_do) == ("childcare", True)
    assert one.hides == _in_words(shipped["source"])
    assert _under("services/childcare.toml", source=f"{source} Stand 01.02.2026", version=99) == []


def test_rules_of_a_layer_hide_the_later_ones_each_by_itself() -> None:
    rules = deepcopy(resources.read_toml("rules/deadlines.toml")["rule"])
    rules[0]["source"] = "§ 84 SGG, Stand 29.04.2026"
    assert [one.code for one in _under("rules/deadlines.toml", rule=rules)] == ["rule.objection_social sgb10"]


def test_what_stood_in_a_version_that_a_later_one_replaced_is_replaced_too() -> None:
    items = [one for one in _stated() if one.group == "regime_changes" and "/" in one.code]
    assert {one.time for one in items} >= {Time.REPLACED, Time.IN_FORCE}
    assert not [one for one in items if one.time is Time.PASSED]
    assert not [one for one in items if "@" in one.code]
