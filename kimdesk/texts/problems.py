"""What to do about an answer that is missing or does not fit, to be shown at its field."""

from kimdesk.casework.phases import MissingEntry
from kimdesk.forms.validate import GAPS, Problem
from kimdesk.texts.speech import GERMAN, Speech


def message(problem: Problem, speech: Speech = GERMAN) -> str:
    """Return the sentence for a problem; it never repeats the answer."""
    key = f"problems.{problem.code}_{problem.kind}"
    return speech.say(key if speech.has(key) else f"problems.{problem.code}_other", field=problem.other)


def to_do(gap: MissingEntry, speech: Speech = GERMAN) -> str:
    """Return what is to be done about something that a phase still needs: always a phrase with a verb."""
    if gap.task:
        return gap.task
    return speech.say("forms.fill_in" if gap.code in GAPS else "forms.put_right", field=gap.label)
