"""The processes that are killed: each opens real vaults, works, and tells of every save once it returned."""

import multiprocessing
import random
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from kimdesk import kreis, sync
from kimdesk import vault as vaults
from kimdesk.casework.desk import Desk
from kimdesk.store.schema import HEAD, migrate
from kimdesk.vault.backup import backup
from tests.conftest import PASSPHRASE
from tests.sync.exchange import NOW
from tests.torture.clerk import Ack, Clerk

OTHER = "nebel kajak distel anker pfiff walze"
READY = Ack(False, "ready")
_PRELOADED = ["tests.torture.victim", "kimdesk.casework.exchange", "alembic.command", "zstandard", "zxcvbn"]

Job = Callable[[Path, random.Random, Callable[[Ack], None]], None]


def save(home: Path, dice: random.Random, tell: Callable[[Ack], None]) -> None:
    """A desk where everything is saved that can be saved."""
    tell(Ack(False, "unlock"))
    desk = Desk.unlock(home / "desk", PASSPHRASE)
    tell(READY)
    for _ in Clerk(desk, dice, tell).work():
        pass


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


def _live(job: Job, home: Path, seed: str, pipe: Connection) -> None:
    job(home, random.Random(seed), pipe.send)


def killed(job: Job, home: Path, dice: random.Random) -> list[Ack]:
    """Let a process do ``job``, kill it at a moment the dice choose, return what it told."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_live, args=(job, home, str(dice.random()), theirs), daemon=True)
    process.start()
    theirs.close()
    told = _listen(ours, dice)
    process.kill()
    process.join()
    told += _rest(ours)
    code = process.exitcode
    process.close()
    assert code == -9, f"it ended by itself: {code}, {told[-1:]}"
    return told


def _listen(pipe: Connection, dice: random.Random) -> list[Ack]:
    """Read on until the moment has come; one in eight dies before its vault is open."""
    told: list[Ack] = []
    wanted = 0 if dice.random() < 1 / 8 else dice.randrange(1, 80)
    while len(told) < wanted and pipe.poll(60):
        try:
            told.append(pipe.recv())
        except EOFError:
            break
    time.sleep(dice.random() * (0.02 if wanted else 0.6))
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
