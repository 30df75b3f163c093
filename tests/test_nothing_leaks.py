"""A thief who takes all that lies on the disk finds no name, not even in temporary files."""

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from kimdesk.casework import attachments, cases, drafts, exchange, records
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Contact
from kimdesk.kreis.enrolled.enrolling import enrol
from kimdesk.kreis.taking.inbox import import_files
from kimdesk.sync.leaving.export import export
from kimdesk.sync.leaving.preview import preview
from kimdesk.sync.receipts import take
from kimdesk.sync.trust import joining
from kimdesk.texts.preview import PreviewWords
from kimdesk.vault import Strength
from tests.cli.test_whole_job import DOCUMENT
from tests.conftest import PASSPHRASE
from tests.pdfs import large
from tests.scan_samples import pdf
from tests.torture.raw import pages
from ui.desk.scans import OpenCopies
from ui.papers.render import render

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

        joining.request(desk, disk / "request.kimq")
        made = enrol(office, (disk / "request.kimq").read_bytes())
        joining.accept(desk, made.certificate, fingerprint=made.kreis_fingerprint)
        (disk / "stick").mkdir()
        words = PreviewWords(desk.catalogue)
        shown = json.dumps([words.plain(line) for line in preview(desk).leaves], ensure_ascii=False)
        assert PLANTED[0] in shown, "the test is worth something only when the name does leave"
        bundle = export(desk, disk / "stick")
        [result] = import_files(office, [bundle.path], disk / "stick")
        assert result.receipt
        assert result.result == "applied"
        take(desk, result.receipt)
        assert_nothing_planted(disk)
    assert_nothing_planted(disk)


def test_a_scan_lies_open_nowhere_but_in_the_copy_that_was_asked_for(
    disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIMDESK_HOME", str(disk / "settings"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(disk / "tmp"))
    content = pdf(f"Geburtsurkunde {PLANTED[1]}", PLANTED[3])
    copies = OpenCopies()
    with create(disk / "desk", "Eschenried", "desk") as desk:
        case = cases.open_new(desk, None)
        kept = attachments.attach(desk, case.id, content, title=f"Urkunde {PLANTED[0]}")
        assert attachments.content(desk, kept.id) == content, "or there is something else to look for"
        assert render(attachments.content(desk, kept.id), kept.media_type, 0, 300).image
        assert cases.find(desk, "zzyxmueller")
        assert_nothing_planted(disk)
        assert not holding(disk, content)

        copy = copies.put(attachments.content(desk, kept.id, "opened_outside"), kept.media_type)
        assert holding(disk, content) == [str(copy)]
        copies.wipe()
        assert_nothing_planted(disk)
        assert not holding(disk, content)
    assert_nothing_planted(disk)
    assert not holding(disk, content)


def holding(disk: Path, content: bytes) -> list[str]:
    """Return the files that hold a piece of the PDF ``content``: of its last stream, the words of a page."""
    start = content.rindex(b"stream", 0, content.rindex(b"endstream")) + len(b"stream")
    piece = content[start : start + 40].strip()
    return [path for path, found in everything_on(disk).items() if piece in found]


def test_an_erased_scan_is_not_even_left_behind_the_cipher(disk: Path) -> None:
    content = large(PLANTED[1].encode() * 100_000)
    with create(disk / "desk", "Eschenried", "desk") as desk:
        case = cases.open_new(desk, None)
        kept = attachments.attach(desk, case.id, content, title=f"Urkunde {PLANTED[0]}", note=PLANTED[2])
        records.save(desk, replace(kept, title="Urkunde"))
        assert planted_pages(desk) > 150, "the test is worth something only when the scan was there"
        cases.erase(desk, case.id)
        assert planted_pages(desk) == 0
    assert_nothing_planted(disk)


def planted_pages(desk: Desk) -> int:
    """Return how many pages hold a planted name once decrypted, those given free and the log included."""
    wanted = {spelling for name in PLANTED for spelling in spellings(name)}
    return sum(any(each in page for each in wanted) for page in pages(desk.vault.folder, desk.vault.key))
