"""What the unlock window says when the disk, the folder or another program stands in the way."""

import shutil
from pathlib import Path

import pytest

from kimdesk.casework import case_list
from kimdesk.casework.cases import open_new
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import Person
from kimdesk.store.lists import CaseQuery
from kimdesk.vault import place
from tests.conftest import PASSPHRASE
from tests.ui.hands import click, sees
from tests.ui.test_unlock import Door, door, enter, problem

__all__ = ["door"]

HEADER, FRAME = 32, 24 + 4096


@pytest.fixture
def damaged(desk_folder: Path, tmp_path: Path) -> Path:
    """The desk of a program that died after five more cases; the third one's part of the log is damaged."""
    died = tmp_path / "died"
    with Desk.unlock(desk_folder, PASSPHRASE) as desk:
        desk.vault.checkpoint()
        for family in ("Yılmaz", "Demir", "Tesfay", "Gebre", "Kowalenko"):
            open_new(desk, Person(family_name=family, given_names="Selam"))
        shutil.copytree(desk_folder, died)
    log = died / "data.db-wal"
    data = bytearray(log.read_bytes())
    ends = [at for at in range(HEADER, len(data), FRAME) if any(data[at + 4 : at + 8])]
    data[ends[2] + 100] ^= 4
    log.write_bytes(data)
    return died


def test_damaged_saves_are_said_and_the_rest_can_be_opened(door: Door, damaged: Path) -> None:
    page = door.page(damaged)
    enter(page, PASSPHRASE)
    assert problem(page).startswith("Ein Teil der zuletzt gespeicherten Angaben ist beschädigt")
    assert "Kopieren Sie zuerst den ganzen Ordner" in problem(page)
    assert door.desks == []
    click(page, "accept_older")
    assert 2 < case_list.count(door.desks[0], CaseQuery()) < 7


def test_a_network_drive_is_refused_with_a_way_out(
    door: Door, desk_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"srv / ext4 rw 0 0\nsrv {desk_folder} cifs rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(place, "_MOUNTS", mounts)
    page = door.page(desk_folder)
    enter(page, PASSPHRASE)
    assert problem(page).startswith("Dieser Ordner liegt auf einem Netzlaufwerk, ")
    assert "auf die Festplatte dieses Rechners" in problem(page)
    assert not sees(page, "accept_older")


def test_a_vault_that_is_open_elsewhere_says_so(door: Door, desk_folder: Path) -> None:
    with Desk.unlock(desk_folder, PASSPHRASE):
        page = door.page(desk_folder)
        enter(page, PASSPHRASE)
        assert problem(page).startswith("Der Tresor ist schon geöffnet")
        assert door.desks == []


def test_a_folder_that_is_gone_says_so(door: Door, desk_folder: Path) -> None:
    page = door.page(desk_folder)
    shutil.rmtree(desk_folder)
    enter(page, PASSPHRASE)
    assert problem(page).startswith("In diesem Ordner liegt kein KIMdesk-Tresor.")
    assert not desk_folder.exists()
