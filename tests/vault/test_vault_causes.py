"""Each cause that keeps a person from a vault has a sentence of its own; none of them is called damage."""

import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import resources
from kimdesk import vault as vaults
from kimdesk.domain.errors import KimdeskError, StoreError, VaultError
from kimdesk.texts.refusals import explain, known
from kimdesk.vault.failures import refusal_of, understood
from tests.conftest import PASSPHRASE
from tests.vault.helpers import ROOT

TABLE: list[dict[str, Any]] = resources.read_toml("rules/causes.toml")["cause"]
NOBODY = 65534
posix = pytest.mark.skipif(sys.platform == "win32", reason="rights, links and limits of POSIX")


def make(folder: Path) -> None:
    vaults.create(folder, PASSPHRASE, name="x", strength=vaults.Strength.INTERACTIVE)[0].close()


def test_each_cause_has_one_sentence_of_its_own() -> None:
    codes = [cause["code"] for cause in TABLE]
    assert len(codes) == len(set(codes))
    messages = [known()[code]["message"] for code in codes]
    assert len(messages) == len(set(messages))
    assert all(cause["what"].endswith(".") for cause in TABLE)


def test_each_error_in_the_table_is_told_by_its_sentence() -> None:
    for during in ("", "making"):
        seen: set[str] = set()
        for cause in TABLE:
            if cause.get("during", during) != during:
                continue
            for name in cause.get("errors", ()):
                if name in seen or not hasattr(errno, name):
                    continue
                seen.add(name)
                refusal = refusal_of(OSError(getattr(errno, name), "x"), during)
                assert refusal is not None
                assert refusal.code == cause["code"]
    assert refusal_of(OSError("x")) is not None
    assert refusal_of(ValueError("x")) is None


def test_little_memory_is_not_a_forbidden_key_derivation() -> None:
    with pytest.raises(VaultError, match="E039"), understood():
        raise MemoryError
    assert "Arbeitsspeicher" in explain(VaultError("E039")).message


@posix
def test_the_folder_one_works_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in (Path(), Path(), tmp_path, Path("..") / tmp_path.name):
        with pytest.raises(VaultError, match="E035"):
            make(folder)
    assert list(tmp_path.iterdir()) == []
    make(Path("vault"))
    vaults.unlock(Path("vault"), PASSPHRASE).close()


@posix
def test_the_top_of_a_stick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mounted = next((each for each in map(Path, ("/dev/shm", "/run/lock")) if is_empty_top(each)), None)
    if mounted is None:
        monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == tmp_path)
        mounted = tmp_path
    with pytest.raises(VaultError, match="E036"):
        make(mounted)
    assert list(mounted.iterdir()) == []


def is_empty_top(folder: Path) -> bool:
    return folder.is_dir() and os.path.ismount(folder) and not any(folder.iterdir())


@posix
def test_a_circle_of_links(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    for folder in (tmp_path / "one", tmp_path / "two" / "vault"):
        for act in ACTS:
            assert refused(act, folder) == "E037"
    assert len(list(tmp_path.iterdir())) == 2


@posix
def test_a_path_too_long(tmp_path: Path) -> None:
    for folder in (tmp_path / ("x" * 300), tmp_path.joinpath(*["y" * 200] * 30)):
        for act in ACTS:
            assert refused(act, folder) == "E038"


ACTS = ("create", "read_header", "unlock", "rekey", "check_recovery", "restore")


def refused(act: str, folder: Path) -> str:
    """Return the code by which an act on ``folder`` is refused."""
    try:
        match act:
            case "create":
                make(folder)
            case "read_header":
                vaults.read_header(folder)
            case "check_recovery":
                vaults.check_recovery(folder, vaults.new_code())
            case "restore":
                vaults.restore(folder, folder, PASSPHRASE)
            case _:
                getattr(vaults, act)(folder, PASSPHRASE)
    except KimdeskError as refusal:
        return refusal.code
    return ""


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that every user of the machine may look into."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


SCRIPT = """
import os, resource, sys
from pathlib import Path
from kimdesk import vault
from kimdesk.domain.errors import KimdeskError
import sqlalchemy.dialects.sqlite, cryptography.hazmat.primitives.kdf.argon2
import cryptography.hazmat.primitives.ciphers.aead, cryptography.hazmat.primitives.kdf.hkdf
folder, passphrase = Path(sys.argv[1]), sys.argv[2]
{limit}
try:
    {act}
    print("done")
except KimdeskError as error:
    print(error.code)
"""
UNLOCK = "vault.unlock(folder, passphrase).close()"
CREATE = "vault.create(folder / 'new', passphrase, name='x', strength=vault.Strength.INTERACTIVE)"
AS_NOBODY = f"os.geteuid() or os.seteuid({NOBODY})"


def limited(limit: str, act: str, folder: Path) -> str:
    script = SCRIPT.format(limit=limit, act=act)
    words = [sys.executable, "-c", script, str(folder), PASSPHRASE]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.stderr == ""
    return done.stdout.strip()


@posix
@pytest.mark.parametrize("closed", ["vault", "slot files", "database", "the way there"])
def test_not_allowed_is_not_damaged(public: Path, closed: str) -> None:
    folder = public / "way" / "vault"
    make(folder)
    for path in (public / "way", folder, *folder.iterdir()):
        path.chmod(0o777)
    shut = {
        "vault": [folder],
        "slot files": [folder / "vault.kimv", folder / "vault.kimv.2"],
        "database": [folder / "data.db"],
        "the way there": [public / "way"],
    }
    for path in shut[closed]:
        path.chmod(0)
    before = {path: path.read_bytes() for path in folder.glob("vault.kimv*")}
    assert limited(AS_NOBODY, UNLOCK, folder) == "E034"
    assert {path: path.read_bytes() for path in folder.glob("vault.kimv*")} == before


@posix
def test_a_folder_in_which_nothing_may_be_made(public: Path) -> None:
    assert limited(AS_NOBODY, CREATE, public) == "E047"
    assert list(public.iterdir()) == []


@posix
@pytest.mark.parametrize("left", range(8))
def test_few_file_handles(closed_vault: Path, left: int) -> None:
    limit = (
        f"free = os.dup(0); os.close(free); resource.setrlimit(resource.RLIMIT_NOFILE, (free + {left}, 99))"
    )
    assert limited(limit, UNLOCK, closed_vault) in ({"E046"} if left < 3 else {"E046", "done"})
    vaults.unlock(closed_vault, PASSPHRASE).close()


@posix
def test_little_memory(closed_vault: Path) -> None:
    limit = (
        "used = int(Path('/proc/self/statm').read_text().split()[0]) * resource.getpagesize()\n"
        "resource.setrlimit(resource.RLIMIT_AS, (used + 24 * 2**20, resource.RLIM_INFINITY))"
    )
    if not Path("/proc/self/statm").exists():
        pytest.skip("the system does not say how much memory is used")
    assert limited(limit, UNLOCK, closed_vault) == "E039"
    vaults.unlock(closed_vault, PASSPHRASE).close()


def test_a_store_error_is_still_one() -> None:
    with pytest.raises(StoreError, match="E901"), understood():
        raise OSError(errno.ENOSPC, "full")
