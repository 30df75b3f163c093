"""What can befall a folder or a stick: each has its own sentence, and nothing is lost or half-written."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kimdesk import sync
from kimdesk.casework import records, upkeep
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import KimdeskError, StoreError, VaultError
from kimdesk.domain.records import Goal
from kimdesk.texts.refusals import explain
from kimdesk.vault.backup import backup
from tests.conftest import PASSPHRASE
from tests.sync.exchange import NOW, Exchange, exchange
from tests.torture.clerk import Ack, Reckoning
from tests.torture.measure import report, times
from tests.torture.quick import quickly
from tests.vault.helpers import run

__all__ = ["exchange"]

ROOT = Path(__file__).parents[2]
NOBODY = 65534


def refusal(error: KimdeskError) -> str:
    """Return its code, having seen that a person is told what happened and what to do."""
    told = explain(error)
    assert told.message
    assert told.hint
    return error.code


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that every user of the machine may look into."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


UNLOCKS_AS_NOBODY = """
import os, sys
from pathlib import Path
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import KimdeskError
folder, passphrase = Path(sys.argv[1]), sys.argv[2]
if os.geteuid() == 0:
    import sqlalchemy.dialects.sqlite, cryptography.hazmat.primitives.kdf.argon2
    Desk.unlock(Path(sys.argv[3]), passphrase).close()  # everything is imported while that is allowed
    os.seteuid({nobody})
try:
    Desk.unlock(folder, passphrase)
except KimdeskError as error:
    print(error.code)
"""


def test_a_folder_that_may_only_be_read(public: Path, exchange_template: Path) -> None:
    for name in ("locked", "free"):
        shutil.copytree(exchange_template / "desk", public / name)
    before = contents(public / "locked")
    for path in (public / "locked").iterdir():
        path.chmod(0o444)
    (public / "locked").chmod(0o555)
    told = call(UNLOCKS_AS_NOBODY.format(nobody=NOBODY), public / "locked", PASSPHRASE, public / "free")
    assert told == "E902"
    assert refusal(StoreError(told)) == "E902"
    (public / "locked").chmod(0o755)
    assert contents(public / "locked") == before
    for path in (public / "locked").iterdir():
        path.chmod(0o644)
    Desk.unlock(public / "locked", PASSPHRASE).close()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def call(script: str, *arguments: object) -> str:
    line = [sys.executable, "-c", script, *map(str, arguments)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)
    assert done.stderr == ""
    return done.stdout.strip()


def test_a_second_process_is_told_that_the_vault_is_open(exchange: Exchange) -> None:
    script = """
try:
    vault.unlock(folder, passphrase)
except KimdeskError as error:
    print(error.code)
"""
    case = exchange.case()
    told = run(script, exchange.home / "desk")
    assert refusal(VaultError(told)) == "E004"
    exchange.change(case.goal, text="auch danach")
    assert upkeep.check(exchange.desk, full=True) == []


def test_a_stick_pulled_out_during_an_export(exchange: Exchange) -> None:
    known = exchange.case()
    for _ in range(5):
        exchange.case()
    with pytest.raises(StoreError) as caught:
        exchange.export(progress=lambda done, total: shutil.rmtree(exchange.stick, ignore_errors=True))
    assert refusal(caught.value) in ("E920", "E923")
    exchange.stick.mkdir()
    assert exchange.carry(exchange.export().path)[0].result == "applied"
    assert known.goal.id in {row["id"] for row in exchange.held(Goal)}
    assert upkeep.check(exchange.desk, full=True) == []


def test_a_stick_pulled_out_before_the_receipt_is_written(exchange: Exchange) -> None:
    exchange.case()
    path = exchange.export().path
    exchange.receipts.rename(exchange.home / "elsewhere")
    with pytest.raises(StoreError) as caught:
        exchange.carry(path)
    assert refusal(caught.value) == "E920"
    (exchange.home / "elsewhere").rename(exchange.receipts)
    assert exchange.carry(path)[0].result == "applied"


def test_a_folder_that_is_renamed_while_its_vault_is_open(exchange: Exchange) -> None:
    known = exchange.case()
    moved = (exchange.home / "desk").rename(exchange.home / "moved")
    later = exchange.change(known.goal, text="nach dem Umbenennen")
    with pytest.raises(VaultError) as stopped:
        exchange.desk.vault.checkpoint()
    assert refusal(stopped.value) == "E032"
    with pytest.raises(StoreError) as caught:
        backup(exchange.desk.vault, exchange.home / "missing" / "backups")
    assert refusal(caught.value) == "E920"
    exchange.desk.close()
    with Desk.unlock(moved, PASSPHRASE) as desk:
        assert records.get(desk, Goal, later.id) == later
        assert upkeep.check(desk, full=True) == []


FILLS_THE_DISK = """
import json, os, resource, signal, sys
from pathlib import Path
from kimdesk import sync
from kimdesk import vault as vaults
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import KimdeskError
from tests.sync.exchange import NOW
from tests.torture.clerk import Clerk
from tests.torture.quick import quickly
import random

quick = quickly()
quick.__enter__()
home, passphrase, steps = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
acks, codes = [], []
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
highest = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
desk = Desk.unlock(home / "desk", passphrase)
clerk = Clerk(desk, random.Random(1), acks.append)
clerk.open_case()
desk.vault.checkpoint()

def within(size, action):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, highest))
    try:
        action()
        return "went on"
    except KimdeskError as error:
        return error.code
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (highest, highest))

for step in range(steps):
    codes.append(within(step * 6007, clerk.note_contact))
    codes.append(within(step * 6007, clerk.set_goal))
    codes.append(within(step * 6007, lambda: sync.export(desk, home / "stick", now=NOW)))
    codes.append(within(step * 41, lambda: vaults.change_passphrase(home / "desk", passphrase, passphrase)))
    desk.vault.checkpoint()
resource.setrlimit(resource.RLIMIT_FSIZE, (0, highest))
desk.close()
resource.setrlimit(resource.RLIMIT_FSIZE, (highest, highest))
print(json.dumps([acks, codes]))
"""


def test_a_limit_of_the_operating_system_at_any_size(quick_template: Path, tmp_path: Path) -> None:
    """No file may grow beyond a size: saves, bundles and slot files are cut off at every part of theirs."""
    home = tmp_path / "home"
    shutil.copytree(quick_template, home)
    acks, codes = json.loads(call(FILLS_THE_DISK, home, PASSPHRASE, times(24, 240)))
    told = Reckoning()
    for ack in acks:
        told.take(Ack(*ack))
    told.begun = None
    found = Counter(codes)
    report("file size limited", tried=len(codes), acknowledged=told.count, **dict(found))
    assert set(found) <= {"went on", "E901", "E904", "E922"}
    assert {"went on", "E922"} < set(found)
    with quickly(), Desk.unlock(home / "desk", PASSPHRASE) as desk:
        assert told.losses(desk) == []
        sync.export(desk, home / "stick", now=NOW)
    assert {path.suffix for path in (home / "stick").iterdir()} == {".kimb"}
    assert [path.name for path in (home / "desk").iterdir() if path.suffix == ".part"] == []
