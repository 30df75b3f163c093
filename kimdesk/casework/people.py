"""People in a case, and who may be known already."""

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

import resources
from kimdesk.casework.desk import Desk
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import Member, Person
from kimdesk.domain.terms import Role
from kimdesk.store import likeness
from kimdesk.store.folding import fold

_WORDS = resources.read_toml("rules/likeness.toml")
_SAME, _ALIKE = 0.999, 0.8
_WORTH_SHOWING = 0.6
_FAMILY, _GIVEN, _BIRTH = 0.45, 0.3, 0.25  # how much each part counts
_UNKNOWN = 0.6  # what a part counts that one side does not know


@dataclass(frozen=True, slots=True)
class Match:
    """A person who may be the one asked for, and why."""

    person: Person
    case_ids: tuple[str, ...]
    score: float
    why: tuple[str, ...]


def add_person(
    desk: Desk, case_id: str, person: Person, role: Role, relation: str = "", since: date | None = None
) -> Member:
    """Add a new or known person to a case. Raises StoreError E907 when there is no such case."""
    with desk.writing() as writer:
        known = person if person.rev else writer.put(person)
        return writer.put(
            Member(case_id=case_id, person_id=known.id, role=role, relation=relation, since=since)
        )


def similar(
    desk: Desk, family_name: str, given_names: str, birth_date: PartialDate | None = None, limit: int = 10
) -> tuple[Match, ...]:
    """Return the known persons who may be this one, the most alike first, each with German reasons."""
    asked = _Asked(fold(family_name), fold(given_names), birth_date)
    with desk.reading() as reader:
        keys = likeness.keys_for(family_name, given_names, birth_date)
        near = likeness.candidates(reader.connection, keys)
        scored = [(asked.compare(person), person) for person in near]
        best = sorted(
            (pair for pair in scored if pair[0][0] >= _WORTH_SHOWING),
            key=lambda pair: (-pair[0][0], pair[1].id),
        )
        return tuple(
            Match(person, tuple(reader.cases_of(person.id)), round(score, 3), why)
            for (score, why), person in best[:limit]
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    """The person asked for, names folded."""

    family: str
    given: str
    born: PartialDate | None

    def compare(self, person: Person) -> tuple[float, tuple[str, ...]]:
        """Return how alike ``person`` is, 0 to 1, and the reasons to show."""
        straight = self._names(fold(person.family_name), fold(person.given_names))
        crossed = self._names(fold(person.given_names), fold(person.family_name))
        swapped = sum(crossed) > sum(straight) and min(crossed) >= _ALIKE
        family, given = crossed if swapped else straight
        birth = _birth_likeness(self.born, person.birth_date)
        score = _FAMILY * family + _GIVEN * given + _BIRTH * birth
        reasons = [_WORDS["swapped"]] if swapped else []
        for part, likeness_ in (("family_name", family), ("given_names", given), ("birth_date", birth)):
            if likeness_ >= _ALIKE:
                reasons.append(_WORDS[part]["same" if likeness_ >= _SAME else "alike"])
        return score, tuple(reasons)

    def _names(self, family: str, given: str) -> tuple[float, float]:
        return _likeness(self.family, family), _likeness(self.given, given)


def _likeness(asked: str, known: str) -> float:
    """Return how alike two folded names are, by letters or by a word they share."""
    if not asked or not known:
        return _UNKNOWN
    if asked == known:
        return 1.0
    if set(asked.split()) & set(known.split()):
        return 0.9
    return SequenceMatcher(None, asked, known, autojunk=False).ratio()


def _birth_likeness(asked: PartialDate | None, known: PartialDate | None) -> float:
    """Return how well two birth dates go together: the same, possible, day and month mixed up, or not."""
    if asked is None or known is None:
        return _UNKNOWN
    if asked == known:
        return 1.0
    if asked.earliest() <= known.latest() and known.earliest() <= asked.latest():
        return 0.9
    if asked.year == known.year:
        return 0.8 if (asked.month, asked.day) == (known.day, known.month) else 0.4
    return 0.0
