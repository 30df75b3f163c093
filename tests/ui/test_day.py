"""One whole day through the real window, by keyboard alone: what cannot be reached by a key fails here.

Morning, new family, half a form, lock, call, no-show, notice, referral, hand-over, closing. The keys are real
ones: they go into an X server without a screen, which hands them to the program in a process of its own.
"""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from kimdesk.domain.records import FollowUp
from kimdesk.domain.terms import FollowUpKind
from tests.sync.exchange import Exchange
from tests.ui.page_help import today
from tests.ui.test_at_spi import ROOT, display

pytest_plugins = ("tests.ui.page_fixtures",)

MOST = {
    "morning": 11, "new family": 5, "half a form": 9, "lock": 3, "call": 10, "no-show": 11, "notice": 16,
    "referral": 19, "hand-over": 18, "closing": 21,
}  # fmt: skip
"""The most keys a part may take besides letters: what takes more has lost a way."""


def test_a_whole_day_needs_no_mouse(exchange: Exchange, tmp_path: Path) -> None:
    known = exchange.case("Osman", given_on=today())
    due = FollowUp(
        case_id=known.case.id, kind=FollowUpKind.DEADLINE, title="Jobcenter anrufen",
        due_on=today() - timedelta(days=1),
    )  # fmt: skip
    exchange.put(due)
    folder = exchange.desk.vault.folder
    exchange.desk.close()
    out, run = tmp_path / "day.json", tmp_path / "run"
    run.mkdir(mode=0o700)
    with display() as shown:
        env = {
            **os.environ, "DISPLAY": shown, "QT_QPA_PLATFORM": "xcb", "HOME": str(tmp_path),
            "PYTHONPATH": str(ROOT), "KIMDESK_HOME": str(tmp_path / "settings"), "XDG_RUNTIME_DIR": str(run),
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "tests.ui.day.program", folder, exchange.stick, out],
            env=env, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(out.read_text(encoding="utf-8"))
    assert list(told) == list(MOST)
    assert {part: took for part, took in told.items() if took["keys"] > MOST[part]} == {}
