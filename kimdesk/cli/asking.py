"""Asking whoever sits at the terminal; a script is never asked."""

import sys

from kimdesk.texts import say


def at_terminal() -> bool:
    """Return whether somebody reads what is said and can answer."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None and sys.stderr.isatty()


def confirmed(question: str) -> bool:
    """Return whether somebody at the terminal said yes; nobody there says no."""
    if not at_terminal():
        return False
    print(question, end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in say("cli.words_for_yes").split()
