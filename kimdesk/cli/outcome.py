"""What a command hands back, and how it is printed for people or for programs."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from kimdesk.domain.errors import KimdeskError
from kimdesk.texts.refusals import explain


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a command: one JSON object, and the same for people, line by line."""

    data: Mapping[str, Any]
    lines: tuple[str, ...] = ()
    refusal: KimdeskError | None = None  # what was found stands in ``data``, and it is not well


def report_result(outcome: Outcome, *, as_json: bool) -> None:
    """Print the result on standard output; a refusal that belongs to it as ``report_refusal`` does."""
    if not as_json:
        print("\n".join(outcome.lines))
    if outcome.refusal is not None:
        report_refusal(outcome.refusal, as_json=as_json, data=outcome.data)
    elif as_json:
        print(json.dumps(outcome.data, ensure_ascii=False, default=str))


def report_refusal(
    error: KimdeskError, *, as_json: bool, data: Mapping[str, Any] = MappingProxyType({})
) -> None:
    """Say in one sentence what was refused and what to do next."""
    told = explain(error)
    if as_json:
        body = {"code": told.code, "message": told.message, "hint": told.hint}
        print(json.dumps({**data, "error": body}, ensure_ascii=False, default=str))
    print(f"{told.code} {told.message} {told.hint}", file=sys.stderr)


def report_fault(error: Exception, *, as_json: bool) -> None:
    """Admit an unexpected fault; only the kind of the error is named, never its text."""
    report_refusal(KimdeskError("E999"), as_json=as_json)
    print(type(error).__name__, file=sys.stderr)


def progress_bar(title: str) -> Callable[[int, int], None] | None:
    """Return a function (done, total) that draws a bar on standard error, or None without a terminal."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        filled = 30 * done // max(total, 1)
        end = "\n" if done >= total else ""
        print(f"\r{title} [{'█' * filled}{'·' * (30 - filled)}] {done}/{total}", end=end, file=sys.stderr)

    return show
