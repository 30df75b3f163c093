"""``kimdeskctl vault file-numbers``: how cases are numbered, shown, changed, refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from kimdesk.casework.desk import Desk
from kimdesk.cli.__main__ import main
from kimdesk.domain.dates import today
from kimdesk.vault import Strength

PASSPHRASE = "Nebel Kajak Distel Anker Pfiff Walze"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "vault"
    Desk.create(place, PASSPHRASE, name="Eschenried", user="Kim", strength=Strength.INTERACTIVE)[0].close()
    (tmp_path / "secret").write_text(PASSPHRASE)
    return place


def numbers(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    secret = str(folder.parent / "secret")
    status = main(["--json", "vault", "file-numbers", str(folder), "--passphrase-file", secret, *words])
    return status, json.loads(capsys.readouterr().out)


def test_shown_changed_and_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    year = today().year
    usual = {"template": "{OE}-{JJJJ}-{lfd}", "office": "ESC", "next": f"ESC-{year}-001"}
    assert numbers(folder, capsys) == (0, usual)
    changed = {"template": "{lfd}/{JJJJ}", "office": "ESC", "next": f"001/{year}"}
    assert numbers(folder, capsys, "--template", "{lfd}/{JJJJ}") == (0, changed)
    status, said = numbers(folder, capsys, "--template", "{JJJJ}")
    assert (status, said["error"]["code"]) == (1, "E858")
    assert numbers(folder, capsys) == (0, changed)
