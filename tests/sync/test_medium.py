"""Sticks that are not there, not writable, full or pulled out: each says so, and leaves nothing behind."""

import errno
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kimdesk import sync
from kimdesk.cage import Stop
from kimdesk.domain import media
from kimdesk.domain.errors import BundleError, StoreError
from kimdesk.sync.sealing.gaps import Gap
from kimdesk.texts.refusals import explain
from tests.conftest import PASSPHRASE
from tests.sync.exchange import Exchange

ROOT = Path(__file__).parents[2]


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond ``size`` bytes, as on a full stick."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_no_stick(exchange: Exchange) -> None:
    exchange.case()
    with pytest.raises(StoreError, match="E920"):
        sync.export(exchange.desk, exchange.home / "gone")
    assert sync.status(exchange.desk).last_seq == 0


def test_a_stick_nobody_may_write_to(exchange: Exchange) -> None:
    exchange.case()
    with pytest.raises(StoreError, match=r"E921|E923"):
        sync.export(exchange.desk, Path("/proc"))
    assert sync.status(exchange.desk).last_seq == 0


def test_a_full_stick(exchange: Exchange) -> None:
    exchange.export()
    for _ in range(30):
        exchange.case(os.urandom(30_000).hex())
    exchange.desk.vault.checkpoint()
    with pytest.raises(StoreError, match="E922"), room_for(400_000):
        exchange.export()
    assert [path.name for path in exchange.stick.iterdir()] == ["KIM-eschenried-1.kimb"]
    assert sync.status(exchange.desk).last_seq == 1
    assert exchange.export().seq == 2


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EROFS, "E921"),
        (errno.EACCES, "E921"),
        (errno.ENOSPC, "E922"),
        (errno.EDQUOT, "E922"),
        (errno.EFBIG, "E922"),
        (errno.ENODEV, "E923"),
        (errno.EIO, "E923"),
        (errno.ENOENT, "E923"),
    ],
)
def test_each_refusal_has_a_sentence_of_its_own(tmp_path: Path, number: int, code: str) -> None:
    with pytest.raises(StoreError) as caught, media.understood(tmp_path):
        raise OSError(number, os.strerror(number))
    assert caught.value.code == code
    assert explain(caught.value).message


def test_a_bundle_takes_nobodys_name(exchange: Exchange) -> None:
    """What another desk, or an older epoch, left on the stick stays there."""
    (exchange.stick / "KIM-eschenried-1.kimb").write_text("somebody else's")
    assert exchange.export().path.name == "KIM-eschenried-1_2.kimb"
    assert (exchange.stick / "KIM-eschenried-1.kimb").read_text() == "somebody else's"


DIES_AT_STEP = """
import os, sys
from pathlib import Path
from kimdesk import sync
from kimdesk.cage import Stop
from kimdesk.casework.desk import Desk

home, passphrase, left = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
fsync, replace = os.fsync, Path.replace

def step(real):
    def counted(*args):
        global left
        left -= 1
        if left == 0:
            os._exit(9)
        return real(*args)
    return counted

desk = Desk.unlock(home / "desk", passphrase)
os.fsync, Path.replace = step(fsync), step(replace)
sync.export(desk, home / "stick")
"""


@pytest.mark.parametrize(
    ("step", "used", "named"),
    [(1, False, False), (2, True, False), (3, True, False), (4, True, True)],
    ids=["before the bundle is on the disk", "before it is flushed again", "before it has its name", "after"],
)
def test_a_power_cut_never_makes_one_number_stand_for_two_bundles(
    exchange: Exchange, step: int, used: bool, named: bool
) -> None:
    exchange.case()
    exchange.close()
    call = [sys.executable, "-c", DIES_AT_STEP, str(exchange.home), PASSPHRASE, str(step)]
    assert subprocess.run(call, check=False, cwd=ROOT).returncode == 9
    reopened = exchange.reopened()
    assert sync.status(reopened.desk).last_seq == int(used)
    assert reopened.export().seq == int(used) + 1
    written = sorted(path for path in reopened.stick.iterdir() if path.suffix == ".kimb")
    assert len(written) == 1 + named
    results = reopened.carry(*written)
    assert {result.result for result in results} == {"applied"}
    assert results[-1].missing == ((Gap(1, 1),) if used and not named else ())
    reopened.close()


def test_an_export_that_is_stopped_leaves_nothing(exchange: Exchange) -> None:
    exchange.case()
    stop = Stop()
    with pytest.raises(BundleError, match="E610"), stop.heeded():
        sync.export(exchange.desk, exchange.stick, progress=lambda *_: stop.stop())
    assert list(exchange.stick.iterdir()) == []
    status = sync.status(exchange.desk)
    assert (status.last_seq, status.unsent) == (0, 5)
    assert exchange.export().seq == 1
