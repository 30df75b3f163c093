"""``kimdeskctl scan inspect``: what attaching would do, without a vault."""

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from kimdesk.cli.__main__ import main
from tests.camera_files import PLAIN, saved
from tests.casework.test_scan_drawing import bomb
from tests.pdfs import HOLDING, large
from tests.scan_samples import SECRET, exif, pdf


def told(capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 0) -> dict[str, object]:
    assert main(["--json", "scan", "inspect", *map(str, arguments)]) == status
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_a_photo_is_cleaned_and_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photo, clean, preview = tmp_path / "a", tmp_path / "clean", tmp_path / "preview.png"
    photo.write_bytes(saved("JPEG", exif=exif(6)))
    found = told(capsys, photo, "--out", clean, "--preview", preview)
    assert found == {
        "media_type": "image/jpeg", "bytes": clean.stat().st_size, "place_left": False, "pages": 1,
        "drawable": True, "removed": ["place", "details"], "warnings": [],
    }  # fmt: skip
    assert SECRET not in clean.read_bytes()
    with Image.open(preview) as shown:
        assert (shown.format, shown.size) == ("PNG", (48, 64))


@pytest.mark.parametrize("kind", PLAIN)
def test_each_kind_is_known(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    (tmp_path / "a").write_bytes(PLAIN[kind]())
    found = told(capsys, tmp_path / "a")
    assert (found["media_type"], found["pages"], found["drawable"]) == (kind, 1, True)


@pytest.mark.parametrize("code", HOLDING)
def test_what_a_pdf_holds_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str], code: str) -> None:
    (tmp_path / "a.pdf").write_bytes(HOLDING[code])
    warnings = told(capsys, tmp_path / "a.pdf")["warnings"]
    assert isinstance(warnings, list)
    assert [(each["code"], each["n"]) for each in warnings] == [(code, 1)]
    assert warnings[0]["message"]


def test_a_pdf_with_a_password_and_one_that_cannot_be_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "locked.pdf").write_bytes(pdf(password="anker"))
    found = told(capsys, tmp_path / "locked.pdf", "--preview", tmp_path / "none.png")
    assert (found["pages"], found["drawable"]) == (0, False)
    (tmp_path / "bomb.pdf").write_bytes(bomb())
    found = told(capsys, tmp_path / "bomb.pdf", "--preview", tmp_path / "none.png")
    assert (found["pages"], found["drawable"]) == (1, False)
    assert [each["code"] for each in found["warnings"]] == ["undrawable"]  # type: ignore[attr-defined]
    assert not (tmp_path / "none.png").exists()


def test_what_is_refused_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = BytesIO()
    with ZipFile(archive, "w") as packed:
        packed.writestr("a.txt", "a")
    (tmp_path / "a").write_bytes(large(archive.getvalue()))
    for name, code in (("a", "E876"), ("none", "E940")):
        found = told(capsys, tmp_path / name, "--out", tmp_path / "out", status=1)
        assert found["error"]["code"] == code  # type: ignore[index]
    assert not (tmp_path / "out").exists()


def test_people_are_told_in_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jpg").write_bytes(saved("JPEG", exif=exif()))
    assert main(["scan", "inspect", str(tmp_path / "a.jpg")]) == 0
    assert "der Ort der Aufnahme" in capsys.readouterr().out
