"""The SMART check of a goal: five marks, and in words what is missing. Plain values, no widgets."""

from dataclasses import dataclass

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import Goal
from kimdesk.texts import say


@dataclass(frozen=True, slots=True)
class SmartMark:
    """One of the five: its letter, its word, whether it is met, and what is missing if not."""

    letter: str
    word: str
    met: bool
    missing: str


def marks(catalogue: Catalogue, goal: Goal) -> tuple[SmartMark, ...]:
    """Return the five marks of ``goal``.

    A mark that is ticked counts only with what shows it: measurable with an indicator, timed with a date.
    """
    return tuple(
        _mark(code.code, code.short, code.label, goal) for code in catalogue.code_list("smart").codes
    )


def missing_words(catalogue: Catalogue, goal: Goal) -> str:
    """Return what is missing, in words; nothing when all five are met."""
    missing = [mark.missing for mark in marks(catalogue, goal) if not mark.met]
    return say("plan.missing_marks", marks=", ".join(missing)) if missing else ""


def _mark(code: str, word: str, label: str, goal: Goal) -> SmartMark:
    ticked = code in goal.smart
    proof = {
        "measurable": (bool(goal.indicator.strip()), say("plan.sign_which_noticed")),
        "timed": (goal.due_on is not None, say("plan.a_date")),
    }.get(code, (True, word))
    met = ticked and proof[0]
    return SmartMark(
        word[:1].upper(), label if met else word, met, "" if met else proof[1] if not proof[0] else word
    )
