"""Whatever a file of an enrolled desk holds: it costs little memory and time, and the next one is read."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from tests.kreis import attack_set
from tests.sync.exchange import Exchange

MOST_MIB, MOST_SECONDS = 256, 60
EXPECTED = {
    "escaped quotes without an end": "E730",
    "a line feed eight million times": "E103",
    "a mebibyte of blanks in each record": "",
    "a quarter of a gibibyte without a line": "E604",
    "more than was announced": "E603",
    "two hundred thousand records": "",
    "two hundred thousand records of no shape": "",
    "two hundred thousand erasures": "",
    "brackets beside each other": "",
    "brackets in each other": "E604",
    "small numbers": "",
    "a hundred thousand answers": "",
    "a number of a mebibyte": "",
    "texts of a mebibyte": "",
    "thousands of sections": "",
    "a flood of frames": "E103",
    "an honest bundle": "",
}


def read_in(exchange: Exchange) -> Iterator[dict[str, Any]]:
    """Read all files of the stick in, in a process of its own, and yield what it says of each."""
    command = [sys.executable, "-m", "tests.kreis.attack_child", str(exchange.home / "kreis")]
    files = sorted(map(str, exchange.stick.iterdir()))
    done = subprocess.run([*command, str(exchange.receipts), *files], capture_output=True, check=True)
    yield from map(json.loads, done.stdout.splitlines())


def test_no_file_costs_much_and_each_next_one_is_read(exchange: Exchange) -> None:
    assert [*attack_set.write_all(exchange), "an honest bundle"] == list(EXPECTED)
    exchange.close()
    found = list(read_in(exchange))
    assert [each["code"] for each in found] == list(EXPECTED.values())
    assert {each["result"] for each in found if not each["code"]} == {"applied"}
    for each in found:
        assert max(each["parent"], each["child"]) <= MOST_MIB, each
        assert each["seconds"] <= MOST_SECONDS, each
