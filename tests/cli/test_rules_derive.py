"""``kimdeskctl rules derive``: a deadline from facts alone, without a vault."""

import json
from pathlib import Path
from typing import Any

import pytest

from kimdesk.cli.__main__ import main
from tests.domain.test_deadline_examples import EXAMPLES

SERVED = '{"delivered_on": "2026-06-12", "delivery": "formal", "instruction": "missing"}'


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Return what asks for a rule with the text of a file of facts: the exit status and what was said."""

    def derive(rule: str, facts: str | bytes, *more: str, as_json: bool = True) -> tuple[int, Any]:
        file = tmp_path / "facts.json"
        file.write_bytes(facts if isinstance(facts, bytes) else facts.encode())
        status = main([*["--json"] * as_json, "rules", "derive", rule, "--facts", str(file), *more])
        out, err = capsys.readouterr()
        return status, json.loads(out) if as_json else out or err

    return derive


def test_the_answer_has_the_day_each_step_the_version_and_whether_it_was_checked(ask: Any) -> None:
    status, found = ask("lawsuit_asylum", SERVED)
    assert status == 0
    assert set(found) == {"last_day", "steps", "version", "checked"}
    assert (found["last_day"], found["checked"]) == ("2026-09-14", True)
    assert (found["version"]["valid_from"], found["version"]["valid_until"]) == ("2026-06-12", None)
    assert all(set(step) == {"text", "source", "checked"} for step in found["steps"])
    assert "drei Monaten" in found["steps"][1]["text"]


def test_every_worked_example_is_answered_by_the_command_as_by_the_lawyer(ask: Any) -> None:
    for each in EXAMPLES:
        status, found = ask(each["rule"], json.dumps(each["facts"]))
        assert status == 0
        assert str(each["due"]) in (found.get("last_day"), found.get("earliest_day")), each["name"]


def test_an_earliest_day_is_told_as_one(ask: Any) -> None:
    assert "last_day" not in ask("inaction_social", '{"day": "2026-01-15"}')[1]
    window = ask("unemployed_report", '{"day": "2026-10-01"}')[1]
    assert (window["earliest_day"], window["last_day"]) == ("2026-07-01", "2026-10-01")


def test_what_only_the_notice_says_is_asked_for(ask: Any) -> None:
    served = {"delivered_on": "2026-07-01", "delivery": "formal"}
    assert ask("lawsuit_asylum_urgent", json.dumps(served))[1]["asks"] == ["stated"]
    assert "asks" not in ask("lawsuit_asylum_urgent", json.dumps(served | {"stated": "one_week"}))[1]
    said = ask("lawsuit_asylum_urgent", json.dumps(served), as_json=False)[1]
    assert "Welche Frist nennt die Rechtsbehelfsbelehrung?" in said


def test_people_read_the_day_what_to_apply_for_and_what_helps_when_it_passed(ask: Any) -> None:
    facts = '{"delivered_on": "2026-06-12", "delivery": "formal", "decision": "title_refused"}'
    status, said = ask("lawsuit-admin", facts, "--today", "2026-07-20", as_json=False)
    first, late, way, effect, *_ = said.splitlines()
    assert status == 0
    assert first == "Letzter Tag: Montag, 13.\u00a0Juli 2026 (seit 7 Tagen)"
    assert (late[:21], way[:18]) == ("Die Frist ist vorbei.", "– Wiedereinsetzung")
    assert "Verwaltungsgericht" in effect


@pytest.mark.parametrize(
    ("rule", "facts", "code"),
    [
        ("unknown", SERVED, "E892"),
        ("objection_social", "{}", "E890"),
        ("child_title", SERVED, "E890"),
        ("child_title", '{"day": null}', "E890"),
        ("residence_rule", '{"day": "9999-05-01"}', "E891"),
        ("job_seeker", '{"day": "0001-01-01"}', "E891"),
        ("objection_social", '{"posted_on": "2026-03-04", "delivered_on": "2026-03-02", "delivery": "post"}',
         "E893"),
        ("objection_social", "", "E894"),
        ("objection_social", "[]", "E894"),
        ("objection_social", '"day"', "E894"),
        ("objection_social", SERVED + SERVED, "E894"),
        ("objection_social", SERVED[:-1], "E894"),
        ("objection_social", '{"day": NaN}', "E894"),
        ("objection_social", b"\xff\xfe\xfa\xfb\x00", "E894"),
        ("objection_social", "[" * 100_000, "E894"),
        ("objection_social", '{"served": "2026-06-12"}', "E895"),
        ("objection_social", '{"": "2026-06-12"}', "E895"),
        ("objection_social", '{"\\ud800": "2026-06-12"}', "E895"),
        ("objection_social", '{"delivered_on": "12.06.2026"}', "E896"),
        ("objection_social", '{"delivered_on": "20260612"}', "E896"),
        ("objection_social", '{"delivered_on": "2026-02-30"}', "E896"),
        ("objection_social", '{"delivered_on": 20260612}', "E896"),
        ("objection_social", '{"delivered_on": ["2026-06-12"]}', "E896"),
        ("objection_social", '{"delivered_on": "2026-06-12", "delivery": "pigeon"}', "E896"),
        ("objection_social", '{"delivered_on": "2026-06-12", "instruction": true}', "E896"),
        ("objection_social", " " * (2**20 + 1), "E897"),
        ("objection_social", '{"day": "2026-06-12", "day": "2026-06-13"}', "E898"),
    ],
)  # fmt: skip
def test_what_is_odd_is_refused_and_says_why(ask: Any, rule: str, facts: str | bytes, code: str) -> None:
    status, found = ask(rule, facts)
    assert (status, found["error"]["code"]) == (1, code)
    assert found["error"]["hint"]


def test_other_encodings_of_an_editor_are_read(ask: Any) -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        assert ask("lawsuit_asylum", SERVED.encode(encoding))[1]["last_day"] == "2026-09-14"


def test_a_file_that_is_not_there_and_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "derive", "objection_social", "--facts", str(tmp_path / "none.json")]) == 1
    assert capsys.readouterr().err.startswith("E910")
    for wrong in (
        ["objection_social"],
        ["--facts", "a"],
        ["objection_social", "--facts", "a", "--today", "1"],
    ):
        with pytest.raises(SystemExit) as ended:
            main(["rules", "derive", *wrong])
        assert ended.value.code == 2
        capsys.readouterr()
