"""A new key: everything is there under it, nothing under the old one, and no crash loses anything."""

import shutil
from itertools import count
from pathlib import Path

import pytest

from kimdesk import vault as vaults
from kimdesk.domain.errors import StoreError, VaultError
from kimdesk.vault import Vault, copying, lock, swap
from kimdesk.vault.failures import understood
from kimdesk.vault.rekey import Witness, _fresh, replace_key
from kimdesk.vault.slotfile import OpenedSlot, read_copies
from tests.conftest import PASSPHRASE
from tests.vault.disk import FailingDisk
from tests.vault.helpers import open_known, opened, start, stop

CODE = "0000-0000-0000-0000-0000-0000-0000"
ROWS = [("one",), ("two",), ("three",)]


def note(vault: Vault) -> None:
    with vault.connection() as database:
        database.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
        database.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
        database.executemany("INSERT INTO note (text) VALUES (?)", ROWS)
        database.execute("INSERT INTO words SELECT text FROM note")
        database.execute("PRAGMA user_version = 7")


def notes(vault: Vault) -> list[tuple[str]]:
    with vault.connection() as database:
        found: list[tuple[str]] = database.execute("SELECT text FROM note ORDER BY id").fetchall()
        assert database.execute("SELECT count(*) FROM words WHERE words MATCH 'two'").fetchone() == (1,)
        assert database.execute("PRAGMA user_version").fetchone() == (7,)
    return found


@pytest.fixture(scope="module")
def noted(vault_template: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed vault with something in it, the fixtures' own otherwise."""
    folder = tmp_path_factory.mktemp("noted") / "vault"
    shutil.copytree(vault_template[0], folder)
    with vaults.unlock(folder, PASSPHRASE) as vault:
        note(vault)
    return folder


@pytest.fixture(scope="module")
def keys(noted: Path) -> tuple[OpenedSlot, OpenedSlot]:
    """The key of that vault and one that is to follow it."""
    old = opened(noted)
    return old, _fresh(old, PASSPHRASE, CODE)


@pytest.fixture
def folder(noted: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(noted, tmp_path / "vault"))


def test_everything_is_there_under_the_new_key(folder: Path) -> None:
    before = (folder / "data.db").read_bytes()
    done = vaults.rekey(folder, PASSPHRASE)
    with vaults.unlock(folder, PASSPHRASE) as vault:
        assert notes(vault) == ROWS
        assert vaults.check(vault, full=True) == []
        assert (vault.header.key_epoch, vault.header.user) == (2, "Kim Muster")
    assert (folder / "data.db").read_bytes()[:16] != before[:16], "the salt is new too"
    assert done.key_epoch == 2
    assert {path.name for path in folder.iterdir()} == {
        "anchor", "data.db", "lock", "vault.kimv", "vault.kimv.2"
    }  # fmt: skip


def test_only_the_new_recovery_code_opens_and_the_result_names_what_was_removed(
    folder: Path, recovery_code: str
) -> None:
    done = vaults.rekey(folder, PASSPHRASE)
    assert [slot.kind for slot in done.removed] == ["recovery"]
    with pytest.raises(VaultError, match="E001"):
        vaults.unlock_with_recovery(folder, recovery_code)
    vaults.unlock_with_recovery(folder, done.recovery_code).close()


def test_who_holds_the_old_key_reads_nothing_new(folder: Path, keys: tuple[OpenedSlot, OpenedSlot]) -> None:
    vaults.rekey(folder, PASSPHRASE)
    with pytest.raises(VaultError, match="E003"):
        open_known(folder, keys[0])


def test_a_wrong_passphrase_changes_nothing(folder: Path) -> None:
    before = (folder / "data.db").read_bytes()
    with pytest.raises(VaultError, match="E001"):
        vaults.rekey(folder, "falsch", clock=lambda: 0)
    assert (folder / "data.db").read_bytes() == before


def test_an_open_vault_keeps_its_key(folder: Path) -> None:
    with vaults.unlock(folder, PASSPHRASE) as vault:
        with pytest.raises(VaultError, match="E004"):
            vaults.rekey(folder, PASSPHRASE)
        assert notes(vault) == ROWS


def test_a_damaged_vault_is_not_copied(folder: Path) -> None:
    data = folder / "data.db"
    whole = data.read_bytes()
    data.write_bytes(whole[:-100] + bytes([whole[-100] ^ 1]) + whole[-99:])
    with pytest.raises(VaultError, match="E003"):
        vaults.rekey(folder, PASSPHRASE)
    assert not list(folder.glob("next*"))


def test_a_copy_that_lacks_something_does_not_take_the_place(
    folder: Path, keys: tuple[OpenedSlot, OpenedSlot], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = iter([b"the source", b"the copy"])
    monkeypatch.setattr(copying, "inventory", lambda _: next(known))
    with pytest.raises(VaultError, match="E014"):
        replaced(folder, keys)
    assert state(folder, keys) == "old"


def test_what_the_witness_writes_comes_with_the_new_key_or_not_at_all(
    folder: Path, keys: tuple[OpenedSlot, OpenedSlot]
) -> None:
    def refuse(_: Vault) -> None:
        raise StoreError("E904")

    with pytest.raises(StoreError, match="E904"):
        replaced(folder, keys, refuse)
    assert state(folder, keys) == "old"
    replaced(folder, keys, add_four)
    assert state(folder, keys) == "new"
    with open_known(folder, keys[1]) as vault:
        assert notes(vault) == [*ROWS, ("four",)]


@pytest.mark.parametrize("dead", [False, True], ids=["refused once", "killed"])
def test_a_fault_at_any_step_leaves_the_old_vault_or_the_new_one(
    folder: Path, noted: Path, keys: tuple[OpenedSlot, OpenedSlot], dead: bool
) -> None:
    seen = []
    for step in count(1):
        shutil.rmtree(folder)
        shutil.copytree(noted, folder)
        with pytest.MonkeyPatch.context() as patch:
            disk = FailingDisk(patch, step, dead=dead)
            refused = refuses(folder, keys)
        if not disk.failed:
            break
        found = state(folder, keys)
        assert not (found == "old" and not refused), "acknowledged, so it must be there"
        if not dead:
            assert found == ("old" if refused else "new")
        seen.append(found)
    assert len(seen) > 15
    assert set(seen) == {"old", "new"}


@pytest.mark.parametrize("later", range(1, 7))
def test_a_fault_while_finishing_is_finished_the_next_time(
    folder: Path, keys: tuple[OpenedSlot, OpenedSlot], later: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(swap, "_move", lambda *_: (_ for _ in ()).throw(OSError(5, "x")))
        replaced(folder, keys)
    assert (folder / "next").is_dir()
    with pytest.MonkeyPatch.context() as patch:
        FailingDisk(patch, later, dead=True)
        with pytest.raises(StoreError, match="E904"), understood():
            swap.finish(folder)
    assert state(folder, keys) == "new"


def test_a_half_done_change_is_completed_by_whoever_unlocks(
    folder: Path, keys: tuple[OpenedSlot, OpenedSlot]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(swap, "_move", lambda *_: (_ for _ in ()).throw(OSError(5, "x")))
        replaced(folder, keys)
    (folder / "data.db-wal").write_bytes(b"the log of the old database")
    with vaults.unlock_with_recovery(folder, CODE) as vault:
        assert notes(vault) == ROWS
    assert not (folder / "next").exists()


def test_a_process_that_is_really_killed_leaves_the_old_vault_or_the_new_one(folder: Path) -> None:
    process = start(
        "import os\n"
        "real = os.replace\n"
        "def die(*given):\n"
        "    real(*given)\n"
        "    if str(given[0]).endswith('data.db'): os.kill(os.getpid(), 9)\n"
        "os.replace = die\n"
        "vault.rekey(folder, passphrase)",
        folder,
    )
    process.wait(60)
    stop(process)
    assert (folder / "next").is_dir()
    with vaults.unlock(folder, PASSPHRASE) as vault:
        assert notes(vault) == ROWS
        assert vault.header.key_epoch == 2


def add_four(vault: Vault) -> None:
    with vault.connection() as database:
        database.execute("INSERT INTO note (text) VALUES ('four')")


def replaced(folder: Path, keys: tuple[OpenedSlot, OpenedSlot], witness: Witness | None = None) -> None:
    with lock.alone(folder), understood():
        replace_key(folder, *keys, witness)


def refuses(folder: Path, keys: tuple[OpenedSlot, OpenedSlot]) -> bool:
    try:
        replaced(folder, keys, lambda _: None)
    except StoreError:
        return True
    return False


def state(folder: Path, keys: tuple[OpenedSlot, OpenedSlot]) -> str:
    """Which of the two keys opens the vault; the other one must not, and the notes must be there."""
    with lock.alone(folder):
        swap.finish(folder)
    newest = read_copies(folder)[0]
    old, new = keys
    holds = new if newest.is_genuine(new.key) else old
    with open_known(folder, holds) as vault:
        assert set(notes(vault)) >= set(ROWS)
        assert vaults.check(vault) == []
    with pytest.raises(VaultError, match="E003"):
        open_known(folder, old if holds is new else new)
    return "new" if holds is new else "old"
