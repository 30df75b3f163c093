"""How a person is named on screen and in lists."""

from collections.abc import Container

from kimdesk.domain.records import Person


def full_name(person: Person) -> str:
    """Return the name as it is said: „Amna Osman“; given names may be missing (Einname)."""
    return " ".join(name for name in (person.given_names, person.family_name) if name)


def list_name(person: Person) -> str:
    """Return the name as lists show it: „Osman, Amna“."""
    return ", ".join(name for name in (person.family_name, person.given_names) if name)


def apart(name: str, particles: Container[str]) -> tuple[str, str]:
    """Return given names and family name of a whole ``name``: „Amna Osman“ or „Osman, Amna“.

    A particle (in small letters: von, al, ben) begins the family name: „Sami al Hassan“ is Sami of al Hassan.
    A single word is the family name.
    """
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma:
        return given, family
    words = name.split()
    inside = range(1, len(words) - 1)
    start = next((place for place in inside if words[place].casefold() in particles), len(words) - 1)
    if len(words) > 1 and words[0].casefold() in particles:
        start = 0
    return " ".join(words[:start]), " ".join(words[start:])
