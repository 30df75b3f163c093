"""The database is encrypted, alone, whole and fresh, or the vault says that it is not."""

import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from kimdesk import vault as vaults
from kimdesk.domain.errors import VaultError
from kimdesk.vault import Strength, Vault
from kimdesk.vault.slotfile import OpenedSlot
from tests.conftest import PASSPHRASE
from tests.vault.helpers import open_known, opened, start, stop

PAGE = 4096


def fill(vault: Vault, rows: int = 200) -> None:
    with vault.connection() as database:
        database.execute("CREATE TABLE IF NOT EXISTS note (id INTEGER PRIMARY KEY, text TEXT)")
        database.execute("CREATE INDEX IF NOT EXISTS note_text ON note (text)")
        database.executemany("INSERT INTO note (text) VALUES (?)", [(f"note {n}" * 20,) for n in range(rows)])


@pytest.mark.parametrize("plain", [True, False])
def test_a_database_in_clear_is_refused(closed_vault: Path, plain: bool) -> None:
    data = closed_vault / "data.db"
    data.unlink()
    if plain:
        with sqlite3.connect(data) as database:
            database.execute("CREATE TABLE vault_state (vault_id, counter)")
        database.close()
    with pytest.raises(VaultError, match="E006" if plain else "E003"):
        vaults.unlock(closed_vault, PASSPHRASE)
    assert data.exists() == plain


def test_an_emptied_database_is_damage_not_a_new_one(closed_vault: Path) -> None:
    (closed_vault / "data.db").write_bytes(b"")
    with pytest.raises(VaultError, match="E003"):
        vaults.unlock(closed_vault, PASSPHRASE)


def test_the_database_of_another_vault_is_refused_in_silence(
    closed_vault: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    vaults.create(tmp_path / "other", PASSPHRASE, name="x", strength=Strength.INTERACTIVE)[0].close()
    shutil.copy(tmp_path / "other" / "data.db", closed_vault)
    with pytest.raises(VaultError, match="E003"):
        vaults.unlock(closed_vault, PASSPHRASE)
    assert capfd.readouterr() == ("", "")


def test_a_database_that_names_another_vault_is_refused(closed_vault: Path) -> None:
    known = opened(closed_vault)
    with open_known(closed_vault, known) as vault, vault.connection() as database:
        database.execute("UPDATE vault_state SET vault_id = 'other'")
    with pytest.raises(VaultError, match="E003"):
        open_known(closed_vault, known)


def test_a_changed_byte_anywhere_is_found(closed_vault: Path) -> None:
    known = opened(closed_vault)
    with open_known(closed_vault, known) as vault:
        fill(vault)
    data, anchor = closed_vault / "data.db", closed_vault / "anchor"
    whole, anchored = data.read_bytes(), anchor.read_bytes()
    for at in range(0, len(whole), len(whole) // 60):
        data.write_bytes(whole[:at] + bytes([whole[at] ^ 16]) + whole[at + 1 :])
        anchor.write_bytes(anchored)
        assert damage(closed_vault, known) not in ([], ["E005"])
    data.write_bytes(whole)
    anchor.write_bytes(anchored)
    assert damage(closed_vault, known) == []


@pytest.mark.parametrize("cut", [1, 100, PAGE, 3 * PAGE])
def test_a_cut_database_is_found(closed_vault: Path, cut: int) -> None:
    known = opened(closed_vault)
    with open_known(closed_vault, known) as vault:
        fill(vault)
    data = closed_vault / "data.db"
    data.write_bytes(data.read_bytes()[:-cut])
    assert damage(closed_vault, known) not in ([], ["E005"])


def damage(folder: Path, known: OpenedSlot) -> list[str]:
    """What opening and the quick check say about the vault in ``folder``."""
    try:
        with open_known(folder, known) as vault:
            return vaults.check(vault)
    except VaultError as refusal:
        return [refusal.code]


def test_the_full_check_finds_an_index_that_does_not_fit_its_table(vault: Vault) -> None:
    fill(vault)
    with vault.connection() as database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute(
            "UPDATE sqlite_schema SET sql = 'CREATE INDEX note_text ON note (id)' WHERE name = 'note_text'"
        )
        database.execute("PRAGMA writable_schema = RESET")
    assert vaults.check(vault) == []
    assert any(finding.startswith("structure:") for finding in vaults.check(vault, full=True))


def test_damage_where_nothing_is_stored_any_more_is_found_too(closed_vault: Path) -> None:
    known = opened(closed_vault)
    with open_known(closed_vault, known) as vault:
        fill(vault)
        with vault.connection() as database:
            database.execute("DROP TABLE note")
    data = closed_vault / "data.db"
    whole = data.read_bytes()
    data.write_bytes(whole[:-100] + bytes([whole[-100] ^ 1]) + whole[-99:])
    assert [finding.split(":")[0] for finding in damage(closed_vault, known)] == ["cipher"]


def test_the_check_finds_a_reference_into_nothing(vault: Vault) -> None:
    with vault.connection() as database:
        database.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        database.execute("CREATE TABLE child (parent_id REFERENCES parent (id))")
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("INSERT INTO child VALUES (7)")
    assert vaults.check(vault) == ["reference: child 1 parent 0"]


def test_an_older_database_put_back_is_noticed(closed_vault: Path, tmp_path: Path) -> None:
    known = opened(closed_vault)
    older = shutil.copy(closed_vault / "data.db", tmp_path / "older.db")
    with open_known(closed_vault, known) as vault:
        fill(vault)
    shutil.copy(older, closed_vault / "data.db")
    with pytest.raises(VaultError, match="E005"):
        vaults.unlock(closed_vault, PASSPHRASE)
    vaults.unlock(closed_vault, PASSPHRASE, accept_older=True).close()
    with vaults.unlock(closed_vault, PASSPHRASE) as vault:
        assert vaults.check(vault) == []


def test_an_older_database_once_accepted_is_the_one_that_counts(closed_vault: Path, tmp_path: Path) -> None:
    known = opened(closed_vault)
    older = shutil.copy(closed_vault / "data.db", tmp_path / "older.db")
    open_known(closed_vault, known).close()
    newer = Path(shutil.copy(closed_vault / "data.db", tmp_path / "newer.db"))
    shutil.copy(older, closed_vault / "data.db")
    script = (
        "vault.unlock(folder, passphrase, accept_older=True); print('open', flush=True); sys.stdin.read()"
    )
    process = start(script, closed_vault)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    stop(process)
    with pytest.raises(VaultError, match="E005"):
        open_known(put_in_place(newer, closed_vault, tmp_path / "confused"), known)
    open_known(closed_vault, known).close()


def put_in_place(database: Path, folder: Path, target: Path) -> Path:
    """Copy the vault in ``folder`` to ``target``, but with another database."""
    shutil.copytree(folder, target, ignore=shutil.ignore_patterns("data.db*"))
    shutil.copy(database, target / "data.db")
    return target


def test_what_was_lost_after_a_checkpoint_is_noticed(closed_vault: Path, tmp_path: Path) -> None:
    known = opened(closed_vault)
    vault = open_known(closed_vault, known)
    fill(vault)
    older = shutil.copytree(closed_vault, tmp_path / "older", ignore=shutil.ignore_patterns("lock", "anchor"))
    vault.checkpoint()
    vault.close()
    for name in ("data.db", "data.db-wal"):
        shutil.copy(older / name, closed_vault / name)
    with pytest.raises(VaultError, match="E005"):
        open_known(closed_vault, known)


@pytest.mark.parametrize("content", [None, b"", b"\x00" * 500, b"{}\n" + b"0" * 64 + b"\n"])
def test_a_lost_or_damaged_anchor_does_not_bar_the_vault(closed_vault: Path, content: bytes | None) -> None:
    anchor, known = closed_vault / "anchor", opened(closed_vault)
    whole = anchor.read_bytes()
    anchor.unlink()
    if content is not None:
        anchor.write_bytes(content)
    open_known(closed_vault, known).close()
    assert len(anchor.read_bytes()) == len(whole)


def test_no_other_file_can_be_attached(vault: Vault) -> None:
    with vault.engine.connect() as connection, pytest.raises(DatabaseError, match="not authorized"):
        connection.exec_driver_sql("ATTACH 'elsewhere.db' AS elsewhere")


def test_the_database_is_set_up_as_promised(vault: Vault) -> None:
    promised = {
        "locking_mode": "exclusive",
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "cache_size": -65536,
    }
    with vault.engine.connect() as connection:
        assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in promised} == promised


def test_a_transaction_is_kept_whole_or_not_at_all(vault: Vault) -> None:
    fill(vault, rows=0)
    with pytest.raises(IntegrityError):
        _insert_twice(vault.engine)
    with vault.engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM note")).scalar() == 0


def _insert_twice(engine: Engine) -> None:
    with engine.begin() as connection:
        for _ in range(2):
            connection.execute(text("INSERT INTO note (id, text) VALUES (1, 'twice')"))


def test_threads_wait_for_their_turn(vault: Vault) -> None:
    fill(vault, rows=1)
    with vault.engine.begin() as connection:
        connection.execute(text("UPDATE note SET text = '0'"))
    threads = [threading.Thread(target=_count_up, args=(vault.engine, 25)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with vault.engine.connect() as connection:
        assert connection.execute(text("SELECT text FROM note")).scalar() == "100"


def _count_up(engine: Engine, times: int) -> None:
    for _ in range(times):
        with engine.connect().execution_options(immediate=True) as connection, connection.begin():
            before = connection.execute(text("SELECT text FROM note")).scalar_one()
            connection.execute(text("UPDATE note SET text = :now"), {"now": str(int(before) + 1)})


def test_a_writer_has_the_database_from_its_first_moment(vault: Vault) -> None:
    said: list[str] = []
    with vault.connection() as database:
        database.set_trace_callback(said.append)
    with vault.engine.connect().execution_options(immediate=True) as connection, connection.begin():
        assert said[-1] == "BEGIN IMMEDIATE"


def test_a_connection_the_pool_dropped_is_opened_anew(vault: Vault) -> None:
    fill(vault, rows=3)
    with vault.engine.connect() as connection:
        connection.invalidate()
    with vault.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM note")).scalar() == 3
