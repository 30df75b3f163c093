"""Who lives with the client, as far as it was asked: „lebt allein“ needs an answer."""

from datetime import date

from kimdesk.domain.phases import latest
from kimdesk.domain.records import CaseFile, Member, Person
from kimdesk.domain.terms import Phase, Role

ALONE = "alone"  # household_form


def is_inside(member: Member, on: date) -> bool:
    """Return whether somebody belongs to the household on the day ``on``."""
    return (member.since is None or member.since <= on) and (member.until is None or member.until >= on)


def housemates(file: CaseFile, on: date) -> list[Person]:
    """Return the other persons who belong to the household on the day ``on``, adults first."""
    inside = {one.person_id for one in file.members if one.role is not Role.CLIENT and is_inside(one, on)}
    people = [person for person in file.persons if person.id in inside]
    return sorted(people, key=lambda person: person.birth_date.iso() if person.birth_date else "")


def recorded_form(file: CaseFile) -> str:
    """Return how the client lives by the assessment (household_form), "" while nobody was asked."""
    entry = latest(file.phases, Phase.ASSESSMENT)
    said = (entry.answers.get("household") if entry else None) or {}
    return str(said.get("living") or "")
