"""What a command hands back, and how it is told to people or to programs."""

import errno
import io
import json
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TextIO

from kimdesk.domain.errors import KimdeskError, StoreError
from kimdesk.texts.refusals import explain, known

DONE, REFUSED, WRONG_USAGE, FAULT, UNTOLD = range(5)
"""Exit statuses; the last one: done, but the answer could not be written."""

_UNWRITTEN = (OSError, ValueError)  # the disk, the pipe; a stream that was closed
_NO_DISK_BEHIND = (errno.EINVAL, errno.ENOTSUP, errno.EROFS, errno.EBADF)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a command: one JSON object, and the same for people, line by line."""

    data: Mapping[str, Any]
    lines: tuple[str, ...] = ()
    refusal: KimdeskError | None = None  # what was found stands in ``data``, and it is not well


class Answer:
    """The answer to one command: exactly one JSON object, or lines, on standard output.

    Each of its last words returns the exit status. ``again`` says how to get the answer once more.
    """

    def __init__(self, *, as_json: bool, again: str) -> None:
        self._as_json = as_json
        self._again = again
        self._begun: Mapping[str, Any] = {}
        known()  # while there is a file handle for the sentences

    def hand_out(self, data: Mapping[str, Any], line: str) -> None:
        """Write what a person must hold before the work counts; the rest of the answer follows.

        Raises StoreError E916 when it cannot be written, and be it to the disk behind standard output.
        """
        try:
            _write(sys.stdout, _object(data)[:-1] if self._as_json else f"{line}\n")
            _settle(sys.stdout)
        except _UNWRITTEN:
            _silence(sys.stdout)
            raise StoreError("E916") from None
        self._begun = data

    def result(self, outcome: Outcome) -> int:
        """Tell the result, and a refusal that belongs to it."""
        if outcome.refusal is not None:
            return self._refused(outcome.refusal, outcome)
        return DONE if self._say(outcome.data, outcome.lines) else self._untold()

    def refused(self, error: KimdeskError) -> int:
        """Say in one sentence what was refused and what to do next."""
        return self._refused(error, Outcome({}))

    def fault(self, error: Exception) -> int:
        """Admit an unexpected fault; only the kind of the error is named, never its text."""
        self._refused(KimdeskError("E999"), Outcome({}))
        tell(type(error).__name__)
        return FAULT

    def _refused(self, error: KimdeskError, found: Outcome) -> int:
        told = explain(error)
        body = {"code": told.code, "message": told.message, "hint": told.hint}
        self._say({**found.data, "error": body}, found.lines)
        tell(f"{told.code} {told.message} {told.hint}")
        return REFUSED

    def _say(self, data: Mapping[str, Any], lines: tuple[str, ...]) -> bool:
        text = self._rest(data) if self._as_json else "\n".join(lines)
        try:
            if text:
                _write(sys.stdout, f"{text}\n")
        except _UNWRITTEN:
            _silence(sys.stdout)
            return False
        return True

    def _rest(self, data: Mapping[str, Any]) -> str:
        rest = _object({name: value for name, value in data.items() if name not in self._begun})
        if not self._begun:
            return rest
        return f", {rest[1:]}" if len(rest) > len("{}") else "}"

    def _untold(self) -> int:
        told = explain(StoreError("E915", again=self._again))
        tell(f"{told.code} {told.message} {told.hint}")
        return UNTOLD


def speak_utf8() -> None:
    """Write UTF-8 whatever the console or pipe is set to; what is no character stands there as its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def tell(line: str) -> None:
    """Write ``line`` to standard error; where that is closed there is nobody to tell."""
    try:
        _write(sys.stderr, f"{line}\n")
    except _UNWRITTEN:
        _silence(sys.stderr)


def progress_bar(title: str) -> Callable[[int, int], None] | None:
    """Return a function (done, total) that draws a bar on standard error, or None without a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        filled = 30 * done // max(total, 1)
        end = "\n" if done >= total else ""
        with suppress(*_UNWRITTEN):  # the work goes on though nobody sees how far it is
            _write(sys.stderr, f"\r{title} [{'█' * filled}{'·' * (30 - filled)}] {done}/{total}{end}")

    return show


def _object(data: Mapping[str, Any]) -> str:
    return json.dumps(dict(data), ensure_ascii=False, default=str)


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:
        raise OSError(errno.EBADF, "closed")
    stream.write(text)
    stream.flush()


def _settle(stream: TextIO | None) -> None:
    """Bring what was written onto the disk, where there is one behind ``stream``. Raises OSError."""
    try:
        if stream is not None:
            os.fsync(stream.fileno())
    except io.UnsupportedOperation:
        return
    except OSError as error:
        if error.errno not in _NO_DISK_BEHIND:
            raise


def _silence(stream: TextIO | None) -> None:
    """Let what is left in a stream that failed go nowhere: the end of the process must not fail too."""
    with suppress(AttributeError, *_UNWRITTEN):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # type: ignore[union-attr]
        os.close(nowhere)
