"""Sticks on the command line: a folder full of other files, and Ctrl-C."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kimdesk import sync
from kimdesk.cli.__main__ import main
from tests.conftest import PASSPHRASE
from tests.sync.exchange import Exchange

ROOT = Path(__file__).parents[2]

ON_A_SLOW_STICK = """
import os, signal, sys, time
from kimdesk.cli.__main__ import main

flush = os.fsync

def slow(handle):
    "Somebody presses Ctrl-C while the stick is still busy."
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.5)
    flush(handle)

class SlowOs:
    fsync = staticmethod(slow)

sys.modules["kimdesk.sync.leaving.export"].os = SlowOs
sys.exit(main(sys.argv[1:]))
"""


def opening(exchange: Exchange, role: str) -> list[str]:
    secret = exchange.home / "secret"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    return [str(exchange.home / role), "--passphrase-file", str(secret)]


def test_a_folder_is_read_in_whatever_the_bundles_are_called(
    exchange: Exchange, capsys: pytest.CaptureFixture[str]
) -> None:
    exchange.case()
    exchange.export().path.rename(exchange.stick / "Übergabe.pdf")
    (exchange.stick / "Urlaub.jpg").write_bytes(os.urandom(2000))
    exchange.close()
    words = ["--json", "kreis", "import", *opening(exchange, "kreis"), str(exchange.stick), "--receipts"]
    assert main([*words, str(exchange.receipts)]) == 0
    [row] = json.loads(capsys.readouterr().out)["results"]
    assert (row["result"], Path(row["file"]).name) == ("applied", "Übergabe.pdf")
    assert len(list(exchange.receipts.iterdir())) == 1
    (exchange.stick / "Übergabe.pdf").unlink()
    assert main([*words, str(exchange.receipts)]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "E105"


def test_ctrl_c_leaves_nothing_on_the_stick(exchange: Exchange) -> None:
    exchange.case()
    exchange.close()
    call = [sys.executable, "-c", ON_A_SLOW_STICK, "--json", "sync", "export", *opening(exchange, "desk")]
    done = subprocess.run(
        [*call, "--to", str(exchange.stick)], check=False, cwd=ROOT, capture_output=True, timeout=120
    )
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (1, "E610"), done.stderr
    assert list(exchange.stick.iterdir()) == []
    reopened = exchange.reopened()
    assert sync.status(reopened.desk).last_seq == 0
    assert reopened.export().seq == 1
    reopened.close()


def test_all_receipts_on_a_stick_are_read_in_and_those_known_say_so(
    exchange: Exchange, capsys: pytest.CaptureFixture[str]
) -> None:
    exchange.case()
    exchange.carry(exchange.export().path)
    exchange.case("Haddad")
    exchange.carry(exchange.export().path)
    receipts = sorted(exchange.receipts.iterdir())
    receipts[0].rename(exchange.receipts / "Zettel.txt")
    (exchange.receipts / "kaputt.kimr").write_bytes(receipts[1].read_bytes()[:80])
    exchange.close()
    words = ["--json", "sync", "receipt", *opening(exchange, "desk"), str(exchange.receipts)]
    assert main(words) == 0
    rows = {Path(row["file"]).name: row for row in json.loads(capsys.readouterr().out)["receipts"]}
    assert {name: (row["seq"], row["result"], row["again"]) for name, row in rows.items()} == {
        "Zettel.txt": (1, "applied", False),
        receipts[1].name: (2, "applied", False),
        "kaputt.kimr": (0, "refused", False),
    }
    assert rows["kaputt.kimr"]["code"].startswith("E1")
    single = ["--json", "sync", "receipt", *opening(exchange, "desk"), str(exchange.receipts / "Zettel.txt")]
    assert main(single) == 0
    assert json.loads(capsys.readouterr().out) == {
        "seq": 1, "result": "applied", "code": "", "missing": [], "again": True,
    }  # fmt: skip
    assert main(single[1:]) == 0
    assert "war schon eingelesen" in capsys.readouterr().out
    assert main([*words[:-1], str(exchange.home / "stick")]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "E105"
