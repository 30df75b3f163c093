"""The log of a program that died: a save that was cut off is dropped, damage of finished ones is said."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kimdesk import vault as vaults
from kimdesk.domain.errors import VaultError
from kimdesk.vault import Vault
from kimdesk.vault.slotfile import OpenedSlot
from tests.conftest import PASSPHRASE
from tests.vault.helpers import open_known, opened, start, stop

HEADER, FRAME = 32, 24 + 4096
SAVES = 6


@pytest.fixture(scope="module")
def died(vault_template: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault as a killed process leaves it: six saves stand in the log alone. Copy it only."""
    home = tmp_path_factory.mktemp("died")
    folder = Path(shutil.copytree(vault_template[0], home / "open"))
    with vaults.unlock(folder, PASSPHRASE) as vault:
        with vault.connection() as database:
            database.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
        vault.checkpoint()
        with vault.connection() as database:
            for number in range(SAVES):
                database.execute("INSERT INTO note (text) VALUES (?)", (f"{number} " * 3000,))
        shutil.copytree(folder, home / "died")
    return home / "died"


@pytest.fixture(scope="module")
def known(died: Path) -> OpenedSlot:
    return opened(died)


@pytest.fixture
def folder(died: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(died, tmp_path / "vault"))


def notes(vault: Vault) -> list[str]:
    with vault.connection() as database:
        return [text.split()[0] for (text,) in database.execute("SELECT text FROM note ORDER BY id")]


def everything() -> list[str]:
    return [str(number) for number in range(SAVES)]


def change(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1 << at % 8
    path.write_bytes(data)


def commits(log: Path) -> Iterator[int]:
    """Yield where the last frame of each save begins."""
    data = log.read_bytes()
    for at in range(HEADER, len(data), FRAME):
        if int.from_bytes(data[at + 4 : at + 8], "big"):
            yield at


def test_a_killed_process_leaves_everything_in_the_log(folder: Path, known: OpenedSlot) -> None:
    assert len(list(commits(folder / "data.db-wal"))) == SAVES
    with open_known(folder, known) as vault:
        assert notes(vault) == everything()


@pytest.mark.parametrize("part", [0, 5, 9, 14, 17, 22, 24, 2000, FRAME - 1])
def test_damage_of_a_finished_save_is_said_before_anything_is_dropped(
    folder: Path, known: OpenedSlot, part: int
) -> None:
    """``part``: page number, size, both salts, both checksums, begin, middle and end of the page."""
    log = folder / "data.db-wal"
    last_but_one = list(commits(log))[-2]
    whole = log.read_bytes()
    for at in range(HEADER, last_but_one + 1, FRAME):
        log.write_bytes(whole)
        change(log, at + part)
        damaged = log.read_bytes()
        with pytest.raises(VaultError, match="E030"):
            open_known(folder, known)
        assert log.read_bytes() == damaged, "nothing was touched"


def test_a_log_that_is_being_written_is_in_use_and_not_damaged(folder: Path, known: OpenedSlot) -> None:
    """A service took the lock file away, and what is read of the log is half old and half new."""
    first = start(
        "with vault.unlock(folder, passphrase):\n    print('open', flush=True)\n    input()", folder
    )
    assert first.stdout is not None
    assert first.stdout.readline() == "open\n"
    log = folder / "data.db-wal"
    (folder / "lock").unlink()
    change(log, HEADER + 2 * FRAME + 100)
    try:
        with pytest.raises(VaultError, match="E004"):
            open_known(folder, known)
    finally:
        stop(first)
    with pytest.raises(VaultError, match="E030"):
        open_known(folder, known)


def test_damage_of_the_last_save_looks_like_one_that_was_cut_off(folder: Path, known: OpenedSlot) -> None:
    change(folder / "data.db-wal", -500)
    with open_known(folder, known) as vault:
        assert notes(vault) == everything()[:-1]


def test_a_log_cut_anywhere_is_no_damage(folder: Path, known: OpenedSlot) -> None:
    log = folder / "data.db-wal"
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    for size in range(0, len(files[log.name]), 3001):
        for name, data in files.items():
            (folder / name).write_bytes(data)
        log.write_bytes(files[log.name][:size])
        with open_known(folder, known) as vault:
            assert notes(vault) == everything()[: len(notes(vault))]


def test_a_last_save_whose_parts_came_in_another_order_is_no_damage(folder: Path, known: OpenedSlot) -> None:
    """Only the last part of the save that was cut off reached the disk, the parts before it did not."""
    log = folder / "data.db-wal"
    data = bytearray(log.read_bytes())
    begin, end = list(commits(log))[-2:]
    data[begin + FRAME : end] = bytes(end - begin - FRAME)
    log.write_bytes(data)
    with open_known(folder, known) as vault:
        assert notes(vault) == everything()[:-1]


def test_what_is_left_of_an_older_round_of_the_log_is_no_damage(folder: Path, known: OpenedSlot) -> None:
    """SQLite begins the log anew over the old one, whose frames are still there behind the new."""
    log = folder / "data.db-wal"
    older = log.read_bytes()
    with open_known(folder, known) as vault:
        vault.checkpoint()
        with vault.connection() as database:
            database.execute("INSERT INTO note (text) VALUES ('6 ')")
        shutil.copytree(folder, folder.parent / "again")
    fresh = (folder.parent / "again" / "data.db-wal").read_bytes()
    assert len(fresh) < len(older) - 3 * FRAME
    (folder.parent / "again" / "data.db-wal").write_bytes(fresh + older[len(fresh) :])
    with open_known(folder.parent / "again", known) as vault:
        assert notes(vault) == [*everything(), "6"]


def test_what_is_whole_can_be_opened_and_is_not_asked_about_again(folder: Path, known: OpenedSlot) -> None:
    change(folder / "data.db-wal", HEADER + 2 * FRAME + 100)
    with vaults.unlock(folder, PASSPHRASE, accept_older=True) as vault:
        whole = notes(vault)
        assert whole == everything()[: len(whole)]
        assert len(whole) < SAVES
        assert vaults.check(vault, full=True) == []
    with open_known(folder, known) as vault:
        assert notes(vault) == whole


def test_a_damaged_log_stops_a_new_key_too(folder: Path) -> None:
    change(folder / "data.db-wal", HEADER + 100)
    with pytest.raises(VaultError, match="E030"):
        vaults.rekey(folder, PASSPHRASE)
