"""``kimdeskctl case import`` of lists: told first, taken in, every row accounted for."""

import json
from pathlib import Path
from typing import Any

import pytest

from kimdesk.casework.desk import Desk
from kimdesk.cli.__main__ import main
from kimdesk.vault import Strength
from tests.workbooks import Cell, Sheet, xlsx

PASSPHRASE = "Nebel Kajak Distel Anker Pfiff Walze"
LIST = """Nachname;Vorname;geb.;PLZ;AZ;Nationalität;Zimmer
Osman;Amna;03/1991;01067;;SYR;1
Kaya;Ali;1.2.1990;45127;ESC-2026-001;UA;2
Kaya;Emre;1.2.1992;45127;ESC-2026-001;türkisch;3
Haddad;Amira;1370;45127;;Kongo, irgendwo;4
;;;;;;
---;-;;;;;5
Summe;4;;;;;
"""


class Terminal:
    """A vault and a terminal beside it."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self._capsys = home, capsys
        Desk.create(home / "v", PASSPHRASE, name="Eschenried", user="Kim", strength=Strength.INTERACTIVE)[
            0
        ].close()
        (home / "secret").write_text(PASSPHRASE)

    def run(self, *words: str, as_json: bool = True) -> tuple[int, Any, str]:
        secret = ["--passphrase-file", str(self.home / "secret")]
        start = ["--json"] if as_json else []
        status = main([*start, "case", words[0], str(self.home / "v"), *secret, *words[1:]])
        said = self._capsys.readouterr()
        return status, json.loads(said.out) if as_json else said.out, said.err

    def file(self, name: str, data: str | bytes) -> str:
        path = self.home / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return str(path)

    def count(self) -> int:
        return int(self.run("list")[1]["total"])


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path, capsys)


def test_a_dry_run_tells_every_row_and_stores_nothing(desk: Terminal) -> None:
    status, said, _ = desk.run("import", desk.file("liste.csv", LIST), "--dry-run")
    assert status == 0
    assert (said["read"], said["empty"], said["sheets"], said["separator"]) == (7, 1, [], ";")
    assert said["columns"][-1] == {"head": "Zimmer", "means": ""}
    told = [
        (row["row"], row["family_name"], row["birth_date"], row["nationalities"], row["troubles"])
        for row in said["rows"]
    ]
    assert told == [
        (2, "Osman", "1991-03", ["475"], []),
        (3, "Kaya", "1990-02-01", ["166"], []),
        (4, "Kaya", "1992-02-01", ["163"], ["number_twice"]),
        (5, "Haddad", "", [], ["other_calendar", "half_known"]),
        (7, "---", "", [], ["no_name"]),
        (8, "Summe", "", [], ["sum_row"]),
    ]
    assert said["rows"][0]["postcode"] == "01067"
    assert desk.count() == 0


def test_rows_in_and_rows_out_are_compared(desk: Terminal) -> None:
    status, said, _ = desk.run("import", desk.file("liste.csv", LIST))
    assert (status, said["created"], said["skipped"], len(said["refused"])) == (0, 4, 1, 1)
    assert said["read"] == said["created"] + said["skipped"] + len(said["refused"]) + said["empty"]
    assert [(each["row"], each["fate"]) for each in said["fates"]] == [
        (2, "created"), (3, "created"), (4, "created"), (5, "created"), (7, "refused"), (8, "skipped")
    ]  # fmt: skip
    numbers = [each["file_number"] for each in said["fates"] if each["fate"] == "created"]
    assert numbers[1] == "ESC-2026-001"
    assert len(set(numbers)) == 4


def test_the_same_list_again_brings_nobody_twice(desk: Terminal) -> None:
    path = desk.file("liste.csv", LIST)
    desk.run("import", path)
    status, said, told = desk.run("import", path)
    assert (status, said["created"], said["error"]["code"]) == (1, 0, "E738")
    assert told.startswith("E738")
    assert desk.count() == 4


def test_sheet_and_heads_can_be_named(desk: Terminal) -> None:
    lines = (("Bewohnerliste",), ("Nachname", "Vorname", "PLZ"), ("Osman", "Amna", Cell(1067, "00000")))
    book = xlsx({"Deckblatt": Sheet((("Nachname", "Vorname"), ("Kaya", "Ali"))), "Blatt 2": Sheet(lines)})
    path = desk.file("liste.xlsx", book)
    _, said, _ = desk.run("import", path, "--dry-run", "--sheet", "Blatt 2", "--head-row", "2")
    assert (said["sheet"], said["sheets"], said["head_row"]) == ("Blatt 2", ["Deckblatt", "Blatt 2"], 2)
    assert [(row["row"], row["family_name"], row["postcode"]) for row in said["rows"]] == [
        (3, "Osman", "01067")
    ]
    status, said, _ = desk.run("import", path, "--sheet", "Blatt 3")
    assert (status, said["error"]["code"], desk.count()) == (1, "E724", 0)


def test_separator_encoding_and_no_heads_can_be_named(desk: Terminal) -> None:
    path = desk.file("liste.txt", "Müller,Jürgen\nKaya,Ali\n".encode("cp850"))
    options = ("--separator", ",", "--encoding", "cp850", "--head-row", "none", "--dry-run")
    _, said, _ = desk.run("import", path, *options)
    assert (said["head_row"], said["encoding"], said["separator"]) == (None, "cp850", ",")
    assert [row["family_name"] for row in said["rows"]] == ["Müller", "Kaya"]


@pytest.mark.parametrize(
    "option",
    [("--head-row", "erste"), ("--separator", "ab"), ("--encoding", "klingonisch"), ("--head-row", "0")],
)
def test_what_is_no_choice_is_wrong_usage(desk: Terminal, option: tuple[str, str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        desk.run("import", desk.file("liste.csv", LIST), *option)
    assert desk.count() == 0


def test_people_read_what_became_of_each_row(desk: Terminal) -> None:
    _, said, _ = desk.run("import", desk.file("liste.csv", LIST), as_json=False)
    lines = said.splitlines()
    assert lines[:2] == [
        "7 Zeilen gelesen: 6 mit Angaben, 1 leer, 0-mal die Überschriften noch einmal.",
        "4 Fälle angelegt, 1 Zeile weggelassen, 1 Zeile nicht möglich.",
    ]
    assert [line.split(":")[0].strip() for line in lines[2:]] == ["Zeile 4", "Zeile 5", "Zeile 7", "Zeile 8"]


def test_columns_can_be_named_as_the_case_document_does(desk: Terminal) -> None:
    head = "family_name,given_names,birth_date,nationalities,ags,azr_number"
    path = desk.file("persons.csv", f"{head}\nOsman,Amna,1992-05,277|163,05999002,1\n")
    assert desk.run("import", path)[1]["created"] == 1
    [row] = desk.run("list")[1]["cases"]
    shown = desk.run("show", row["id"])[1]
    [person] = shown["persons"]
    assert (shown["ags"], person["nationalities"], person["birth_date"]) == (
        "05999002", ["277", "163"], "1992-05"
    )  # fmt: skip
    assert "azr_number" not in person


def test_a_password_is_told_and_nothing_is_stored(desk: Terminal) -> None:
    locked = b"\xd0\xcf\x11\xe0" + bytes(508) + "EncryptedPackage".encode("utf-16-le")
    status, said, _ = desk.run("import", desk.file("liste.xlsx", locked))
    assert (status, said["error"]["code"]) == (1, "E723")
