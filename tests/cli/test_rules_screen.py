"""``kimdeskctl rules screen``: rights to stay and naturalisation from facts alone, without a vault."""

import json
from pathlib import Path
from typing import Any

import pytest

from kimdesk.cli.__main__ import main
from tests.domain.test_screening_persons import FILE, plain

WHEN = ("--today", "2026-11-30")


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Return what screens the facts of a text or table: the exit status and what was said."""

    def screen(facts: Any, *more: str, as_json: bool = True) -> tuple[int, Any]:
        file = tmp_path / "facts.json"
        file.write_text(facts if isinstance(facts, str) else json.dumps(facts), "utf-8")
        status = main([*["--json"] * as_json, "rules", "screen", "--facts", str(file), *(more or WHEN)])
        out, err = capsys.readouterr()
        return status, json.loads(out) if as_json else out or err

    return screen


def test_every_worked_person_is_answered_by_the_command_with_light_and_days(ask: Any) -> None:
    for person in FILE["person"]:
        for said in person["expect"]:
            day = said.get("on", FILE["today"]).isoformat()
            status, found = ask(plain(person["facts"]), "--today", day)
            rules = {one["rule"]: one for one in found["rules"]}
            one = rules.get(said["rule"], {"light": "grey"})
            assert (status, one["light"]) == (0, said["light"]), person["id"]
            for name in {"earliest", "last_day", "second_earliest"} & said.keys():
                assert one[name] == (plain(said[name]) or None), person["id"]


def test_a_rule_has_its_conditions_each_with_light_and_why(ask: Any) -> None:
    _, found = ask(plain(FILE["person"][0]["facts"]))
    first = found["rules"][0]
    assert set(found) == {"rules"}
    assert {"rule", "light", "earliest", "last_day", "conditions"} <= set(first)
    lights = {one["id"]: one["light"] for one in first["conditions"]}
    assert (lights["school"], lights["talk"]) == ("green", "grey")
    assert all(one["why"] for rule in found["rules"] for one in rule["conditions"])


def test_people_read_the_light_what_to_do_and_that_it_is_no_legal_advice(ask: Any) -> None:
    status, said = ask(plain(FILE["person"][3]["facts"]), as_json=False)
    assert status == 0
    assert said.startswith("Gut integrierte junge Menschen (§\u00a025a AufenthG): Zeit fehlt, eilt\n")
    assert "letzter Tag 19.12.2026" in said
    assert "Antrag stellen, das Fenster schließt sich" in said
    assert said.endswith("Keine Rechtsberatung. Rechtsstand 19.08.2026.\n")


def test_nothing_known_is_nothing_barred(ask: Any) -> None:
    _, found = ask({})
    assert {one["light"] for one in found["rules"]} == {"yellow"}


@pytest.mark.parametrize(
    ("facts", "code", "place"),
    [
        ('{"convicted": false}', "E781", "convicted"),
        ('{"spells": [{"kind": "title", "titel": 1}]}', "E781", "spells[0].titel"),
        ('{"born": "2026-02-30"}', "E782", "born"),
        ('{"born": "01.02.1990"}', "E782", "born"),
        ('{"born": "19900201"}', "E782", "born"),
        ('{"born": "0001-01-01"}', "E782", "born"),
        ('{"born": 1990}', "E782", "born"),
        ('{"identity_steps": ["2024-05-06", "x"]}', "E782", "identity_steps[1]"),
        ('{"jobs": [{"from": "2024-05-06", "until": "2024-05-05"}]}', "E783", "jobs[0]"),
        ('{"asylum": {"applied": "2024-05-06", "decided": "2024-05-05"}}', "E783", "asylum"),
        ('{"training": [{"start": "2024-05-06", "diploma": "2024-05-05"}]}', "E783", "training[0]"),
        ('{"spells": [{"kind": "title", "paragraph": "Artikel 25"}]}', "E784", "spells[0].paragraph"),
        ('{"spells": [{"kind": "title", "paragraph": "§ 999 AufenthG"}]}', "E784", "spells[0].paragraph"),
        ('{"spells": [{"kind": "title", "paragraph": 25}]}', "E784", "spells[0].paragraph"),
        ('{"pension_months": -1}', "E785", "pension_months"),
        ('{"pension_months": 1.5}', "E785", "pension_months"),
        ('{"income_share": 1.01}', "E785", "income_share"),
        ('{"income_share": -0.1}', "E785", "income_share"),
        ('{"income_share": true}', "E785", "income_share"),
        ('{"income_share": "0.5"}', "E785", "income_share"),
        ('{"jobs": [{"hours": 169}]}', "E785", "jobs[0].hours"),
        ('{"jobs": {"hours": 30}}', "E785", "jobs"),
        ('{"jobs": [30]}', "E785", "jobs[0]"),
        ('{"flat": "yes"}', "E785", "flat"),
        ('{"nationality": "Syrien"}', "E785", "nationality"),
        ('{"spells": [{"kind": "visum"}]}', "E786", "spells[0].kind"),
        ('{"spells": [{"from": "2024-05-06"}]}', "E786", "spells[0].kind"),
        ('{"german": {"level": "B3"}}', "E786", "german.level"),
        ('{"asylum": {"kind": "maybe"}}', "E786", "asylum.kind"),
        ("[]", "E894", ""),
        ('{"born": "1990-01-01", "born": "1991-01-01"}', "E898", ""),
    ],
)
def test_odd_facts_are_refused_with_their_place(ask: Any, facts: str, code: str, place: str) -> None:
    status, found = ask(facts)
    assert (status, found["error"]["code"]) == (1, code)
    assert place in found["error"]["message"]


def test_what_may_tell_of_a_person_is_not_said_again(ask: Any) -> None:
    _, found = ask('{"Herr Osman, geboren 1990": 1}')
    assert "Osman" not in json.dumps(found)


def test_a_day_beyond_the_calendar_is_refused(ask: Any) -> None:
    assert ask("{}", "--today", "0001-01-01")[1]["error"]["code"] == "E782"


def test_null_is_unknown(ask: Any) -> None:
    assert ask('{"born": null, "spells": null}') == ask({})
