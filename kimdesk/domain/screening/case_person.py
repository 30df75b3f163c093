"""One person of a case on one day, with what is recorded for that person, and the household around."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kimdesk.domain.achieved import of_person, standing_of
from kimdesk.domain.household import is_inside
from kimdesk.domain.records import Achievement, CaseFile, Person, RegimeSpell, ResidenceSpell, Standing
from kimdesk.domain.terms import Lane, Role

PARENT, CHILD, PARTNER = "parent", "child", "partner"  # relation_kind
_ROLES = {CHILD: Role.CHILD, PARTNER: Role.PARTNER}


@dataclass(frozen=True)
class CasePerson:
    """One person of a case, with what is recorded for that person; each is gathered once."""

    file: CaseFile
    person: Person
    today: date

    @cached_property
    def achieved(self) -> tuple[Achievement, ...]:
        """Return what the person achieved."""
        return of_person(self.file, self.person.id)

    @cached_property
    def standing(self) -> Standing:
        """Return where the person stands, an empty entry when nothing is recorded."""
        found = standing_of(self.file.standings, self.person.id)
        return found or Standing(person_id=self.person.id)

    @cached_property
    def residence(self) -> list[ResidenceSpell]:
        """Return the person's papers, expected ones among them."""
        return [one for one in self.file.residence if one.person_id == self.person.id]

    def lane(self, lane: Lane) -> list[RegimeSpell]:
        """Return the person's spells in one strand of life."""
        return [one for one in self.file.regimes if (one.person_id, one.lane) == (self.person.id, lane)]

    def of_kind(self, *kinds: str) -> list[Achievement]:
        """Return the achievements of certain kinds."""
        return [one for one in self.achieved if one.kind in kinds]

    def kin(self, kind: str) -> list[Person]:
        """Return the persons who are the ``kind`` of this one and live in the household."""
        named = set(self._kin(kind))
        inside = named and {one.person_id for one in self.file.members if is_inside(one, self.today)}
        return [one for one in self.file.persons if one.id in named and one.id in inside]

    @cached_property
    def partners(self) -> tuple["CasePerson", ...]:
        """Return wife, husband or partner in the household, each as a person of the case."""
        return tuple(CasePerson(self.file, one, self.today) for one in self.kin(PARTNER))

    def _kin(self, kind: str) -> Iterator[str]:
        inverse = {CHILD: PARENT, PARENT: CHILD}.get(kind, kind)
        for one in self.file.relations:
            if one.until is not None and one.until < self.today:
                continue
            if (one.other_id, one.kind) == (self.person.id, kind):
                yield one.person_id
            if (one.person_id, one.kind) == (self.person.id, inverse):
                yield one.other_id
        yield from self._by_role(kind)

    def _by_role(self, kind: str) -> Iterator[str]:
        """Yield whom the roles in the case make the ``kind`` of the client, until a relation is entered."""
        role, client = _ROLES.get(kind), self.file.client
        if client is None or role is None:
            return
        for one in self.file.members:
            if one.role is not role:
                continue
            if client.id == self.person.id and one.person_id not in self._related:
                yield one.person_id
            if kind == PARTNER and one.person_id == self.person.id:
                yield client.id

    @cached_property
    def _related(self) -> frozenset[str]:
        """Return everybody of whom a relation is entered."""
        return frozenset(one for each in self.file.relations for one in (each.person_id, each.other_id))
