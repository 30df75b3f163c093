"""What to do about an answer that is missing or does not fit, to be shown at its field."""

from kimdesk.forms.validate import Problem
from kimdesk.texts.speech import GERMAN, Speech


def message(problem: Problem, speech: Speech = GERMAN) -> str:
    """Return the sentence for a problem; it never repeats the answer."""
    key = f"problems.{problem.code}_{problem.kind}"
    return speech.say(key if speech.has(key) else f"problems.{problem.code}_other")
