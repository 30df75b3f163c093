"""Every parser behind signatures and seals, fed by a fuzzer: ten minutes each in ``make torture``."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture.measure import LONG, SEED, report, times
from tests.torture.parsers import PARSERS

NAMES = sorted(PARSERS) if LONG else ["packed_records", "record_line"]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_but_typed_refusals(name: str) -> None:
    pytest.importorskip("atheris", reason="there is no atheris for this machine")
    line = [sys.executable, "-m", "tests.torture.fuzz", name, str(times(1, 600)), str(SEED)]
    line = ["sh", "-c", '"$@"; exit $?', "sh", *line]  # a process that is forked anew has a peak of its own
    root = Path(__file__).parent.parent.parent
    run = subprocess.run(line, cwd=root, capture_output=True, encoding="utf-8", errors="replace", check=False)
    assert run.returncode == 0, run.stderr[-4000:] + run.stdout[-4000:]
    found = dict(re.findall(r"stat::(\w+):\s+(\d+)", run.stderr + run.stdout))
    report(f"fuzzed {name}", inputs=found["number_of_executed_units"], peak_mib=found["peak_rss_mb"])
