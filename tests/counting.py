"""What a piece of work costs in things that can be counted: statements, calls, files. Nothing is timed."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from kimdesk.casework.desk import Desk

ROOT = Path(__file__).parent.parent
_OURS = tuple(f"{ROOT / room}/" for room in ("kimdesk", "ui", "resources"))
_FRAMES = ("BEGIN", "COMMIT", "ROLLBACK", "--")  # of transactions and triggers


@dataclass(slots=True)
class Calls:
    """The functions of KIMdesk that were called, with how often: (file, name) to number."""

    by_function: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def number(self) -> int:
        """Return how many calls there were."""
        return self.by_function.total()

    @property
    def files(self) -> int:
        """Return in how many files."""
        return len({file for file, _ in self.by_function})

    def of(self, name: str) -> int:
        """Return how often functions called ``name`` were called."""
        return sum(times for (_, known), times in self.by_function.items() if known == name)


@contextmanager
def calls() -> Iterator[Calls]:
    """Count the calls of functions of KIMdesk on this thread."""
    found = Calls()

    def note(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(_OURS):
            found.by_function[code.co_filename, code.co_name] += 1

    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(None)


@contextmanager
def statements(desk: Desk) -> Iterator[list[str]]:
    """Collect the statements that reach SQLCipher, in their order; those of triggers are left out."""
    found: list[str] = []

    def note(text: str) -> None:
        if not text.startswith(_FRAMES):
            found.append(text)

    _trace(desk, note)
    try:
        yield found
    finally:
        _trace(desk, None)


def _trace(desk: Desk, note: Callable[[str], None] | None) -> None:
    with desk.vault.connection() as connection:
        database: Any = connection
        database.set_trace_callback(note)
