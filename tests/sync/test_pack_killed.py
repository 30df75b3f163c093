"""The process ends while a pack is being published: the Kreis and the stick never contradict each other."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kimdesk.casework.desk import Desk
from kimdesk.casework.layers import renewed
from kimdesk.domain.errors import ContentError, StoreError
from kimdesk.kreis.stock import publishing
from kimdesk.sync import packs
from tests.catalogue.layer_kit import table
from tests.conftest import PASSPHRASE
from tests.sync.exchange import Exchange

ROOT = Path(__file__).parents[2]
JOBCENTER = "services/jobcenter.toml"
CHILD = """
import os, signal, sys
from pathlib import Path
from kimdesk.casework.desk import Desk
from kimdesk.casework.layers import renewed
from kimdesk.kreis.stock import publishing

home, stick, where, secret = sys.argv[1:]

def dies(*_):
    os.kill(os.getpid(), signal.SIGKILL)

replace = Path.replace

def replaced(path, target):
    if str(target).endswith(".kimp"):
        if where == "named":
            replace(path, target)
        dies()
    return replace(path, target)

class Os:
    fsync = staticmethod(dies)

if where == "written":
    sys.modules["kimdesk.domain.media"].os = Os
Path.replace = replaced
with Desk.unlock(Path(home), secret) as kreis:
    publishing.publish(kreis, folder=Path(stick))
"""


@pytest.fixture
def kreis(exchange: Exchange) -> Path:
    """Return the folder of a Kreis with a draft; it is closed."""
    publishing.save_draft(exchange.kreis, {JOBCENTER: table(JOBCENTER, answer_days=14)})
    exchange.close()
    return exchange.home / "kreis"


def shown(stick: Path) -> list[Path]:
    """Return what a desk would see on the stick."""
    return [path for path in stick.iterdir() if not path.name.startswith(".")]


@pytest.mark.parametrize("where", ["written", "committed", "named"])
def test_a_killed_program_never_leaves_a_pack_that_the_kreis_does_not_know(
    kreis: Path, exchange: Exchange, where: str
) -> None:
    words = [sys.executable, "-c", CHILD, str(kreis), str(exchange.stick), where, PASSPHRASE]
    done = subprocess.run(words, check=False, cwd=ROOT, capture_output=True, timeout=120)
    assert done.returncode == -signal.SIGKILL, done.stderr
    with Desk.unlock(kreis, PASSPHRASE) as desk:
        known = publishing.published(desk)
        assert [path.read_bytes() for path in shown(exchange.stick)] in ([], [one.file for one in known])
        assert (len(known), publishing.draft(desk).begun) == ((0, True) if where == "written" else (1, False))
        made = (
            publishing.write_again(desk, exchange.stick)
            if known
            else publishing.publish(desk, folder=exchange.stick)
        )
        assert made.version == 1
        assert [packs.load(path) for path in shown(exchange.stick)] == [made.file]


def test_a_stick_that_is_pulled_out_after_it_counts_is_said_and_the_file_is_written_again(
    exchange: Exchange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ContentError, match="E757"):
        publishing.write_again(exchange.kreis, exchange.stick)
    stick = tmp_path / "pulled_out"
    stick.mkdir()

    def pulled_out(desk: Desk) -> None:
        shutil.rmtree(stick)
        renewed(desk)

    monkeypatch.setattr("kimdesk.kreis.stock.publishing.renewed", pulled_out)
    with pytest.raises(StoreError, match="E756"):
        publishing.publish(exchange.kreis, {JOBCENTER: table(JOBCENTER, answer_days=14)}, folder=stick)
    [known] = publishing.published(exchange.kreis)
    assert exchange.kreis.catalogue.service("jobcenter").answer_days == 14
    assert publishing.write_again(exchange.kreis, exchange.stick) == known
