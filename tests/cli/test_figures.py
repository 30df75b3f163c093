"""A report through the command line into every kind of file: the same figures, nothing hidden in any."""

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pdfua import validate
from python_calamine import CalamineWorkbook

from kimdesk.cli import figures
from kimdesk.cli.parser import build_parser
from kimdesk.domain.errors import KimdeskError
from tests.conftest import PASSPHRASE
from tests.kreis.counted_kreis import ESCHENRIED, CountedTemplate, counted_kreis_template

__all__ = ["counted_kreis_template"]
KINDS = ("pdf", "xlsx", "csv", "json")
HIDDEN = 14
"""Cases of Ahlbrück, which is covered, so that nobody reckons the three of Moorfeld."""


@dataclass(frozen=True)
class Written:
    """The four files of one report, and what the command said of each."""

    home: Path
    told: dict[str, dict[str, Any]]

    def bytes_of(self, kind: str) -> bytes:
        return (self.home / f"report.{kind}").read_bytes()


def call(home: Path, *words: str) -> Namespace:
    given = ("--passphrase-file", str(home / "words"), "--today", "2026-12-01")
    return build_parser().parse_args(["kreis", "figures", str(home / "kreis"), *given, *words])


AUTUMN = ("--report", "kreis", "--from", "2026-09-01", "--to", "2026-11-30")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, counted_kreis_template: CountedTemplate) -> Written:
    """The report of the Kreis on the autumn, in every kind."""
    home = tmp_path_factory.mktemp("written")
    (home / "words").write_text(PASSPHRASE)
    shutil.copytree(counted_kreis_template.folder, home / "kreis")
    (home / "taken.json").mkdir()
    told = {}
    for kind in KINDS:
        outcome = figures.give_out(call(home, *AUTUMN, "--out", str(home / f"report.{kind}")))
        told[kind] = dict(outcome.data)
    return Written(home, told)


def shown(lines: list[dict[str, Any]]) -> dict[tuple[str, ...], str]:
    """Return what is shown by indicator, breakdown, code and first day."""
    names = ("indicator", "breakdown", "code", "first")
    return {
        tuple(str(each[name] or "") for name in names): str(each["value"])
        for each in lines
        if each["status"] == "shown"
    }


def of_csv(data: bytes) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def of_xlsx(data: bytes) -> list[dict[str, Any]]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("Daten").to_python()
    head = [str(each) for each in rows[0]]
    found = [dict(zip(head, row, strict=True)) for row in rows[1:]]
    return [row | {"value": row["value"] if row["value"] == "" else int(str(row["value"]).partition(".")[0])}
            for row in found]  # fmt: skip


def of_pdf(path: Path) -> str:
    told = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return re.sub(r"\s+", " ", told.stdout.decode())


def test_every_kind_says_the_same_and_is_drawn_again_with_one_digest(written: Written) -> None:
    figures_of = shown(written.told["json"]["figures"])
    assert figures_of["active_cases", "", "", "2026-09-01"] == "39"
    assert figures_of["days_to_acceptance", "service", "jobcenter", "2026-09-01"] == "5"
    assert shown(of_csv(written.bytes_of("csv"))) == figures_of
    assert shown(of_xlsx(written.bytes_of("xlsx"))) == figures_of
    document = json.loads(written.bytes_of("json"))
    assert shown(document["figures"]) == figures_of
    assert {each["digest"] for each in written.told.values()} == {document["digest"]}
    text = of_pdf(written.home / "report.pdf")
    assert "Laufende Fälle 39 20 mehr als am 31.08.2026" in text
    assert document["digest"] in text


def test_who_is_hidden_stands_in_no_bytes(written: Written) -> None:
    rows = of_csv(written.bytes_of("csv"))
    assert [each for each in rows if each["status"] in ("small", "covered") and each["value"]] == []
    document = json.loads(written.bytes_of("json"))
    assert "guards" not in json.dumps(document)
    with zipfile.ZipFile(written.home / "report.xlsx") as book:
        sheets = {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}
    numbers = [each for text in sheets.values() for each in re.findall(r"<v>(\d+)</v></c>", text)]
    assert "22" in numbers or "39" in numbers
    told = {str(each["value"]) for each in written.told["json"]["figures"] if each["value"] is not None}
    assert str(HIDDEN) not in told
    assert "formula" not in "".join(sheets.values())
    assert not re.search(rf"\b{HIDDEN} mehr|Niederholt {HIDDEN}\b", of_pdf(written.home / "report.pdf"))


def test_the_paper_can_be_read_aloud(written: Written) -> None:
    path = written.home / "report.pdf"
    assert validate(str(path)).findings == ()
    told = subprocess.run(["pdfinfo", "-struct", path], capture_output=True, check=True).stdout.decode()
    assert "Figure" in told
    assert "Table" in told


def test_a_municipality_is_named_by_either_word(written: Written) -> None:
    words = ("--report", "gemeinde", *AUTUMN[2:])
    for name in ("--ags", "--gemeinde"):
        out = written.home / f"one{name}.json"
        figures.give_out(call(written.home, *words, name, ESCHENRIED, "--out", str(out)))
        assert json.loads(out.read_bytes())["municipality"] == ESCHENRIED


def test_an_own_list_is_a_file_and_says_what_is_not_counted(written: Written) -> None:
    own = written.home / "list.toml"
    own.write_text(
        'code = "own"\nversion = 3\ntitle = "=1+1 Liste"\nabout = "kreis"\nsource = "Wir"\n'
        "valid_from = 2026-01-01\n"
        '[[mapping]]\nnumber = "F1"\ntitle = "@Fälle"\nindicator = "active_cases"\n'
        '[[mapping]]\nnumber = "F2"\ntitle = "Stellen"\nnot_counted = "Stellen zählt hier niemand."\n'
    )
    for kind in ("pdf", "xlsx"):
        out = written.home / f"own.{kind}"
        figures.give_out(call(written.home, "--report", str(own), *AUTUMN[2:], "--out", str(out)))
    assert "F2 Stellen Stellen zählt hier niemand." in of_pdf(written.home / "own.pdf")
    with zipfile.ZipFile(written.home / "own.xlsx") as book:
        assert not any(b"<f>" in book.read(name) for name in book.namelist())


@pytest.fixture
def refusing(written: Written) -> Iterator[Path]:
    """The home of the Kreis, of which no file may have changed at the end."""
    before = {path.name for path in written.home.iterdir()}
    yield written.home
    assert {path.name for path in written.home.iterdir()} == before


@pytest.mark.parametrize(
    ("words", "out", "code"),
    [
        (AUTUMN, "report.odt", "E817"),
        (AUTUMN, "report", "E817"),
        (("--report", "nobody", *AUTUMN[2:]), "x.pdf", "E810"),
        (("--report", "missing.toml", *AUTUMN[2:]), "x.pdf", "E910"),
        (("--report", "/dev/null/list.toml", *AUTUMN[2:]), "x.pdf", "E910"),
        (("--report", "kreis", "--from", "2026-11-30", "--to", "2026-09-01"), "x.pdf", "E811"),
        (AUTUMN, "nowhere/x.pdf", "E920"),
        (AUTUMN, "taken.json", "E820"),
    ],
)
def test_what_is_refused_leaves_no_file(refusing: Path, words: tuple[str, ...], out: str, code: str) -> None:
    with pytest.raises(KimdeskError) as refused:
        figures.give_out(call(refusing, *words, "--out", str(refusing / out)))
    assert refused.value.code == code
