"""Asking at the terminal about a drive of a kind that nobody knows; a script is refused (E044)."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from kimdesk.cli.asking import confirmed
from kimdesk.domain.errors import VaultError
from kimdesk.texts import say
from kimdesk.vault import place

Run = Callable[[Namespace], object]


def asking(run: Run) -> Run:
    """Return ``run`` that asks once about an unknown drive, when somebody sits at a terminal, and goes on."""

    def command(args: Namespace) -> object:
        try:
            return run(args)
        except VaultError as refusal:
            drive = _drive(args) if refusal.code == "E044" else None
            if drive is None or not confirmed(say("cli.drive_question", at=drive.at, kind=drive.kind)):
                raise
        place.trust(drive)
        return run(args)

    return command


def _drive(args: Namespace) -> place.Drive | None:
    folder: Path | None = getattr(args, "vault", None) or getattr(args, "to", None)
    return place.drive_of(folder) if folder is not None else None
