"""A vault is made whole or not at all, and nothing in it can be read without the passphrase."""

import json
import signal
import sys
from pathlib import Path

import pytest

from kimdesk import vault as vaults
from kimdesk.domain.errors import StoreError, VaultError
from kimdesk.vault import Strength
from tests.conftest import PASSPHRASE
from tests.vault.helpers import run, start

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


def test_a_new_vault_says_what_it_is_before_it_is_opened(closed_vault: Path) -> None:
    header = vaults.read_header(closed_vault)
    assert (header.name, header.user, header.role, header.practice) == (
        "Kreis Musterland",
        "Kim Muster",
        "desk",
        False,
    )
    assert (header.generation, header.key_epoch) == (1, 1)
    assert [slot.kind for slot in header.slots] == ["pass", "recovery"]
    assert {slot.kdf for slot in header.slots} == {"Argon2id, 64 MiB, t=3, p=4"}


def test_an_empty_folder_may_become_a_vault(tmp_path: Path) -> None:
    folder = tmp_path / "Fälle 2026 #1 % ?"
    folder.mkdir()
    vault, _ = vaults.create(
        folder, PASSPHRASE, name="x", role="kreis", practice=True, strength=Strength.INTERACTIVE
    )
    with vault:
        assert (vault.header.role, vault.header.practice) == ("kreis", True)
        assert vaults.check(vault, full=True) == []


def test_names_of_any_length_and_script_are_kept_in_bounds(vault_folder: Path) -> None:
    name = "Ämter, „Büro“ \n \U0001f5c4 " * 40
    vaults.create(vault_folder, PASSPHRASE, name=name, user=name, strength=Strength.INTERACTIVE)[0].close()
    assert vaults.read_header(vault_folder).name == name[:200]


@pytest.mark.parametrize("weak", ["", "   ", "passwort", "Sommer2026!", "hund katze"])
def test_a_weak_passphrase_leaves_nothing(vault_folder: Path, weak: str) -> None:
    with pytest.raises(VaultError, match="E009"):
        vaults.create(vault_folder, weak, name="x")
    assert list(vault_folder.parent.iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(vault_folder: Path) -> None:
    vault_folder.mkdir()
    note = vault_folder / "note.txt"
    note.write_text("mine", encoding="utf-8")
    with pytest.raises(VaultError, match="E010"):
        vaults.create(vault_folder, PASSPHRASE, name="x")
    with pytest.raises(VaultError, match="E010"):
        vaults.create(note, PASSPHRASE, name="x")
    assert [path.name for path in vault_folder.parent.rglob("*")] == ["vault", "note.txt"]


def test_a_vault_is_never_made_over_another(closed_vault: Path) -> None:
    before = (closed_vault / "data.db").read_bytes()
    with pytest.raises(VaultError, match="E010"):
        vaults.create(closed_vault, PASSPHRASE, name="x")
    assert (closed_vault / "data.db").read_bytes() == before


@posix
@pytest.mark.parametrize("allowed", [0, 600, 5000])
def test_a_disk_that_gives_out_leaves_nothing(vault_folder: Path, allowed: int) -> None:
    script = f"""
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, ({allowed}, {allowed}))
try:
    vault.create(folder, passphrase, name="x", strength=vault.Strength.INTERACTIVE)
except KimdeskError as error:
    print(error.code)
"""
    assert run(script, vault_folder) in {"E901", "E904"}
    assert list(vault_folder.parent.iterdir()) == []


@posix
def test_creation_cancelled_half_way_leaves_nothing(vault_folder: Path) -> None:
    process = start("print('at work', flush=True); vault.create(folder, passphrase, name='x')", vault_folder)
    assert process.stdout is not None
    assert process.stdout.readline() == "at work\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert "KeyboardInterrupt" in err
    assert list(vault_folder.parent.iterdir()) == []


def test_a_place_that_is_no_folder_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="E904"):
        vaults.create(tmp_path / "file" / "vault", PASSPHRASE, name="x", strength=Strength.INTERACTIVE)


def test_an_unknown_role_is_a_mistake_of_the_caller(vault_folder: Path) -> None:
    with pytest.raises(ValueError, match="role"):
        vaults.create(vault_folder, PASSPHRASE, name="x", role="town")


def test_no_file_tells_what_is_in_the_vault(vault_folder: Path) -> None:
    vault, code = vaults.create(vault_folder, PASSPHRASE, name="x", strength=Strength.INTERACTIVE)
    marker = "Wiedererkennbar"
    with vault, vault.connection() as database:
        database.execute(f"CREATE TABLE {marker} (text TEXT)")
        database.execute(f"INSERT INTO {marker} VALUES (?)", (marker * 500,))
        vault_id = vault.header.vault_id
        open_files = _everything_in(vault_folder)
    for content in (open_files, _everything_in(vault_folder)):
        for secret in (
            marker,
            "vault_state",
            "SQLite format 3",
            code,
            code.replace("-", ""),
            *PASSPHRASE.split(),
        ):
            assert secret.encode() not in content
            assert secret.encode("utf-16-le") not in content
    slots = json.loads((vault_folder / "vault.kimv").read_bytes().split(b"\n")[0])
    assert slots["vault_id"] == vault_id


@posix
def test_the_folder_is_for_its_owner_only(closed_vault: Path, vault_template: tuple[Path, str]) -> None:
    assert vault_template[0].stat().st_mode & 0o077 == 0


def _everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))
