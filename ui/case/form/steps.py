"""Asking before a phase (its name) ends or begins anew: the reason that is kept with it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.case.reason import ReasonDialog
from ui.text import tr


def ask_complete(parent: QWidget, phase: str, gaps: int, act: Callable[[str], None]) -> None:
    """Complete at once when nothing is missing, else ask why the case goes on all the same."""
    if not gaps:
        act("")
        return
    question = tr("Complete „{phase}“ with gaps?", phase=phase)
    missing = tr("One thing is still missing.") if gaps == 1 else tr("{n} things are still missing.", n=gaps)
    text = f"{missing} {tr('You can go on all the same; please say why. The reason stays with the case.')}"
    ReasonDialog(parent, question, text, accept=tr("Complete phase"), act=act).open()


def ask_skip(parent: QWidget, phase: str, act: Callable[[str], None]) -> None:
    """Ask why the phase is left out."""
    question = tr("Skip „{phase}“?", phase=phase)
    text = tr("The reason stays with the case. You can reopen the phase at any time.")
    ReasonDialog(parent, question, text, accept=tr("Skip phase"), act=act).open()


def ask_reopen(parent: QWidget, phase: str, act: Callable[[str], None]) -> None:
    """Ask why the phase begins anew."""
    question = tr("Reopen „{phase}“?", phase=phase)
    text = tr("A new round begins with the answers of the last one, which stays as it was.")
    ReasonDialog(parent, question, text, accept=tr("Reopen phase"), act=act).open()
