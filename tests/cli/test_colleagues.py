"""Cases between desks with kimdeskctl alone: handed over, covered, decided; each answer one JSON object."""

import json
from datetime import timedelta
from typing import Any

import pytest

from kimdesk.casework import records
from kimdesk.casework.desk import Desk
from kimdesk.cli.__main__ import main
from kimdesk.domain import dates
from kimdesk.domain.records import Measure
from tests.conftest import PASSPHRASE
from tests.sync.colleagues_kit import Colleagues, between, colleagues_template
from tests.sync.exchange import exchange_template

__all__ = ["between", "colleagues_template", "exchange_template"]

LATER = (dates.today() + timedelta(days=10)).isoformat()


class Terminal:
    """Two desks whose vaults are closed, and commands on them."""

    def __init__(self, between: Colleagues, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self._capsys = between.home, capsys
        self.case = between.case().case.id
        between.close()
        secret = self.home / "secret"
        secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
        self._secret = str(secret)
        for name in ("desk", "other"):
            self.on(name, "card", "--out", self.path(f"{name}.kimk"))

    def path(self, name: str) -> str:
        return str(self.home / "stick" / name)

    def on(
        self, vault: str, command: str, *words: str, group: str = "sync", status: int = 0
    ) -> dict[str, Any]:
        self._capsys.readouterr()
        line = ["--json", group, command, str(self.home / vault), "--passphrase-file", self._secret, *words]
        assert main(line) == status, self._capsys.readouterr()
        found: dict[str, Any] = json.loads(self._capsys.readouterr().out)
        return found


@pytest.fixture
def terminal(between: Colleagues, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(between, capsys)


def test_a_case_is_handed_over(terminal: Terminal) -> None:
    offer, answer = terminal.path("offer.kimh"), terminal.path("answer.kimh")
    to = ("--to", terminal.path("other.kimk"), "--basis", "consent", "--until", LATER, "--out", offer)
    written = terminal.on("desk", "offer", terminal.case, *to)
    assert (written["custody"], written["desk"], written["file"]) == ("offered", "Niederholt", offer)
    seen = terminal.on("other", "take", offer)
    assert (seen["step"], seen["from"], seen["case"], seen["until"]) == (
        "offer",
        "Eschenried",
        terminal.case,
        LATER,
    )
    assert terminal.on("other", "answer", offer, "--accept", "--out", answer)["custody"] == "taken_over"
    taken = terminal.on("desk", "take", answer)
    assert (taken["step"], taken["custody"], taken["read_only"]) == ("accepted", "passed_on", True)
    [held] = terminal.on("desk", "cases")["cases"]
    assert (held["case"], held["custody"]) == (terminal.case, "passed_on")
    again = terminal.on("desk", "offer", terminal.case, *to, status=1)
    assert again["error"]["code"] == "E422"


def test_an_offer_is_refused_and_another_withdrawn(terminal: Terminal) -> None:
    offer, answer = terminal.path("offer.kimh"), terminal.path("answer.kimh")
    to = ("--to", terminal.path("other.kimk"), "--basis", "consent", "--out", offer)
    terminal.on("desk", "offer", terminal.case, *to)
    terminal.on("other", "answer", offer, "--refuse", "nicht zuständig", "--out", answer)
    assert terminal.on("desk", "take", answer)["reason"] == "nicht zuständig"
    terminal.on("desk", "offer", terminal.case, *to)
    word = terminal.path("word.kimh")
    assert terminal.on("desk", "withdraw", terminal.case, "--out", word)["custody"] == "own"
    assert terminal.on("other", "take", word)["step"] == "withdrawn"
    late = terminal.on("other", "answer", offer, "--accept", "--out", answer, status=1)
    assert late["error"]["code"] == "E426"


def test_a_colleague_covers_and_what_contradicts_is_decided(terminal: Terminal) -> None:
    copy, back, word = (terminal.path(name) for name in ("copy.kimh", "back.kimh", "word.kimh"))
    terminal.on("desk", "cover", terminal.case, "--to", terminal.path("other.kimk"), "--basis", "public_task",
                "--until", LATER, "--out", copy)  # fmt: skip
    assert terminal.on("other", "take", copy)["custody"] == "covering"
    for name, words in (("desk", "Haus"), ("other", "Zimmer")):
        with Desk.unlock(terminal.home / name, PASSPHRASE) as desk:
            goal = records.of_case(desk, Measure, terminal.case)[0]
            records.save(desk, type(goal)(**{**_values(goal), "title": words}))
    terminal.on("other", "return", terminal.case, "--out", back)
    assert terminal.on("desk", "take", back)["to_decide"] == 1
    terminal.on("desk", "confirm", terminal.case, "--out", word)
    assert terminal.on("other", "take", word)["step"] == "confirmed"
    [one] = terminal.on("desk", "versions", terminal.case, group="case")["versions"]
    assert (one["path"], one["from"], one["decision"]) == ("title", "Niederholt", "")
    assert one["fields"] == [{"field": "Was geschieht?", "mine": "Haus", "theirs": "Zimmer"}]
    terminal.on("desk", "decide", one["id"], "--take", group="case")
    [one] = terminal.on("desk", "versions", terminal.case, group="case")["versions"]
    assert one["decision"] == "taken"
    terminal.on("desk", "decide", one["id"], "--reopen", group="case")
    again = terminal.on("desk", "decide", one["id"], "--reopen", group="case", status=1)
    assert again["error"]["code"] == "E863"


def _values(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def test_the_other_desk_is_known_by_its_card(terminal: Terminal) -> None:
    assert [each["name"] for each in terminal.on("desk", "colleagues")["desks"]] == ["Niederholt"]
    met = terminal.on("other", "take", terminal.path("desk.kimk"))
    assert (met["step"], met["name"]) == ("card", "Eschenried")
    assert terminal.on("desk", "take", terminal.path("desk.kimk"), status=1)["error"]["code"] == "E431"
