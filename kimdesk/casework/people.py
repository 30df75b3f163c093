"""People in a case, and who may be known already."""

from dataclasses import dataclass, replace
from datetime import date

from kimdesk.casework import admission
from kimdesk.casework.case_file import known_case
from kimdesk.casework.desk import Desk
from kimdesk.catalogue.likeness_rules import LikenessRules, Reasons
from kimdesk.domain.dates import PartialDate, today
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.records import Consent, Member, Person
from kimdesk.domain.terms import Role
from kimdesk.store import likeness
from kimdesk.store.folding import fold
from kimdesk.store.likeness import Candidate
from kimdesk.store.work import Writer

_SAME, _ALIKE, _HEARD = 0.999, 0.8, 0.82
_WORTH_SHOWING = 0.6
_FAMILY, _GIVEN, _BIRTH = 0.45, 0.3, 0.25  # how much each part counts
_UNLIKE = 0.5  # names less alike than this are simply different
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
    """Add a new or known person to a case.

    Raises StoreError E907 when there is no such case, ContentError as ``admission.admit``.
    """
    with desk.writing() as writer:
        known = _known(writer, desk, person)
        return writer.put(
            Member(case_id=case_id, person_id=known.id, role=role, relation=relation, since=since)
        )


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
        return writer.put(Member(case_id=case_id, person_id=known.id, role=Role.CLIENT, since=on or today()))


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
    family, comma, given = (part.strip() for part in text.partition(","))
    if not comma:
        given, _, family = text.strip().rpartition(" ")
    return similar(desk, family, given, limit=limit)


def similar(
    desk: Desk, family_name: str, given_names: str, birth_date: PartialDate | None = None, limit: int = 10
) -> tuple[Match, ...]:
    """Return the known persons who may be this one, the most alike first, each with German reasons."""
    asked = _Asked(desk.catalogue.rules.likeness, family_name, given_names, birth_date)
    with desk.reading() as reader:
        near = likeness.candidates(reader.connection, likeness.keys_for(family_name, given_names, birth_date))
        scored = [(*asked.compare(each), each.person_id) for each in near]
        best = sorted((one for one in scored if one[0] >= _WORTH_SHOWING), key=lambda one: (-one[0], one[2]))
        shown = [person_id for _, _, person_id in best[:limit]]
        persons, places = reader.get_all(Person, shown), reader.cases_of_all(shown)
    return tuple(
        Match(persons[person_id], tuple(places.get(person_id, ())), round(score, 3), why)
        for score, why, person_id in best[:limit]
    )


class _Asked:
    """The person asked for, ready to be compared with many."""

    def __init__(
        self, rules: LikenessRules, family_name: str, given_names: str, born: PartialDate | None
    ) -> None:
        self._rules = rules
        self._family = _Name(fold(family_name))
        self._given = _Name(fold(given_names))
        self._born = born

    def compare(self, other: Candidate) -> tuple[float, tuple[str, ...]]:
        """Return how alike ``other`` is, 0 to 1, and the reasons to show."""
        family, given, swapped = self._names(fold(other.family_name), fold(other.given_names))
        birth = _birth_likeness(self._born, other.birth_date)
        score = _FAMILY * family + _GIVEN * given + _BIRTH * birth
        reasons = [self._rules.swapped] if swapped else []
        parts = (
            (self._rules.family_name, family),
            (self._rules.given_names, given),
            (self._rules.birth_date, birth),
        )
        reasons += [_how(part, alike) for part, alike in parts if alike >= _ALIKE]
        return score, tuple(reasons)

    def _names(self, family: str, given: str) -> tuple[float, float, bool]:
        straight = self._family.likeness(family), self._given.likeness(given)
        if max(straight) < _ALIKE:
            crossed = self._family.likeness(given), self._given.likeness(family)
            if min(crossed) >= _ALIKE:
                return *crossed, True
        return *straight, False


class _Name:
    """One folded name, compared with many; the same other name is compared once."""

    def __init__(self, name: str) -> None:
        from rapidfuzz.distance.Indel import normalized_similarity

        self._letters = normalized_similarity
        self._name = name
        self._words = set(name.split())
        self._sounds = likeness.sounds(name)
        self._known: dict[str, float] = {}

    def likeness(self, other: str) -> float:
        """Return how alike the names are, 0 to 1, by letters, by a word they share or by their sound."""
        if other not in self._known:
            self._known[other] = self._compare(other)
        return self._known[other]

    def _compare(self, other: str) -> float:
        if not self._name or not other:
            return _UNKNOWN
        if self._name == other:
            return 1.0
        if not self._words.isdisjoint(other.split()):
            return 0.9
        spelled = self._letters(self._name, other, score_cutoff=_UNLIKE)
        return spelled if spelled >= _ALIKE or self._sounds.isdisjoint(likeness.sounds(other)) else _HEARD


def _how(part: Reasons, alike: float) -> str:
    if alike >= _SAME:
        return part.same
    return part.heard if alike == _HEARD and part.heard else part.alike


def _birth_likeness(asked: PartialDate | None, known: PartialDate | None) -> float:
    """Return how well two birth dates go together: the same, possible, day and month mixed up, one assumed
    (1 January), or not."""
    if asked is None or known is None:
        return _UNKNOWN
    if asked == known:
        return 1.0
    if asked.earliest() <= known.latest() and known.earliest() <= asked.latest():
        return 0.9
    if asked.year == known.year:
        mixed_up = (asked.month, asked.day) == (known.day, known.month)
        return 0.8 if mixed_up or (1, 1) in ((asked.month, asked.day), (known.month, known.day)) else 0.4
    return 0.0
