"""Who is whose parent, as far as the relations of a case say it; without any, as far as the roles do."""

from kimdesk.domain.records import CaseFile, Person
from kimdesk.domain.terms import Role

_ELDERS = frozenset({Role.CLIENT, Role.PARTNER})


def parents_of(file: CaseFile, child_id: str) -> tuple[Person, ...]:
    """Return the parents of a person.

    Where no relation names one, those of a child are the client and the partner.
    """
    known = _named(file, child_id, "parent", "child")
    if not known and any(one.person_id == child_id and one.role is Role.CHILD for one in file.members):
        known = {one.person_id for one in file.members if one.role in _ELDERS}
    return tuple(one for one in file.persons if one.id in known)


def custodians_of(file: CaseFile, child_id: str) -> tuple[Person, ...]:
    """Return who is said to have custody of a person."""
    known = _named(file, child_id, "custodian", "in_custody")
    return tuple(one for one in file.persons if one.id in known)


def _named(file: CaseFile, person_id: str, kind: str, other_way: str) -> set[str]:
    found = {one.person_id for one in file.relations if (one.other_id, one.kind) == (person_id, kind)}
    return found | {
        one.other_id for one in file.relations if (one.person_id, one.kind) == (person_id, other_way)
    }
