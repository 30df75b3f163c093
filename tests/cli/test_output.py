"""What `kimdeskctl` says arrives in UTF-8 everywhere; where nobody takes it, the work stands and says so."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from kimdesk import vault as vaults
from kimdesk.cli.__main__ import main
from kimdesk.vault import swap
from tests.cli.desk_kit import PASSPHRASE, make, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="closed descriptors and /dev/full")
NEW = "Wolke Turnier Lampe Gabel Kiesel Ofen"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "secret").write_text(PASSPHRASE + "\n", encoding="utf-8")
    (tmp_path / "new").write_text(NEW + "\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def desk(home: Path) -> Path:
    make(home / "vault")
    return home / "vault"


def opening(home: Path) -> tuple[str, ...]:
    return (str(home / "vault"), "--passphrase-file", str(home / "secret"))


@contextmanager
def full() -> Iterator[dict[str, Any]]:
    with Path("/dev/full").open("wb") as nowhere:
        yield {"stdout": nowhere}


@contextmanager
def closed_pipe() -> Iterator[dict[str, Any]]:
    reading, writing = os.pipe()
    os.close(reading)
    yield {"stdout": writing}
    os.close(writing)


@contextmanager
def nothing() -> Iterator[dict[str, Any]]:
    yield {"stdout": subprocess.PIPE, "preexec_fn": lambda: os.close(1)}


Streams = dict[str, Any]
Lost = Callable[[], AbstractContextManager[Streams]]
WAYS: list[tuple[Lost, bool]] = [(full, True), (full, False), (closed_pipe, False), (nothing, True)]


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-16"])
@pytest.mark.parametrize("as_json", [True, False])
def test_any_console_gets_utf8(home: Path, desk: Path, encoding: str, as_json: bool) -> None:
    words = ["--json"] * as_json + ["vault", "info", str(desk)]
    status, out, err = run(*words, env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    assert (status, err) == (0, "")
    assert "Jörg Ångström – Łódź" in out
    assert not as_json or json.loads(out)["name"] == "Eschenried"


@pytest.mark.parametrize("words", [["--help"], ["vault", "create", "--help"], ["vault", "create"]])
def test_help_and_wrong_usage_too(words: list[str]) -> None:
    status, out, err = run(*words, env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert status == (2 if "--help" not in words else 0)
    assert out or err


@pytest.mark.parametrize(("lost", "as_json"), WAYS)
def test_an_answer_that_cannot_be_written_is_no_refusal(
    home: Path, desk: Path, lost: Lost, as_json: bool
) -> None:
    new = ("--new-passphrase-file", str(home / "new"))
    with lost() as streams:
        status, _, err = run(*["--json"] * as_json, "vault", "passphrase", *opening(home), *new, **streams)
    assert status == 4
    assert err.startswith("E915 ")
    assert "vault check" in err, "it says how to see what is true now"
    vaults.unlock(desk, NEW).close()


@pytest.mark.parametrize("lost", [full, closed_pipe, nothing])
def test_what_only_shows_can_be_called_again(desk: Path, lost: Lost) -> None:
    with lost() as streams:
        status, _, err = run("vault", "info", str(desk), **streams)
    assert (status, err.split()[0]) == (4, "E915")
    with lost() as streams:
        status, _, err = run("--json", "vault", "info", str(desk.parent), **streams)
    assert (status, err.split()[0]) == (1, "E002"), "refused is refused, told or not"


@pytest.mark.parametrize(("lost", "as_json"), WAYS)
def test_a_code_nobody_could_read_is_the_code_of_no_vault(home: Path, lost: Lost, as_json: bool) -> None:
    words = ["--json"] * as_json
    names = ("--role", "desk", "--name", "Eschenried", "--kdf", "interactive")
    with lost() as streams:
        status, _, err = run(*words, "vault", "create", *opening(home), *names, **streams)
    assert (status, err.split()[0]) == (1, "E916")
    assert sorted(path.name for path in home.iterdir()) == ["new", "secret"]


@pytest.mark.parametrize(("lost", "as_json"), WAYS)
def test_a_new_key_whose_code_nobody_could_read_is_not_taken(home: Path, lost: Lost, as_json: bool) -> None:
    code = make(home / "vault")
    before = (home / "vault" / "data.db").read_bytes()
    with lost() as streams:
        status, _, err = run(*["--json"] * as_json, "vault", "rekey", *opening(home), **streams)
    assert (status, err.split()[0]) == (1, "E916")
    assert (home / "vault" / "data.db").read_bytes() == before
    vaults.unlock_with_recovery(home / "vault", code).close()


@pytest.mark.parametrize("as_json", [True, False])
def test_a_code_is_out_before_its_key_counts(home: Path, desk: Path, as_json: bool) -> None:
    """Killed at the moment that counts, the process has shown what opens the vault from then on."""
    script = (
        "import os, sys\n"
        "real = os.replace\n"
        "def die(source, to):\n"
        "    real(source, to)\n"
        "    if str(to).endswith('next'): os.kill(os.getpid(), 9)\n"
        "os.replace = die\n"
        "from kimdesk.cli.__main__ import main\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    words = [*["--json"] * as_json, "vault", "rekey", *opening(home)]
    done = subprocess.run(
        [sys.executable, "-c", script, *words], capture_output=True, check=False, timeout=60
    )
    assert done.returncode == -9
    code = done.stdout.decode().split(": ")[1].strip().strip('"')
    vaults.unlock_with_recovery(desk, code).close()


def test_the_answer_with_a_code_is_one_object_and_whole(home: Path) -> None:
    names = ("--role", "desk", "--name", "Eschenried", "--kdf", "interactive")
    status, out, err = run("--json", "vault", "create", *opening(home), *names)
    made = json.loads(out)
    assert (status, err) == (0, "")
    assert set(made) == {"recovery_code", "vault", "vault_id", "role"}
    status, out, err = run("--json", "vault", "rekey", *opening(home))
    done = json.loads(out)
    assert set(done) == {"recovery_code", "key_epoch", "removed"}
    assert done["recovery_code"] != made["recovery_code"]
    vaults.unlock_with_recovery(home / "vault", done["recovery_code"]).close()


TARGETS = {
    "no folder": ("nowhere/sheet", "E917"),
    "a folder": ("", "E918"),
    "a file that is there": ("sheet", "E918"),
    "full": ("/dev/full", "E918"),
    "no name": ("secret/sheet", "E917"),
    "too long": ("x" * 300, "E917"),
}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("command", ["create", "rekey"])
def test_a_sheet_that_cannot_be_written_changes_nothing(home: Path, command: str, target: str) -> None:
    name, code = TARGETS[target]
    (home / "sheet").write_text("der alte Code", encoding="utf-8")
    valid = make(home / "vault") if command == "rekey" else ""
    names = ("--role", "desk", "--name", "Eschenried", "--kdf", "interactive") if command == "create" else ()
    words = (*opening(home), *names, "--recovery-out", str(home / name))
    status, _, err = run("vault", command, *words)
    assert (status, err.split()[0]) == (1, code)
    assert (home / "sheet").read_text(encoding="utf-8") == "der alte Code"
    if valid:
        vaults.unlock_with_recovery(home / "vault", valid).close()
    else:
        assert not (home / "vault").exists()


def test_a_sheet_for_a_change_that_was_refused_is_not_left_behind(
    home: Path, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_: Path) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(swap, "settle", refuse)
    assert main(["vault", "rekey", *opening(home), "--recovery-out", str(home / "sheet")]) == 1
    assert capsys.readouterr().err.startswith("E901 ")
    assert not (home / "sheet").exists()
    vaults.unlock(desk, PASSPHRASE).close()


def test_who_breaks_off_is_told_so(
    home: Path, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken_off(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kimdesk.vault.delay", broken_off)
    assert main(["vault", "check", *opening(home)]) == 1
    assert capsys.readouterr().err.startswith("E929 ")
