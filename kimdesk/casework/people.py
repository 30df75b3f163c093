"""People in a case, and who may be known already."""

from dataclasses import dataclass, replace
from datetime import date

from kimdesk.casework import admission, client_facts
from kimdesk.casework.case_file import known_case
from kimdesk.casework.desk import Desk
from kimdesk.casework.same_person import Likeness, SoughtPerson
from kimdesk.domain import naming
from kimdesk.domain.dates import PartialDate, today
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.records import Consent, Member, Person
from kimdesk.domain.terms import Role
from kimdesk.store import likeness
from kimdesk.store.work import Writer

_WORTH_SHOWING = 0.6


@dataclass(frozen=True, slots=True)
class Match:
    """A person who may be the one asked for, and why."""

    person: Person
    case_ids: tuple[str, ...]
    likeness: Likeness

    @property
    def score(self) -> float:
        """Return how alike they are, 0 to 1."""
        return self.likeness.score

    @property
    def why(self) -> tuple[str, ...]:
        """Return the German reasons."""
        return self.likeness.why

    @property
    def twin(self) -> bool:
        """Return whether it may be a twin: same family and day of birth, but another given name."""
        return self.likeness.twin


def add_person(
    desk: Desk, case_id: str, person: Person, role: Role, relation: str = "", since: date | None = None
) -> Member:
    """Add a new or known person to a case.

    Raises StoreError E907 when there is no such case, ContentError as ``admission.admit``.
    """
    with desk.writing() as writer:
        known = _known(writer, desk, person)
        member = writer.put(
            Member(case_id=case_id, person_id=known.id, role=role, relation=relation, since=since)
        )
        if role is Role.CLIENT:
            client_facts.move(writer, desk.catalogue, case_id)
        return member


def personalise(desk: Desk, case_id: str, person: Person, consent: Consent, on: date | None = None) -> Member:
    """Give an anonymous case its client, new or known, with the consent to it; all rows of the case stay.

    Raises CaseworkError E853 when there is no such case, E861 when it has a client already,
    ContentError as ``admission.admit``.
    """
    with desk.writing() as writer:
        known_case(writer, case_id)
        if any(one.role is Role.CLIENT for one in writer.of_case(Member, case_id)):
            raise CaseworkError("E861")
        known = _known(writer, desk, person)
        writer.put(replace(consent, case_id=case_id))
        member = Member(case_id=case_id, person_id=known.id, role=Role.CLIENT, since=on or today())
        named = writer.put(member)
        client_facts.move(writer, desk.catalogue, case_id)
        return named


def _known(writer: Writer, desk: Desk, person: Person) -> Person:
    if person.rev:
        return person
    admission.admit(writer, desk.catalogue, person)
    return writer.put(person)


def note_address_shown(desk: Desk, person_id: str) -> None:
    """Note in the audit trail that the hidden address of a person was looked at."""
    with desk.writing() as writer:
        writer.record("address_shown", "person", person_id)


def named(desk: Desk, text: str, limit: int = 10) -> tuple[Match, ...]:
    """Return the known persons a typed name may mean, „Amna Osman“ or „Osman, Amna“, the most alike first."""
    given, family = naming.apart(text, desk.catalogue.rules.likeness.particles)
    return similar(desk, family, given, limit=limit)


def similar(
    desk: Desk, family_name: str, given_names: str, birth_date: PartialDate | None = None, limit: int = 10
) -> tuple[Match, ...]:
    """Return the known persons who may be this one, the most alike first, each with German reasons."""
    names = tuple(filter(None, (family_name, given_names)))
    with desk.reading() as reader:
        near = likeness.candidates(reader.connection, likeness.keys_for(names, birth_date))
        if not near:
            return ()
        asked = SoughtPerson(desk.catalogue.rules.likeness, family_name, given_names, birth_date)
        compared = ((asked.compare(each), each.person_id) for each in near)
        worth = (one for one in compared if one[0].score >= _WORTH_SHOWING)
        best = sorted(worth, key=lambda one: (-one[0].score, one[1]))[:limit]
        shown = [person_id for _, person_id in best]
        persons, places = reader.get_all(Person, shown), reader.cases_of_all(shown)
    return tuple(Match(persons[each], tuple(places.get(each, ())), alike) for alike, each in best)
