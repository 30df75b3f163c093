"""The whole job once with kimdeskctl only: from an empty folder to the Kreis's receipt."""

import json
from pathlib import Path
from typing import Any

import pytest

from kimdesk.cli.__main__ import main

PASSPHRASE = "Nebel Kajak Distel Anker Pfiff Walze"
DOCUMENT = {
    "id": "0199a000-0000-7000-8000-000000000001",
    "ags": "05999001",
    "opened_on": "2026-03-02",
    "status": "active",
    "phase": "support_plan",
    "colour_of_the_folder": "grün",
    "persons": [
        {
            "id": "0199a000-0000-7000-8000-000000000002",
            "role": "client",
            "family_name": "Zzyxmüller",
            "given_names": "Qwertza",
            "birth_date": "1992-05",
            "nationalities": ["475"],
            "shoe_size": 38,
        }
    ],
    "consents": [
        {
            "id": "0199a000-0000-7000-8000-000000000003",
            "recipient": "ki",
            "purpose": "reporting",
            "kinds": ["person", "household", "goals", "plan", "referrals", "regimes"],
            "level": "identified",
            "given_on": "2026-03-02",
        }
    ],
    "goals": [
        {
            "id": "0199a000-0000-7000-8000-000000000004",
            "number": 1,
            "text": "Ich spreche selbst mit dem Arzt.",
            "level": -1,
        }
    ],
}


class Shell:
    """A person at a terminal: every command with --json, files in one folder."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self._capsys = capsys
        self.passphrase = self.file("passphrase.txt", PASSPHRASE)

    def file(self, name: str, text: str) -> str:
        path = self.home / name
        path.write_text(text + "\n", encoding="utf-8")
        return str(path)

    def path(self, name: str) -> str:
        return str(self.home / name)

    def run(self, *words: str, status: int = 0) -> dict[str, Any]:
        self._capsys.readouterr()
        assert main(["--json", *words]) == status
        answer: dict[str, Any] = json.loads(self._capsys.readouterr().out)
        return answer

    def on(self, vault: str, group: str, command: str, *words: str, status: int = 0) -> dict[str, Any]:
        opened = (self.path(vault), "--passphrase-file", self.passphrase)
        return self.run(group, command, *opened, *words, status=status)

    def create(self, vault: str, role: str, *words: str) -> dict[str, Any]:
        names = ("--role", role, "--name", vault.title(), "--kdf", "interactive")
        return self.on(vault, "vault", "create", *names, *words)


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, capsys)


@pytest.fixture
def enrolled(shell: Shell) -> Shell:
    shell.create("eschenried", "desk", "--ags", "05999001", "--recovery-out", shell.path("sheet.txt"))
    shell.create("auental", "kreis")
    asked = shell.on("eschenried", "sync", "request", "--out", shell.path("request.kimq"))
    enrol = ("--out", shell.path("certificate.kimc"), "--fingerprint", asked["fingerprint"])
    made = shell.on("auental", "kreis", "enrol", shell.path("request.kimq"), *enrol)
    digits = ("--fingerprint", made["kreis_fingerprint"])
    shell.on("eschenried", "sync", "enrol", shell.path("certificate.kimc"), *digits)
    (shell.home / "stick").mkdir()
    (shell.home / "receipts").mkdir()
    return shell


def test_from_an_empty_folder_to_the_receipt(enrolled: Shell) -> None:
    shell = enrolled
    shell.file("case.json", json.dumps([DOCUMENT]))
    report = shell.on("eschenried", "case", "import", shell.path("case.json"))
    assert (report["created"], report["refused"]) == (1, [])

    preview = shell.on("eschenried", "sync", "preview")
    assert preview["cases"] == 1
    exported = shell.on("eschenried", "sync", "export", "--to", shell.path("stick"))
    assert exported["seq"] == 1
    assert shell.on("eschenried", "sync", "status")["unsent"] > 0, "nothing counts as sent before its receipt"

    inspected = shell.run("bundle", "inspect", exported["bundle"])
    assert "Zzyxmüller" not in json.dumps(inspected, ensure_ascii=False)
    assert b"Zzyxm" not in Path(exported["bundle"]).read_bytes()

    importing = (exported["bundle"], "--receipts", shell.path("receipts"))
    [result] = shell.on("auental", "kreis", "import", *importing)["results"]
    assert (result["result"], result["seq"], result["cases"]) == ("applied", 1, 1)
    [again] = shell.on("auental", "kreis", "import", *importing)["results"]
    assert again["result"] == "duplicate"

    [receipt] = (shell.home / "receipts").iterdir()
    assert shell.on("eschenried", "sync", "receipt", str(receipt))["result"] == "applied"
    status = shell.on("eschenried", "sync", "status")
    assert (status["unsent"], status["last_receipt_seq"], status["missing"]) == (0, 1, [])
    [desk] = shell.on("auental", "kreis", "desks")["desks"]
    assert desk["last_seq"] == 1


def test_a_case_document_keeps_what_kimdesk_does_not_know(enrolled: Shell) -> None:
    enrolled.file("case.jsonl", json.dumps(DOCUMENT))
    enrolled.on("eschenried", "case", "import", enrolled.path("case.jsonl"))
    [row] = enrolled.on("eschenried", "case", "find", "zzyxmueller")["cases"]
    shown = enrolled.on("eschenried", "case", "show", row["id"])
    assert shown["colour_of_the_folder"] == "grün"
    assert shown["persons"][0]["shoe_size"] == 38
    assert shown["persons"][0]["birth_date"] == "1992-05"


def test_a_list_of_persons_becomes_cases(enrolled: Shell) -> None:
    rows = "family_name;given_names;birth_date\nMustermann;Erika;12.08.1964\nYılmaz;Ömer;1990\n"
    enrolled.file("persons.csv", rows)
    assert enrolled.on("eschenried", "case", "import", enrolled.path("persons.csv"))["created"] == 2
    assert enrolled.on("eschenried", "case", "find", "Yilmaz")["total"] == 1
    names = ("--family-name", "Mustermann", "--given-name", "Erika", "--born", "1964")
    [match] = enrolled.on("eschenried", "case", "check-duplicates", *names)["matches"]
    assert match["score"] > 0.8
    assert match["why"]


def test_a_wrong_passphrase_is_refused_in_one_sentence(enrolled: Shell) -> None:
    wrong = enrolled.file("wrong.txt", "falsche Passphrase")
    answer = enrolled.run("case", "list", enrolled.path("eschenried"), "--passphrase-file", wrong, status=1)
    assert answer["error"]["code"] == "E001"


def test_the_recovery_sheet_sets_a_new_passphrase(enrolled: Shell) -> None:
    new = enrolled.file("new.txt", "Wolke Turnier Lampe Gabel Kiesel Ofen")
    sheet = ("--recovery-file", enrolled.path("sheet.txt"), "--new-passphrase-file", new)
    enrolled.run("vault", "recover", enrolled.path("eschenried"), *sheet)
    enrolled.on("eschenried", "vault", "check", status=1)
    enrolled.passphrase = new
    assert enrolled.on("eschenried", "vault", "check", "--full")["ok"] is True


def test_info_shows_nothing_secret(enrolled: Shell) -> None:
    info = enrolled.run("vault", "info", enrolled.path("eschenried"))
    assert {slot["kind"] for slot in info["slots"]} == {"pass", "recovery"}
    assert not {"salt", "nonce", "wrapped", "key"} & set(json.dumps(info).split('"'))


def test_the_practice_town_is_the_same_for_the_same_seed(shell: Shell) -> None:
    for name in ("one", "two"):
        shell.create(name, "desk", "--ags", "05999001")
        shell.on(name, "practice", "fill", "--cases", "5", "--seed", "7")
    listed = [shell.on(name, "case", "list") for name in ("one", "two")]
    assert [row["name"] for row in listed[0]["cases"]] == [row["name"] for row in listed[1]["cases"]]
