"""A vault is its owner's alone, whatever the umask; what is somebody else's is not called damaged."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kimdesk import vault as vaults
from kimdesk.domain.files import write_atomically
from kimdesk.vault import Strength
from tests.conftest import PASSPHRASE
from tests.vault.helpers import _PRELUDE, ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
SOMEBODY = 65534
NEW = "garten falke eimer dampf birke anker"
AS_SOMEBODY = """
import os
import resource
import unicodedata
import cryptography.hazmat.primitives.ciphers.aead
import cryptography.hazmat.primitives.hashes
import cryptography.hazmat.primitives.kdf.argon2
import cryptography.hazmat.primitives.kdf.hkdf
import kimdesk.vault.slots
os.setgroups([])
os.setgid(int(sys.argv[3]))
os.setuid(int(sys.argv[3]))

def told(work):
    try:
        result = work()
    except KimdeskError as error:
        return error.code
    if hasattr(result, "close"):
        result.close()
    return "done"
"""


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    """Everything in ``folder`` that somebody else may use, and what its owner may not."""
    return [
        f"{each.name} {stat.S_IMODE(each.stat().st_mode):o}"
        for each in (folder, *folder.rglob("*"))
        if stat.S_IMODE(each.stat().st_mode) != (0o700 if each.is_dir() else 0o600)
    ]


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o277, 0o777])
def test_everything_a_vault_writes_is_its_owners_alone(tmp_path: Path, mask: int) -> None:
    folder, stick = tmp_path / "vault", tmp_path / "stick"
    with umask(mask):
        vault, _ = vaults.create(folder, PASSPHRASE, name="x", strength=Strength.INTERACTIVE)
        with vault.connection() as database:
            database.execute("CREATE TABLE note (text TEXT)")
        assert (folder / "data.db-wal").exists()
        assert open_to_others(folder) == []
        made = vaults.backup(vault, stick)
        vault.close()
        vaults.change_passphrase(folder, PASSPHRASE, NEW)
        vaults.rekey(folder, NEW)
        vaults.restore(made.path, tmp_path / "again", PASSPHRASE).close()
    for each in (folder, stick, tmp_path / "again"):
        assert open_to_others(each) == []


def test_a_vault_of_an_earlier_release_is_closed_to_others_when_it_is_opened(closed_vault: Path) -> None:
    closed_vault.chmod(0o755)
    (closed_vault / "data.db").chmod(0o644)
    vaults.unlock(closed_vault, PASSPHRASE).close()
    assert open_to_others(closed_vault) == []


def test_a_folder_that_a_group_was_let_into_stays_open_to_it(closed_vault: Path) -> None:
    closed_vault.chmod(0o2770)
    for each in closed_vault.iterdir():
        each.chmod(0o660)
    vaults.unlock(closed_vault, PASSPHRASE).close()
    vaults.change_passphrase(closed_vault, PASSPHRASE, NEW)
    assert stat.S_IMODE(closed_vault.stat().st_mode) == 0o2770
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in closed_vault.iterdir()}
    assert {modes[name] for name in ("anchor", "data.db", "vault.kimv", "vault.kimv.2")} == {0o660}


def test_a_file_that_takes_the_place_of_another_is_open_to_nobody_new(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("x")
    (tmp_path / "old").chmod(0o666)
    write_atomically(tmp_path / "old", b"y")
    assert stat.S_IMODE((tmp_path / "old").stat().st_mode) == 0o660


@pytest.fixture
def shared(vault_template: tuple[Path, str]) -> Iterator[Path]:
    """A vault in a folder that everybody reaches, as on a computer that several people use."""
    if os.geteuid() != 0:
        pytest.skip("only root can be somebody else")
    home = Path(tempfile.mkdtemp(prefix="kimdesk-shared-"))
    home.chmod(0o755)
    shutil.copytree(vault_template[0], home / "vault")
    (home / "vault").chmod(0o777)
    for each in (home / "vault").iterdir():
        each.chmod(0o666)
    yield home / "vault"
    shutil.rmtree(home)


def somebody_does(work: str, folder: Path) -> str:
    """Run ``work`` as another user of this computer and return what it printed."""
    script = f"{_PRELUDE}{AS_SOMEBODY}print(told(lambda: {work}))"
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder), PASSPHRASE, str(SOMEBODY)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


UNLOCK = "vault.unlock(folder, passphrase)"


def test_somebody_else_may_use_a_vault_that_is_open_to_everybody(shared: Path) -> None:
    assert somebody_does(UNLOCK, shared) == "done"


@pytest.mark.parametrize("name", ["data.db", "anchor", "lock"])
def test_what_somebody_else_may_not_read_is_said_to_be_not_allowed(shared: Path, name: str) -> None:
    (shared / name).touch()
    (shared / name).chmod(0o600)
    assert somebody_does(UNLOCK, shared) == "E034"


def test_slot_files_and_a_folder_of_somebody_else_are_not_called_damaged(shared: Path) -> None:
    for name in ("vault.kimv", "vault.kimv.2"):
        (shared / name).chmod(0o600)
    for work in (UNLOCK, "vault.read_header(folder)", "vault.check_passphrase(folder, passphrase)"):
        assert somebody_does(work, shared) == "E034"
    for mode in (0o700, 0o744):
        shared.chmod(mode)
        for work in (UNLOCK, "vault.read_header(folder)"):
            assert somebody_does(work, shared) == "E034"


def test_an_anchor_of_somebody_else_never_switches_off_that_older_files_are_noticed(shared: Path) -> None:
    older = (shared / "data.db").read_bytes()
    with vaults.unlock(shared, PASSPHRASE) as vault, vault.connection() as database:
        database.execute("CREATE TABLE note (text TEXT)")
    (shared / "data.db").write_bytes(older)
    for each in shared.iterdir():
        each.chmod(0o666)
    shared.chmod(0o777)
    assert somebody_does(UNLOCK, shared) == "E005"
    (shared / "anchor").chmod(0o600)
    assert somebody_does(UNLOCK, shared) == "E034"


def test_two_people_of_a_group_open_one_vault_in_turn(shared: Path) -> None:
    os.chown(shared, 0, SOMEBODY)
    shared.chmod(0o2770)
    for each in shared.iterdir():
        os.chown(each, 0, SOMEBODY)
        each.chmod(0o660)
    for _ in range(2):
        assert somebody_does(UNLOCK, shared) == "done"
        vaults.unlock(shared, PASSPHRASE).close()


def test_a_backup_of_somebody_else_is_not_called_damaged(shared: Path) -> None:
    with vaults.unlock(shared, PASSPHRASE) as vault:
        made = vaults.backup(vault, shared.parent / "stick")
    work = "vault.restore(folder, Path('/tmp') / 'kimdesk-nowhere' / 'again', passphrase)"
    assert somebody_does(work, made.path) == "E045"
    made.path.parent.chmod(0o755)
    made.path.chmod(0o755)
    for name in ("data.db", "vault.kimv", "vault.kimv.2"):
        assert somebody_does(work, made.path) == "E045"
        (made.path / "manifest").chmod(0o644)
        (made.path / name).chmod(0o600)
    assert not Path("/tmp/kimdesk-nowhere").exists()
