"""The processes that are killed: each opens real vaults, works, and tells of every save once it returned."""

import json
import multiprocessing
import os
import random
import time
from collections.abc import Callable
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from kimdesk import kreis, sync
from kimdesk import vault as vaults
from kimdesk.casework import person_lists, upkeep
from kimdesk.casework.desk import Desk
from kimdesk.casework.person_lists.rows import ListRow
from kimdesk.cli.__main__ import main
from kimdesk.domain.identity import new_id
from kimdesk.domain.records import Person
from kimdesk.store.schema import HEAD, migrate
from kimdesk.vault.backup import backup, list_backups
from tests.conftest import PASSPHRASE
from tests.sync.exchange import NOW
from tests.torture.clerk import Ack, Clerk
from tests.torture.quick import quickly

OTHER = "nebel kajak distel anker pfiff walze"
READY = Ack(False, "ready")
FIRST = "0001"  # the schema of the first release
_PRELOADED = [
    "tests.torture.victim", "kimdesk.casework.exchange", "alembic.command", "zstandard", "zxcvbn",
    "sqlalchemy.dialects.sqlite", "cryptography.hazmat.primitives.kdf.argon2",
]  # fmt: skip

Job = Callable[[Path, random.Random, Callable[[Ack], None]], None]


def save(home: Path, dice: random.Random, tell: Callable[[Ack], None]) -> None:
    """A desk where everything is saved that can be saved."""
    tell(Ack(False, "unlock"))
    desk = Desk.unlock(home / "desk", PASSPHRASE)
    tell(READY)
    for _ in Clerk(desk, dice, tell).work():
        pass


def take_in(home: Path, dice: random.Random, tell: Callable[[Ack], None]) -> None:
    """A desk that imports the cases of another program."""
    tell(Ack(False, "unlock"))
    clerk = Clerk(Desk.unlock(home / "desk", PASSPHRASE), dice, tell)
    tell(READY)
    clerk.open_case()
    while True:
        clerk.take_documents()


def command(home: Path, dice: random.Random, tell: Callable[[Ack], None]) -> None:
    """An administrator's script: ``kimdeskctl case import``, one file after the other."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    (home / "words").write_text(PASSPHRASE, encoding="utf-8")
    tell(READY)
    for number in count():
        docs: list[dict[str, Any]] = [
            {"id": new_id(), "ags": "05999001", "opened_on": "2026-03-02",
             "goals": [{"id": new_id(), "number": 1, "text": f"w{dice.randrange(16**8):08x} {number}"}]}
            for _ in range(dice.randrange(1, 6))
        ]  # fmt: skip
        (home / "cases.json").write_text(json.dumps(docs), encoding="utf-8")
        tell(Ack(False, "documents"))
        words, file = str(home / "words"), str(home / "cases.json")
        assert main(["--json", "case", "import", str(home / "desk"), "--passphrase-file", words, file]) == 0
        for doc in docs:
            [goal] = doc["goals"]
            tell(Ack(True, "Goal", goal["id"], 1, goal["text"], str(doc["id"])))


def take_list(home: Path, dice: random.Random, tell: Callable[[Ack], None]) -> None:
    """A desk that takes in one list of persons after the other."""
    tell(Ack(False, "unlock"))
    desk = Desk.unlock(home / "desk", PASSPHRASE)
    tell(READY)
    while True:
        rows = [
            ListRow(number, Person(family_name=f"w{dice.randrange(16**8):08x}", given_names="Amna"))
            for number in range(1, dice.randrange(2, 40))
        ]
        tell(Ack(False, "list"))
        taken = person_lists.take(desk, rows, {row.number for row in rows}, "liste.csv")
        numbers = {each.file_number for each in taken.outcomes}
        with desk.reading() as reader:
            found = reader.connection.exec_driver_sql("SELECT id, rev, file_number FROM kim_case").fetchall()
        for case_id, rev, file_number in found:
            if file_number in numbers:
                tell(Ack(True, "Case", case_id, rev, file_number, case_id))


def attach(home: Path, dice: random.Random, tell: Callable[[Ack], None]) -> None:
    """A desk that puts scans into the vault."""
    tell(Ack(False, "unlock"))
    clerk = Clerk(Desk.unlock(home / "desk", PASSPHRASE), dice, tell)
    tell(READY)
    clerk.open_case()
    while True:
        clerk.attach(most=2**20)


def carry(home: Path, dice: random.Random, tell: Callable[[Ack], None]) -> None:
    """A desk and its Kreis: saves, bundles out, bundles in, receipts back."""
    tell(Ack(False, "unlock"))
    desk, office = Desk.unlock(home / "desk", PASSPHRASE), Desk.unlock(home / "kreis", PASSPHRASE)
    tell(READY)
    clerk = Clerk(desk, dice, tell)
    work = clerk.work()
    while True:
        for _ in range(dice.randrange(1, 6)):
            next(work)
        tell(Ack(False, "export"))
        bundle = sync.export(desk, home / "stick", now=NOW)
        tell(Ack(True, "export", bundle.path.name, bundle.seq))
        tell(Ack(False, "import", bundle.path.name))
        [result] = kreis.import_files(office, [bundle.path], home / "receipts", now=NOW)
        assert result.receipt
        tell(Ack(True, "import", bundle.path.name, result.seq))
        tell(Ack(False, "receipt"))
        sync.take_receipt(desk, result.receipt)
        tell(Ack(True, "receipt", bundle.path.name, result.seq))


def upgrade(home: Path, dice: random.Random, tell: Callable[[Ack], None]) -> None:
    """A vault whose tables are made, taken back and made again."""
    vault = vaults.unlock(home / "empty", PASSPHRASE)
    tell(READY)
    while True:
        for revision in (HEAD, f"{dice.randrange(int(HEAD)):04d}"):
            tell(Ack(False, "migration"))
            migrate(vault.engine, revision)
            tell(Ack(True, "migration", "schema", int(revision)))


def advance(home: Path, dice: random.Random, tell: Callable[[Ack], None]) -> None:
    """A vault of the first release, with a case in it, that is brought up to date and back."""
    vault = vaults.unlock(home / "first", PASSPHRASE)
    tell(READY)
    while True:
        for revision in (HEAD, FIRST):
            tell(Ack(False, "migration"))
            migrate(vault.engine, revision)
            tell(Ack(True, "migration", "schema", int(revision)))


def rewrap(home: Path, dice: random.Random, tell: Callable[[Ack], None]) -> None:
    """A desk whose passphrase is changed, and changed back."""
    tell(READY)
    phrases = [PASSPHRASE, OTHER]
    while True:
        tell(Ack(False, "passphrase"))
        vaults.change_passphrase(home / "desk", *phrases)
        phrases.reverse()
        tell(Ack(True, "passphrase", "slots", words=phrases[0]))


def renew(home: Path, dice: random.Random, tell: Callable[[Ack], None]) -> None:
    """A desk that saves, locks, gets a new key, and opens again."""
    tell(READY)
    while True:
        with Desk.unlock(home / "desk", PASSPHRASE) as desk:
            work = Clerk(desk, dice, tell).work()
            for _ in range(4):
                next(work)
        tell(Ack(False, "rekey"))
        epoch = vaults.rekey(home / "desk", PASSPHRASE).key_epoch
        tell(Ack(True, "rekey", "key", epoch))


def back_up(home: Path, dice: random.Random, tell: Callable[[Ack], None]) -> None:
    """A desk that saves and is backed up."""
    with Desk.unlock(home / "desk", PASSPHRASE) as desk:
        tell(READY)
        work = Clerk(desk, dice, tell).work()
        while True:
            for _ in range(4):
                next(work)
            tell(Ack(False, "backup"))
            made = backup(desk.vault, home / "backups")
            tell(Ack(True, "backup", made.path.name))


def bring_back(home: Path, dice: random.Random, tell: Callable[[Ack], None]) -> None:
    """A backup that is restored into one new vault after another."""
    [source] = list_backups(home / "backups")
    tell(READY)
    for number in count():
        name = f"again-{number}"
        tell(Ack(False, "restore", name))
        upkeep.restore(source.path, home / name, PASSPHRASE).close()
        tell(Ack(True, "restore", name))


JOBS: dict[str, tuple[Job, int]] = {
    "saving": (save, 170), "importing documents": (take_in, 30), "case import": (command, 100),
    "taking in lists": (take_list, 100), "attaching": (attach, 100),
    "exchanging": (carry, 40), "making the tables": (upgrade, 20),
    "migrating the first release": (advance, 30), "changing the passphrase": (rewrap, 25),
    "giving a new key": (renew, 30), "backing up": (back_up, 30), "restoring": (bring_back, 30),
}  # fmt: skip
"""What is done, and how often it is killed in ``make torture``."""

_SLOW: dict[Job, int] = {
    attach: 40,
    renew: 30,
    back_up: 40,
    bring_back: 10,
    rewrap: 20,
    command: 12,
    take_list: 60,
}
"""The messages after which it is killed at the latest, where each takes longer than a save."""


def _live(job: Job, home: Path, seed: str, pipe: Connection) -> None:
    with quickly():
        job(home, random.Random(seed), pipe.send)


def killed(job: Job, home: Path, dice: random.Random) -> list[Ack]:
    """Let a process do ``job``, kill it at a moment the dice choose, return what it told."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_live, args=(job, home, str(dice.random()), theirs), daemon=True)
    process.start()
    theirs.close()
    told = _listen(ours, dice, _SLOW.get(job, 80))
    process.kill()
    process.join()
    told += _rest(ours)
    code = process.exitcode
    process.close()
    assert code == -9, f"it ended by itself: {code}, {told[-1:]}"
    return told


def _listen(pipe: Connection, dice: random.Random, most: int) -> list[Ack]:
    """Read on until the moment has come; one in eight dies before its vault is open."""
    told: list[Ack] = []
    wanted = 0 if dice.random() < 1 / 8 else dice.randrange(1, most)
    while len(told) < wanted and pipe.poll(60):
        try:
            told.append(pipe.recv())
        except EOFError:
            break
    time.sleep(dice.random() * (0.02 if wanted else 0.3))
    return told


def _rest(pipe: Connection) -> list[Ack]:
    """Return what was told before the kill and not read yet; the last message may be cut off."""
    told: list[Ack] = []
    try:
        while pipe.poll(0):
            told.append(pipe.recv())
    except (EOFError, OSError):
        pass
    pipe.close()
    return told
