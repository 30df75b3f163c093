"""A new recovery code into a person's hands before what it opens counts: as a file, or printed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kimdesk.cli.outcome import Answer
from kimdesk.domain.errors import StoreError
from kimdesk.domain.files import write_atomically
from kimdesk.texts import say


@dataclass(slots=True)
class CodeInHand:
    """Gives the code to ``out``, or prints it this once; ``said`` and ``lines`` belong to the answer."""

    answer: Answer
    out: Path | None
    written: bool = False

    def __call__(self, code: str) -> None:
        """Raise StoreError E916, E917 or E918 when the code is not in anybody's hands."""
        if self.out is None:
            self.answer.hand_out({"recovery_code": code}, say("cli.code_printed", code=code))
            return
        demand_free(self.out)
        data = f"{code}\n".encode()
        try:
            write_atomically(self.out, data)
            self.written = True
            if self.out.read_bytes() != data:
                raise StoreError("E917")
        except OSError:
            raise StoreError("E917") from None

    @property
    def said(self) -> dict[str, Any]:
        """What the answer says of it."""
        return {} if self.out is None else {"recovery_out": str(self.out)}

    @property
    def lines(self) -> tuple[str, ...]:
        """The same for people."""
        return () if self.out is None else (say("cli.code_written", path=self.out),)


@contextmanager
def handing_out(answer: Answer, vault: Path, out: Path | None) -> Iterator[CodeInHand]:
    """Yield what hands a code out during a change; a file for a change that was refused is removed again.

    One that breaks off otherwise may have counted, so its file stays. Raises StoreError E918 at once for a
    file that is there, which may hold the code that is valid now, and E926 for one in the folder ``vault``.
    """
    if out is not None:
        demand_free(out)
        if Path(os.path.realpath(out)).is_relative_to(os.path.realpath(vault)):
            raise StoreError("E926")
    hand = CodeInHand(answer, out)
    try:
        yield hand
    except Exception:
        if hand.written and out is not None:
            with suppress(OSError):
                out.unlink()
        raise


def demand_free(out: Path) -> None:
    """Raise StoreError E918 when something of this name is there, E917 when nobody can tell."""
    try:
        taken = out.is_symlink() or out.exists()
    except OSError:
        raise StoreError("E917") from None
    if taken:
        raise StoreError("E918")
