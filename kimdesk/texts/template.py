"""Templates of free letters as people read and write them: „{Name der Klient*in}“ instead of „{client}“."""

from kimdesk.catalogue.templates import FACTS, About
from kimdesk.domain.sentences import filled
from kimdesk.texts import say


def names(about: About) -> dict[str, str]:
    """Return what a template can name: its code and how people call it, in the order it is offered."""
    return {code: say(f"template.fact_{code}") for code in FACTS[about]}


def in_words(text: str, about: About) -> str:
    """Return ``text`` with the facts as people call them."""
    for code, name in names(about).items():
        text = text.replace(f"{{{code}}}", f"{{{name}}}")
    return text


def in_codes(text: str, about: About) -> str:
    """Return ``text`` as it is kept; what is no name of a fact stays as it was typed."""
    for code, name in names(about).items():
        text = text.replace(f"{{{name}}}", f"{{{code}}}")
    return text


def example(text: str, about: About) -> str:
    """Return ``text`` with examples in place of the facts."""
    return filled(text, {code: say(f"template.example_{code}") for code in FACTS[about]})
