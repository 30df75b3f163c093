"""What reading changed files came to: what was said, the most memory and time, and what must not be."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from kimdesk.cage import MIB, pool
from kimdesk.casework import attachments
from kimdesk.casework.person_lists import guess, read_table, rows_of
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.dates import today
from kimdesk.domain.errors import KimdeskError
from kimdesk.texts.refusals import explain
from tests.foreign.changing import TABLES, changed
from ui.papers.render import render

MOST_MEMORY = 300 * MIB
_UNDERSTOOD = 1000  # rows
FAULTS = frozenset({"E763", "E765", "E767", "E768"})
"""What only a fault of ours brings about: a helper lost or not started, an answer or an error of no kind."""


@dataclass
class Verdict:
    """The sum over many files. ``said`` counts codes, "read" for what was taken."""

    said: Counter[str] = field(default_factory=Counter)
    peak: int = 0
    seconds: float = 0
    bad: list[str] = field(default_factory=list)

    def files(self) -> int:
        return sum(self.said.values())


@contextmanager
def _watched(verdict: Verdict) -> Iterator[None]:
    """Note the most memory a helper used."""
    ask = pool.ask

    def listening(*arguments: object) -> object:
        found = ask(*arguments)  # type: ignore[arg-type]
        verdict.peak = max(verdict.peak, found[1].peak)
        return found

    with patch.object(pool, "ask", listening):
        yield


def judge(kind: str, seed: str, numbers: range, folder: Path, verdict: Verdict) -> None:
    """Read the changed files of a kind as the program does when somebody chooses them."""
    act = reading(kind, folder)
    with _watched(verdict):
        for number in numbers:
            data = changed(kind, seed, number)
            begun = time.monotonic()
            code = said(act, data)
            verdict.said[code] += 1
            verdict.seconds = max(verdict.seconds, time.monotonic() - begun)
            if code in FAULTS or not code.startswith(("E", "read")):
                verdict.bad.append(f"{kind} {seed} {number}: {code}")


def said(act: Callable[[bytes], object], data: bytes) -> str:
    """Return the code of the sentence that refuses ``data``, or "read"; anything else is a fault."""
    try:
        act(data)
    except KimdeskError as error:
        return explain(error).code
    except BaseException as error:
        return f"{type(error).__name__}: {error}"[:200]
    return "read"


def reading(kind: str, folder: Path) -> Callable[[bytes], object]:
    """Return what is done with a file of a kind when somebody chooses it."""
    return _list(folder) if kind in TABLES else _scan


def _list(folder: Path) -> Callable[[bytes], object]:
    path = folder / "liste"

    def act(data: bytes) -> None:
        path.write_bytes(data)
        known = SHIPPED.rules.person_columns
        table = read_table(path, known)
        if len(table.rows) <= _UNDERSTOOD:  # a long list is read as any other; what it means takes its time
            rows_of(SHIPPED, table, guess(known, table), today())

    return act


def _scan(data: bytes) -> None:
    scan = attachments.inspect(data)
    render(scan.data, scan.media_type, 0, 200)
