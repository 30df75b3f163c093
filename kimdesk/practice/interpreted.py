"""What interpreters of the town have said for people who needed one."""

from datetime import date

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.catalogue.client_words import words_for
from kimdesk.domain.records import Goal
from kimdesk.domain.translations import translated
from kimdesk.practice.library import translations
from kimdesk.practice.scene import Scene


def interpreted(scene: Scene, goal: Goal, on: date) -> Goal:
    """Return ``goal`` as the client's interpreter put it on a day; as it is where nobody was needed."""
    client = scene.client
    spoken = [one.language for one in client.languages] if client else []
    own = words_for(SHIPPED.client_words.values(), spoken)
    if own is None or not scene.interpreter:
        return goal
    text = translations().get(goal.text, {}).get(own.language, "")
    return translated(goal, own.language, text, scene.interpreter, on) if text else goal
