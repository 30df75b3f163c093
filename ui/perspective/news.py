"""What is otherwise in a perspective since the facts changed, in words. No widgets."""

from collections.abc import Mapping, Sequence

from kimdesk.domain.records import Person
from kimdesk.domain.screening.changes import changes
from kimdesk.domain.screening.result import Screening
from kimdesk.texts import say
from kimdesk.texts import screening as told
from ui.perspective.naming import short_name

Perspective = Mapping[str, Screening]
"""What was screened, by person."""


def news(before: Perspective, now: Perspective, people: Sequence[Person]) -> list[str]:
    """Return a sentence for each rule that says something else of somebody than before."""
    return [
        say("perspective.news", who=short_name(person), what=told.changed(change))
        for person in people
        if person.id in before and person.id in now
        for change in changes(before[person.id], now[person.id])
    ]
