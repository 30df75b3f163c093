"""A Kreis whose registry stands on a server, from the command line: refused, and never told."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kimdesk.casework.desk import Desk
from tests.conftest import PASSPHRASE
from tests.postgresql import Server

SECRET = "Wind-Apfel-7!"
WRITTEN = "Wind-Apfel-7%21"


def call(*arguments: object, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kimdesk.cli", "--json", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, input=given, check=False)


@pytest.fixture
def word(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE)
    return path


def create(vault: Path, word: Path, *more: object, role: str = "kreis", given: str = "") -> str:
    """Return the code under which a vault was refused, "" when it was made."""
    done = call("vault", "create", vault, "--role", role, "--name", "Kreis", "--kdf", "interactive",
                "--passphrase-file", word, *more, given=given)  # fmt: skip
    told = json.loads(done.stdout)
    assert SECRET not in done.stdout + done.stderr
    assert WRITTEN not in done.stdout + done.stderr
    code = told["error"]["code"] if "error" in told else ""
    assert vault.exists() == (not code)
    return str(code)


def test_the_address_stays_in_the_vault(postgresql: Server, tmp_path: Path, word: Path) -> None:
    vault = tmp_path / "kreis"
    with postgresql.database("of_a_vault"):
        address = postgresql.address("of_a_vault").replace("kreis@", f"kreis:{WRITTEN}@")
        assert create(vault, word, "--registry-file", "-", given=address) == ""
        desks = call("kreis", "desks", vault, "--passphrase-file", word)
        assert json.loads(desks.stdout) == {"desks": []}
        told = call("vault", "info", vault)
        for each in (SECRET, WRITTEN, str(postgresql.home), "of_a_vault", "postgresql"):
            assert each not in told.stdout + told.stderr + desks.stdout
            assert all(each.encode() not in path.read_bytes() for path in vault.rglob("*") if path.is_file())
        with Desk.unlock(vault, PASSPHRASE) as desk:
            assert desk.server is not None
            assert SECRET not in repr(desk.server) + repr(vars(desk))


def test_each_address_that_cannot_be_used_has_a_sentence_of_its_own(
    postgresql: Server, tmp_path: Path, word: Path
) -> None:
    there = postgresql.address()
    wanted = {
        "geheim": "E960", "mysql://a@b/c": "E961", "postgresql+psycopg://kreis@localhost": "E962",
        "postgresql+psycopg://kreis@db.example/r?sslmode=require": "E963",
        f"{there}&hostaddr=10.0.0.1": "E964",
        f"postgresql+psycopg://kreis:{WRITTEN}@127.0.0.1:1/register": "E950",
        "postgresql+psycopg://kreis@nowhere.invalid/register": "E950",
        postgresql.address("absent"): "E958", postgresql.address(role="nobody"): "E954",
    }  # fmt: skip
    vault = tmp_path / "kreis"
    assert {each: create(vault, word, "--registry", each) for each in wanted} == wanted
    assert create(vault, word, "--registry", there, role="desk") == "E965"


def test_unlocking_does_not_wait_for_the_server(postgresql: Server, tmp_path: Path, word: Path) -> None:
    """A vault whose server is away opens; only what needs the registry says that it is not there."""
    vault = tmp_path / "kreis"
    assert create(vault, word, "--registry", postgresql.address()) == ""
    with Desk.unlock(vault, PASSPHRASE) as desk:
        desk.set_server("postgresql+psycopg://kreis@127.0.0.1:1/register")
    checked = call("vault", "check", vault, "--passphrase-file", word)
    assert json.loads(checked.stdout) == {"ok": True, "findings": []}
    refused = call("kreis", "desks", vault, "--passphrase-file", word)
    assert (refused.returncode, json.loads(refused.stdout)["error"]["code"]) == (1, "E950")


@pytest.mark.skipif(sys.platform != "linux", reason="a process elsewhere cannot change what is shown of it")
def test_nobody_sees_an_address_in_the_list_of_processes() -> None:
    """It is written over as soon as it is read; a file shows it to nobody at all."""
    show = "print(open('/proc/self/cmdline', 'rb').read().count(sys.argv[1].encode()))"
    hide = "import sys; from kimdesk.cli import argument_traces as a; a.hide(sys.argv[1])"
    command = [sys.executable, "-c", f"{hide}; {show}", f"postgresql+psycopg://kreis:{WRITTEN}@db/r", "x"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "0\n"
