"""A thief who takes all that lies on the disk finds no name, not even in temporary files."""

import json
import tempfile
from pathlib import Path
from typing import Literal

import pytest

from kimdesk.casework import cases, drafts, exchange, records
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Contact
from kimdesk.kreis.desks import enrol
from kimdesk.kreis.inbox import import_files
from kimdesk.sync import device
from kimdesk.sync.export import export
from kimdesk.sync.preview import preview
from kimdesk.sync.receipts import take
from kimdesk.vault import Strength
from tests.cli.test_whole_job import DOCUMENT
from tests.conftest import PASSPHRASE

PLANTED = ("Zzyxmüller", "Qwertza", "Kinderarzt-Xylophon", "Entwurf-Quittengelee")


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "tmp").mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def everything_on(disk: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in disk.rglob("*") if path.is_file()}


def spellings(name: str) -> set[bytes]:
    folded = name.casefold().replace("ü", "u")
    texts = {name, name.casefold(), name.upper(), folded, name.replace("ü", "ue"), json.dumps(name)[1:-1]}
    return {text.encode(code) for text in texts for code in ("utf-8", "utf-16-le", "latin-1")}


def assert_nothing_planted(disk: Path) -> None:
    for path, content in everything_on(disk).items():
        found = [name for name in PLANTED for spelling in spellings(name) if spelling in content]
        assert found == [], path


def create(folder: Path, name: str, role: Literal["desk", "kreis"]) -> Desk:
    desk, _ = Desk.create(
        folder,
        PASSPHRASE,
        name=name,
        user="",
        municipalities=("05999001",),
        role=role,
        strength=Strength.INTERACTIVE,
    )
    return desk


def test_no_planted_name_lies_open_anywhere(disk: Path) -> None:
    with (
        create(disk / "desk", "Eschenried", "desk") as desk,
        create(disk / "kreis", "Auental", "kreis") as office,
    ):
        exchange.import_documents(desk, [DOCUMENT])
        case_id = str(DOCUMENT["id"])
        held_on = cases.peek(desk, case_id).case.opened_on
        records.save(desk, Contact(case_id=case_id, held_on=held_on, content=f"Gespräch: {PLANTED[2]}"))
        drafts.save_draft(desk, f"draft:{case_id}", {"note": PLANTED[3]})
        assert cases.find(desk, "zzyxmueller")
        assert_nothing_planted(disk)

        device.request(desk, disk / "request.kimq")
        device.accept(desk, enrol(office, (disk / "request.kimq").read_bytes()).certificate)
        (disk / "stick").mkdir()
        shown = json.dumps([line.as_dict() for line in preview(desk).leaves], ensure_ascii=False)
        assert PLANTED[0] in shown, "the test is worth something only when the name does leave"
        bundle = export(desk, disk / "stick")
        [result] = import_files(office, [bundle.path], disk / "stick")
        assert result.receipt
        assert result.result == "applied"
        take(desk, result.receipt)
        assert_nothing_planted(disk)
    assert_nothing_planted(disk)
