"""How people of a household are named in its perspective. No widgets."""

from collections.abc import Sequence

from kimdesk.domain.naming import full_name
from kimdesk.domain.records import Person
from kimdesk.texts import say
from kimdesk.texts.bidi import apart


def short_name(person: Person) -> str:
    """Return the name somebody is called by."""
    return person.call_name or person.given_names or full_name(person)


def joined(people: Sequence[Person], *, short: bool = False) -> str:
    """Return „Mamadou und Kadiatou Baldé“ for people with one family name."""
    names = [short_name(one) if short else full_name(one) for one in people]
    if not short and len({one.family_name for one in people}) == 1:
        names = [*(one.given_names for one in people[:-1]), full_name(people[-1])]
    if len(names) == 1:
        return names[0]
    return say("perspective.name_and_name", first=apart(", ").join(names[:-1]), last=names[-1])
