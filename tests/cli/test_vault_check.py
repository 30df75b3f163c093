"""``kimdeskctl vault check``: a vault that is not whole is refused, with what was found."""

import json
from pathlib import Path
from typing import Any

import pytest

from kimdesk.casework import attachments, cases
from kimdesk.casework.desk import Desk
from kimdesk.cli.__main__ import main
from kimdesk.vault import Strength
from tests.scan_samples import pdf

PASSPHRASE = "Nebel Kajak Distel Anker Pfiff Walze"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed vault with one case and one scan."""
    place = tmp_path / "vault"
    desk, _ = Desk.create(place, PASSPHRASE, name="Eschenried", user="Kim", strength=Strength.INTERACTIVE)
    with desk:
        case = cases.open_new(desk, None)
        attachments.attach(desk, case.id, pdf(), title="Bescheid")
    (tmp_path / "secret").write_text(PASSPHRASE)
    return place


def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any], str]:
    words = ["--json", "vault", "check", str(folder), "--full"]
    status = main([*words, "--passphrase-file", str(folder.parent / "secret")])
    said = capsys.readouterr()
    return status, json.loads(said.out), said.err


def test_a_whole_vault(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(folder, capsys) == (0, {"ok": True, "findings": []}, "")


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE audit SET actor = 'jemand' WHERE seq = 2", "audit: 2"),
        ("UPDATE attachment_piece SET body = zeroblob(20)", "attachment: "),
        ("DELETE FROM attachment_piece", "attachment: "),
    ],
)
def test_what_was_changed_behind_the_program_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], statement: str, finding: str
) -> None:
    with Desk.unlock(folder, PASSPHRASE) as desk, desk.vault.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    status, said, told = check(folder, capsys)
    assert (status, said["ok"]) == (1, False)
    [found] = said["findings"]
    assert found.startswith(finding)
    assert said["error"]["code"] == "E906"
    assert told.startswith("E906 ")
