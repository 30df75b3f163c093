"""The rules of the screening as data: strictly read, in the version of the day, with all their words."""

import json
import tomllib
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import resources
from kimdesk.catalogue import screening_rules
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.catalogue.fitting import demand_fitting
from kimdesk.catalogue.layers import Layer, Origin
from kimdesk.domain.errors import ContentError
from kimdesk.domain.screening.engine import screen
from kimdesk.domain.screening.facts import ScreeningFacts, Spell, SpellKind
from kimdesk.texts import screening as told
from kimdesk.texts.speech import GERMAN, Speech

TABLE: dict[str, Any] = tomllib.loads(
    (Path(resources.__file__).parent / "rules/screening.toml").read_text(encoding="utf-8")
)


def table() -> dict[str, Any]:
    return deepcopy(TABLE)


def test_a_member_or_kind_nobody_knows_is_refused() -> None:
    for place in ("rules", "ways", "conditions"):
        broken = table()
        where = broken["rules"][0]
        where = where if place == "rules" else where["ways"][0]
        where = where["conditions"][0] if place == "conditions" else where
        where["colour"] = "red"
        with pytest.raises(ContentError) as refused:
            screening_rules.parse(broken)
        assert refused.value.facts["place"] == "colour"
    broken = table()
    broken["rules"][0]["ways"][0]["conditions"][0]["kind"] = "horoscope"
    with pytest.raises(ContentError):
        screening_rules.parse(broken)


def test_a_rule_with_three_versions_is_applied_as_it_stood_on_the_day() -> None:
    changed = table()
    rule = next(one for one in changed["rules"] if one["code"] == "stag_10")
    versions = []
    for months, first, last in ((96, None, date(2024, 6, 26)), (60, date(2024, 6, 27), date(2027, 12, 31)),
                                (72, date(2028, 1, 1), None)):  # fmt: skip
        one = deepcopy(rule)
        one["ways"][0]["conditions"][0]["months"] = months
        one |= {"valid_from": first} if first else {}
        one |= {"valid_until": last} if last else {}
        versions.append(one)
    changed["rules"] = [one for one in changed["rules"] if one["code"] != "stag_10"] + versions
    law = screening_rules.parse(changed)
    title = Spell(kind=SpellKind.TITLE, paragraph="§ 25b AufenthG", first=date(2023, 5, 1))
    facts = ScreeningFacts(spells=(title,))
    days = [screen(facts, law, on).of("stag_10").earliest for on in
            (date(2024, 6, 26), date(2024, 6, 27), date(2027, 12, 31), date(2028, 1, 1))]  # fmt: skip
    assert days == [date(2031, 5, 1), date(2028, 5, 1), date(2028, 5, 1), date(2029, 5, 1)]


def _pack(changed: dict[str, Any]) -> Layer:
    return Layer(
        name="Kreis",
        origin=Origin.KREIS,
        version=1,
        valid_from=date(2026, 1, 1),
        documents={"rules/screening.toml": changed},
    )


def _condition(changed: dict[str, Any], rule: str, condition: str) -> dict[str, Any]:
    [found] = [one for one in changed["rules"] if one["code"] == rule]
    return next(one for one in found["ways"][0]["conditions"] if one["id"] == condition)


def test_a_pack_of_the_kreis_can_bring_another_reading() -> None:
    changed = table()
    _condition(changed, "stag_10", "residence")["months"] = 72
    plain = json.loads(json.dumps(changed, default=str))  # as a pack carries it
    found = demand_fitting((), _pack(plain)).rules
    title = Spell(kind=SpellKind.TITLE, paragraph="§ 25b AufenthG", first=date(2023, 5, 1))
    screened = screen(ScreeningFacts(spells=(title,)), found.screening, date(2026, 11, 30))
    assert screened.of("stag_10").earliest == date(2029, 5, 1)
    assert found.agenda.version != SHIPPED.rules.agenda.version  # dates are worked out again


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("stag_10", "residence", "months"), 10**9),
        (("stag_10", "residence", "months"), -1),
        (("stag_10", "german", "level"), "D1"),
        (("stag_10", "livelihood", "excused"), ["rich"]),
        (("stag_10", "residence", "id"), "horoscope"),
        (("stag_10", "residence", "evidence"), ["horoscope"]),
        (("stag_10", "residence", "kind"), "horoscope"),
    ],
)
def test_a_pack_that_names_what_the_program_has_no_words_or_measure_for_is_refused(
    where: tuple[str, str, str], value: object
) -> None:
    changed = table()
    _condition(changed, *where[:2])[where[2]] = value
    with pytest.raises(ContentError) as refused:
        demand_fitting((), _pack(changed))
    assert refused.value.code == "E741"


def test_no_pack_takes_a_rule_away_or_asks_a_fact_that_is_none() -> None:
    less, strange = table(), table()
    less["rules"].pop()
    strange["rules"][0]["about"] = ["religion"]
    for changed, code in ((less, "E744"), (strange, "E741")):
        with pytest.raises(ContentError) as refused:
            demand_fitting((), _pack(changed))
        assert refused.value.code == code


@pytest.mark.parametrize("speech", [GERMAN, Speech("en")], ids=["de", "en"])
def test_every_rule_condition_and_piece_of_evidence_has_its_words(speech: Speech) -> None:
    for rule in SHIPPED.rules.screening.rules:
        assert told.rule(rule.code, speech)
        for each in (one for way in rule.ways for one in way.conditions):
            assert told.condition(each.id, speech)
            assert all(told.evidence(one, speech) for one in each.evidence)
