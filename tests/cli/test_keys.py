"""Keys at the command line: new ones for desk and Kreis, and a desk that is shut out and comes back."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from kimdesk.cli.__main__ import main
from tests.cli.desk_kit import PASSPHRASE, make


class Office:
    """A desk and a Kreis in one folder, and the commands that open them."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self._capsys = home, capsys
        (home / "secret").write_text(PASSPHRASE, encoding="utf-8")
        for role in ("desk", "kreis"):
            make(home / role, role)

    def path(self, name: str) -> str:
        return str(self.home / name)

    def on(self, vault: str, *words: str, status: int = 0) -> dict[str, Any]:
        group, command, *rest = words
        opened = (self.path(vault), "--passphrase-file", self.path("secret"))
        self._capsys.readouterr()
        assert main(["--json", group, command, *opened, *rest]) == status
        answer: dict[str, Any] = json.loads(self._capsys.readouterr().out)
        return answer

    def enrol(self, *words: str, command: str = "request", status: int = 0) -> dict[str, Any]:
        """Ask, and let the Kreis answer."""
        self.on("desk", "sync", command, "--out", self.path("request"))
        out = ("--out", self.path("certificate"))
        return self.on("kreis", "kreis", "enrol", self.path("request"), *out, *words, status=status)

    def accept(self, *words: str, status: int = 0) -> dict[str, Any]:
        return self.on("desk", "sync", "enrol", self.path("certificate"), *words, status=status)


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    found = Office(tmp_path, capsys)
    made = found.enrol()
    found.accept("--fingerprint", made["kreis_fingerprint"])
    return found


def test_the_first_certificate_asks_for_the_digits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = Office(tmp_path, capsys)
    made = office.enrol()
    assert office.accept(status=1)["error"]["code"] == "E208"
    assert office.accept("--fingerprint", "1" * 40, status=1)["error"]["code"] == "E204"
    said = office.accept("--fingerprint", made["kreis_fingerprint"])
    assert (said["municipalities"], said["denied"], said["former"]) == (["05999001"], [], None)


def test_a_desk_gets_new_keys_and_stays_who_it_is(office: Office) -> None:
    before = office.on("kreis", "kreis", "desks")["desks"][0]
    made = office.enrol(command="rotate")
    assert (made["standing"], made["desk"]) == ("rotated", before["id"])
    office.accept()
    assert office.on("kreis", "kreis", "desks")["desks"][0]["fingerprint"] == made["fingerprint"]


def test_a_desk_that_was_shut_out_comes_back_by_a_persons_word(office: Office) -> None:
    assert office.on("kreis", "kreis", "revoke", "Niemand", status=1)["error"]["code"] == "E202"
    said = office.on("kreis", "kreis", "revoke", "Eschenried", "--from-seq", "1")
    assert said["from_seq"] == 1
    assert office.enrol(command="rotate", status=1)["error"]["code"] == "E203"
    asked = office.on("desk", "sync", "rotate", "--out", office.path("request"))
    assert office.enrol("--as", said["desk"], status=1)["error"]["code"] == "E216"
    made = office.enrol("--as", said["desk"], "--fingerprint", asked["fingerprint"])
    assert (made["standing"], made["desk"]) == ("replaced", said["desk"])
    office.accept()


def test_the_kreis_renews_one_key_or_all(office: Office) -> None:
    before = office.on("kreis", "kreis", "keys")
    one = office.on("kreis", "kreis", "rotate", "--key", "catalogue")
    changed = [new["key"] for old, new in zip(before["keys"], one["keys"], strict=True) if old != new]
    assert changed == ["catalogue"]
    everything = office.on("kreis", "kreis", "rotate")
    assert not {row["id"] for row in one["keys"]} & {row["id"] for row in everything["keys"]}
    assert before["fingerprint"] == everything["fingerprint"], "people compare the same digits as before"
    assert everything["version"] == before["version"] + 2


def test_a_kreis_grants_what_it_names(office: Office) -> None:
    out = ("--out", office.path("again"))
    said = office.on("kreis", "kreis", "enrol", office.path("request"), *out, "--ags", "05999002", status=1)
    assert said["error"]["code"] == "E212"
    assert not Path(office.path("again")).exists()
    said = office.on("kreis", "kreis", "enrol", office.path("request"), *out, "--ags", "05999001")
    assert said["municipalities"] == said["asked"] == ["05999001"]


@pytest.mark.parametrize(("answer", "status"), [("ja", 0), ("nein", 1), ("", 1)])
def test_at_a_terminal_the_kreis_grants_only_what_is_confirmed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], answer: str, status: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    office, shown = Office(tmp_path, capsys), Terminal()
    asked = office.on("desk", "sync", "request", "--out", office.path("request"))
    monkeypatch.setattr(sys, "stdin", Terminal(f"{answer}\n"))
    monkeypatch.setattr(sys, "stderr", shown)
    out = ("--out", office.path("certificate"))
    said = office.on("kreis", "kreis", "enrol", office.path("request"), *out, status=status)
    assert asked["fingerprint"] in shown.getvalue()
    assert "05999001" in shown.getvalue()
    assert Path(office.path("certificate")).exists() == (status == 0)
    assert status == 0 or said["error"]["code"] == "E223"
    assert len(office.on("kreis", "kreis", "desks")["desks"]) == 1 - status


class Terminal(io.StringIO):
    """Somebody who sits there."""

    def isatty(self) -> bool:
        return True


def test_one_former_key_is_ended(office: Office) -> None:
    office.enrol(command="rotate")
    office.accept()
    [row] = office.on("kreis", "kreis", "desks")["desks"]
    [former] = row["former_keys"]
    said = office.on("kreis", "kreis", "revoke", row["id"], "--key", former["key"])
    assert (said["key"], said["from_seq"]) == (former["key"], 1)
    assert office.on("kreis", "kreis", "desks")["desks"][0]["former_keys"] == []
    assert office.on("kreis", "kreis", "desks")["desks"][0]["state"] != "revoked"
