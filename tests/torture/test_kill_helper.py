"""The helper that reads foreign files is killed at any moment: one sentence, and the next file is read."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread

import pytest

from kimdesk.casework import attachments
from tests.foreign.changing import SAMPLES
from tests.foreign.processes import children, helpers
from tests.foreign.verdict import reading, said
from tests.torture.measure import dice, progress, report, times
from ui.papers.render import render

_LONGEST = 0.03  # seconds a valid file takes about, with the time to start


@pytest.mark.parametrize("job", ["list", "scan", "page"])
def test_a_helper_killed_at_any_moment_is_one_sentence(job: str, fast: Path) -> None:
    kinds = {"list": ["xls", "xlsx", "ods"], "scan": ["pdf", "jpeg", "heic"], "page": ["pdf", "jpeg", "png"]}
    random, codes = dice("helper", job), Counter[str]()
    wanted = times(10, 300)
    for number in range(wanted):
        kind = random.choice(kinds[job])
        act, data = _act(job, kind, fast), SAMPLES[kind][0]()
        thread = Thread(target=lambda act=act, data=data: codes.update([said(act, data)]))
        thread.start()
        time.sleep(random.random() * _LONGEST)
        _kill(whole=random.random() < 0.5)
        thread.join()
        assert said(act, data) == "read"
        progress(f"kills of the helper, {job}", number, wanted)
    report(f"kills of the helper: {job}", killed=wanted, read=codes["read"], one_sentence=codes["E763"])
    assert set(codes) <= {"read", "E763"}


def _act(job: str, kind: str, folder: Path) -> Callable[[bytes], object]:
    if job == "list":
        return reading(kind, folder)
    if job == "scan":
        return attachments.inspect
    media_type = {"pdf": "application/pdf"}.get(kind, f"image/{kind}")
    return partial(render, media_type=media_type, page=0, width=200)


def _kill(*, whole: bool) -> None:
    for helper in helpers():
        for pid in [helper] if whole else children(helper):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
