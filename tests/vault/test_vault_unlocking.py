"""Who may open a vault, with what, and how often at once."""

import shutil
import sys
import unicodedata
from pathlib import Path

import pytest

from kimdesk import vault as vaults
from kimdesk.domain.errors import VaultError
from kimdesk.texts.refusals import explain
from tests.conftest import PASSPHRASE
from tests.vault.helpers import Watch, run, start, stop

NEW = "garten falke eimer dampf birke anker"
TRY = """
try:
    vault.unlock(folder, passphrase).close()
    print("opened")
except KimdeskError as error:
    print(error.code)
"""
KEEP_OPEN = "opened = vault.unlock(folder, passphrase); print('open', flush=True); sys.stdin.read()"


def test_five_wrong_passphrases_do_not_bar_the_right_one(closed_vault: Path) -> None:
    clock = Watch()
    for attempt in range(5):
        with pytest.raises(VaultError, match="E001"):
            vaults.unlock(closed_vault, PASSPHRASE + str(attempt), clock=clock)
        clock.now += vaults.delay(closed_vault, clock)
    with vaults.unlock(closed_vault, PASSPHRASE, clock=clock) as vault:
        assert vaults.check(vault) == []


def test_the_same_passphrase_typed_on_another_keyboard_opens(vault_folder: Path) -> None:
    passphrase = "Äpfel für Çelik, fünf Körbe – größer"
    vaults.create(
        vault_folder,
        unicodedata.normalize("NFD", passphrase),
        name="x",
        strength=vaults.Strength.INTERACTIVE,
    )[0].close()
    vaults.unlock(vault_folder, unicodedata.normalize("NFC", passphrase)).close()


def test_a_folder_without_a_vault_is_said_to_be_one(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        for refused in (vaults.read_header, lambda each: vaults.unlock(each, PASSPHRASE)):
            with pytest.raises(VaultError, match="E002"):
                refused(folder)
    assert list(tmp_path.iterdir()) == []


def test_a_copy_in_another_place_opens_by_the_passphrase_alone(closed_vault: Path, tmp_path: Path) -> None:
    for name in ("vault.kimv", "data.db"):
        (tmp_path / "stick").mkdir(exist_ok=True)
        shutil.copy(closed_vault / name, tmp_path / "stick")
    with vaults.unlock(tmp_path / "stick", PASSPHRASE) as vault:
        assert vaults.check(vault, full=True) == []
    assert (tmp_path / "stick" / "vault.kimv.2").exists()


def test_a_second_process_is_told_that_the_vault_is_open(vault: vaults.Vault) -> None:
    assert run(TRY, vault.folder) == "E004"
    vault.close()
    assert run(TRY, vault.folder) == "opened"


def test_the_database_refuses_a_second_process_even_without_the_lock_file(vault: vaults.Vault) -> None:
    (vault.folder / "lock").unlink()
    assert run(TRY, vault.folder) == "E004"


def test_this_process_cannot_open_a_vault_twice(vault: vaults.Vault) -> None:
    with pytest.raises(VaultError, match="E004"):
        vaults.unlock(vault.folder, PASSPHRASE)
    with pytest.raises(VaultError, match="E004"):
        vaults.unlock(vault.folder / ".." / vault.folder.name, PASSPHRASE)


def test_a_killed_process_neither_bars_the_vault_nor_loses_a_save(closed_vault: Path) -> None:
    process = start(
        "opened = vault.unlock(folder, passphrase)\n"
        "with opened.connection() as database:\n"
        "    database.execute('CREATE TABLE saved (x)')\n"
        "    database.execute('INSERT INTO saved VALUES (7)')\n"
        "print('saved', flush=True); sys.stdin.read()",
        closed_vault,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "saved\n"
    stop(process)
    with vaults.unlock(closed_vault, PASSPHRASE) as vault, vault.connection() as database:
        assert database.execute("SELECT x FROM saved").fetchall() == [(7,)]


def test_a_closed_vault_is_really_closed(vault: vaults.Vault) -> None:
    engine, key = vault.engine, vault._key
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    vault.close()
    vault.close()
    assert key == bytes(32)
    assert sorted(path.name for path in vault.folder.iterdir()) == [
        "anchor",
        "data.db",
        "lock",
        "vault.kimv",
        "vault.kimv.2",
    ]
    for use in (engine.connect, lambda: vault.engine, lambda: vault.derive_key("x")):
        with pytest.raises(RuntimeError, match="closed"):
            use()


def test_a_changed_passphrase_opens_and_the_old_one_does_not(closed_vault: Path) -> None:
    vaults.change_passphrase(closed_vault, PASSPHRASE, NEW)
    with pytest.raises(VaultError, match="E001"):
        vaults.unlock(closed_vault, PASSPHRASE, clock=lambda: 0)
    with vaults.unlock(closed_vault, NEW) as vault:
        assert (vault.header.generation, vault.header.user) == (2, "Kim Muster")


def test_a_change_that_is_refused_changes_nothing(closed_vault: Path) -> None:
    before = (closed_vault / "vault.kimv").read_bytes()
    for old, new, code in ((PASSPHRASE, "kurz", "E009"), ("falsch", NEW, "E001")):
        with pytest.raises(VaultError, match=code):
            vaults.change_passphrase(closed_vault, old, new)
    assert (closed_vault / "vault.kimv").read_bytes() == before


def test_the_passphrase_can_be_changed_while_working(vault: vaults.Vault) -> None:
    vaults.change_passphrase(vault.folder, PASSPHRASE, NEW)
    vault.close()
    vaults.unlock(vault.folder, NEW).close()


def test_another_process_cannot_change_the_passphrase_of_an_open_vault(closed_vault: Path) -> None:
    process = start(KEEP_OPEN, closed_vault)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    with pytest.raises(VaultError, match="E004"):
        vaults.change_passphrase(closed_vault, PASSPHRASE, NEW)
    stop(process)


def test_the_recovery_code_opens_and_sets_a_new_passphrase(closed_vault: Path, recovery_code: str) -> None:
    vaults.recover(closed_vault, recovery_code, NEW)
    vaults.unlock(closed_vault, NEW).close()
    with pytest.raises(VaultError, match="E001"):
        vaults.unlock(closed_vault, PASSPHRASE)
    vaults.unlock_with_recovery(closed_vault, recovery_code.lower().replace("-", " ")).close()


def test_the_code_of_another_vault_does_not_open(closed_vault: Path) -> None:
    with pytest.raises(VaultError, match="E001"):
        vaults.unlock_with_recovery(closed_vault, "0000-0000-0000-0000-0000-0000-0000")
    with pytest.raises(VaultError, match="E001"):
        vaults.unlock(closed_vault, "0000-0000-0000-0000-0000-0000-0000")


def test_derived_keys_differ_by_purpose_and_stay_the_same(closed_vault: Path) -> None:
    with vaults.unlock(closed_vault, PASSPHRASE) as vault:
        first, other = vault.derive_key("pseudonym 2026"), vault.derive_key("pseudonym 2027")
        assert vault.derive_key("pseudonym 2026", 64)[:32] == first
    assert first != other
    with vaults.unlock(closed_vault, PASSPHRASE) as vault:
        assert vault.derive_key("pseudonym 2026") == first


@pytest.mark.skipif(sys.platform == "win32", reason="core dumps are a POSIX matter")
def test_a_crash_does_not_write_memory_to_disk(closed_vault: Path) -> None:
    script = (
        "import resource; vault.unlock(folder, passphrase); print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    assert run(script, closed_vault) == "(0, 0)"


def test_unlocking_does_not_wait_for_what_comes_later(closed_vault: Path) -> None:
    script = (
        "print([each for each in ('cryptography', 'zxcvbn') if each in sys.modules])\n"
        "vault.unlock(folder, passphrase).close()\n"
        "print([each for each in ('sqlalchemy', 'alembic', 'zxcvbn') if each in sys.modules])"
    )
    assert run(script, closed_vault) == "[]\n[]"


@pytest.mark.parametrize("number", range(1, 12))
def test_every_refusal_is_explained_without_placeholders_left(number: int) -> None:
    explanation = explain(VaultError(f"E{number:03}"))
    assert "{" not in explanation.message + explanation.hint
