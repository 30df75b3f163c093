"""How a person is named on screen and in lists."""

from kimdesk.domain.records import Person


def full_name(person: Person) -> str:
    """Return the name as it is said: „Amna Osman“; given names may be missing (Einname)."""
    return " ".join(name for name in (person.given_names, person.family_name) if name)


def list_name(person: Person) -> str:
    """Return the name as lists show it: „Osman, Amna“."""
    return ", ".join(name for name in (person.family_name, person.given_names) if name)
