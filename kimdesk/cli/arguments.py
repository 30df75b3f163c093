"""What may stand behind an option: everything else is wrong usage (exit status 2) before any work begins."""

import argparse
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from kimdesk.texts import say

_LONGEST = 4096
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LONGEST_REASON = 800
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}")
_WORDS = {
    "argument %(argument_name)s: %(message)s": "cli_usage.argument",
    "usage: ": "cli_usage.usage",
    "positional arguments": "cli_usage.positionals",
    "options": "cli_usage.options",
    "show this help message and exit": "cli_usage.help",
    "the following arguments are required: %s": "cli_usage.required",
    "one of the arguments %s is required": "cli_usage.one_of",
    "not allowed with argument %s": "cli_usage.not_together",
    "unrecognized arguments: %s": "cli_usage.unrecognized",
    "invalid choice: %(value)r (choose from %(choices)s)": "cli_usage.invalid_choice",
    "invalid %(type)s value: %(value)r": "cli_usage.invalid_value",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "cli_usage.unknown_command",
    "expected one argument": "cli_usage.one_expected",
    "expected at most one argument": "cli_usage.at_most_one",
    "expected at least one argument": "cli_usage.at_least_one",
    "expected %s argument": "cli_usage.some_expected",
    "ignored explicit argument %r": "cli_usage.no_value_wanted",
}
"""What argparse says by itself, and what we say instead."""


def _said(words: str) -> str:
    return say(_WORDS[words]) if words in _WORDS else words


def _said_of_many(one: str, many: str, number: int) -> str:
    return _said(one) if one in _WORDS else many if number != 1 else one


vars(argparse).update(_=_said, ngettext=_said_of_many)  # it looks its words up there, and nowhere else


class Parser(argparse.ArgumentParser):
    """Reads every text, path and number with suspicion, and takes an option with one value only once.

    Options are written out: one that is abbreviated today may mean another one tomorrow.
    """

    def __init__(self, **named: Any) -> None:
        super().__init__(allow_abbrev=False, **named)
        for action in (None, "store"):
            self.register("action", action, _Once)
        for kind, read in ((None, text), (Path, path), (int, number())):
            self.register("type", kind, read)

    def error(self, message: str) -> NoReturn:
        """Say in one sentence why the call is refused, and end the program with 2."""
        shown = "".join(each if each.isprintable() else " " for each in message)[:_LONGEST_REASON]
        self.exit(2, say("cli_usage.refused", command=self.prog, reason=shown.strip()) + "\n")


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
        if values == [] and self.nargs != argparse.REMAINDER:  # what argparse makes of "--option=--"
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
            raise argparse.ArgumentTypeError(say("cli_usage.no_number", value=value, least=least, most=most))
        return found

    return read


def day(value: str) -> date:
    """Return a day written as YYYY-MM-DD. Raises ArgumentTypeError for anything else."""
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(say("cli_usage.no_day", value=value))


def _is_unicode(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
