"""What may stand behind an option: everything else is wrong usage (exit status 2) before any work begins."""

import argparse
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kimdesk.texts import say

_LONGEST = 4096
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}")


class Parser(argparse.ArgumentParser):
    """Reads every text, path and number with suspicion, and takes an option with one value only once."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        for action in (None, "store"):
            self.register("action", action, _Once)
        for kind, read in ((None, text), (Path, path), (int, number())):
            self.register("type", kind, read)


class _Once(argparse.Action):
    """Stores a value; a second one for the same option is refused, not silently the only one."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Store ``values``. Ends the program with 2 when the option was given before."""
        if values == []:  # what argparse makes of "--option=--"
            parser.error(say("cli_usage.no_value", option=option_string or self.dest))
        given: set[str] = getattr(namespace, "given", set())
        if option_string is not None and self.dest in given:
            parser.error(say("cli_usage.given_twice", option=option_string))
        namespace.given = given | {self.dest}
        setattr(namespace, self.dest, values)


def text(value: str) -> str:
    """Return ``value``. Raises ArgumentTypeError for what is no text, or far too long."""
    if len(value) > _LONGEST:
        raise argparse.ArgumentTypeError(say("cli_usage.too_long"))
    if "\0" in value or not _is_unicode(value):
        raise argparse.ArgumentTypeError(say("cli_usage.no_text"))
    return value


def filled(value: str) -> str:
    """Return ``value``. Raises ArgumentTypeError when nothing stands in it, otherwise as ``text``."""
    if not text(value).strip():
        raise argparse.ArgumentTypeError(say("cli_usage.empty"))
    return value


def path(value: str) -> Path:
    """Return ``value`` as a path. Raises ArgumentTypeError as ``filled``: nothing is no folder."""
    return Path(filled(value))


def number(least: int = -(2**53), most: int = 2**53) -> Callable[[str], int]:
    """Return what reads a whole number from ``least`` to ``most``; it raises ArgumentTypeError for others."""

    def read(value: str) -> int:
        found = int(value) if _NUMBER.fullmatch(value) else None
        if found is None or not least <= found <= most:
            raise argparse.ArgumentTypeError(say("cli_usage.no_number", least=least, most=most))
        return found

    return read


def day(value: str) -> date:
    """Return a day written as YYYY-MM-DD. Raises ArgumentTypeError for anything else."""
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(say("cli_usage.no_day"))


def _is_unicode(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
