"""How a person is named on screen and in lists."""

from collections.abc import Container

from kimdesk.domain.records import Person


def full_name(person: Person) -> str:
    """Return the name as it is said: „Amna Osman“; given names may be missing (Einname)."""
    return " ".join(name for name in (person.given_names, person.family_name) if name)


def call_name(person: Person) -> str:
    """Return the one name a person is called by."""
    return person.call_name or person.given_names.partition(" ")[0]


def list_name(person: Person) -> str:
    """Return the name as lists show it: „Osman, Amna“."""
    return ", ".join(name for name in (person.family_name, person.given_names) if name)


def apart(name: str, particles: Container[str], *, family_first: bool = False) -> tuple[str, str]:
    """Return given names and family name of a whole ``name``: „Amna Osman“ or „Osman, Amna“.

    Particles (in small letters: von, al, ben) go with the word after them and belong to the family name:
    „Sami al Hassan“ is Sami of al Hassan, „Leyen, Uta von der“ is Uta von der Leyen. A single word is the
    family name. ``family_first``: without a comma the family name stands first, „Al Hassan Omar“.
    """
    family, comma, given = name.partition(",")
    words = name.split()
    if comma:
        said = given.split()
        end = _particles_end(said, particles)
        return " ".join(said[:end]), " ".join([*said[end:], *family.split()])
    if family_first:
        at = _family_ends(words, particles)
        return " ".join(words[at:]), " ".join(words[:at])
    at = _family_begins(words, particles)
    return " ".join(words[:at]), " ".join(words[at:])


def _particles_end(given: list[str], particles: Container[str]) -> int:
    """Return where the particles at the end of the given names begin; one word at least is a name."""
    end = len(given)
    while end > 1 and given[end - 1].casefold() in particles:
        end -= 1
    return end


def _family_ends(words: list[str], particles: Container[str]) -> int:
    at = 0
    while at < len(words) - 1 and words[at].casefold() in particles:
        at += 1
    return at + 1


def _family_begins(words: list[str], particles: Container[str]) -> int:
    """Return where the last particles begin that have a word before and behind them, else the last word.

    What begins with a particle is a family name alone.
    """
    if len(words) > 1 and words[0].casefold() in particles:
        return 0
    last = max(len(words) - 1, 0)
    at = next((at for at in range(last - 1, 0, -1) if words[at].casefold() in particles), last)
    while 1 < at < last and words[at - 1].casefold() in particles:
        at -= 1
    return at
