"""Reading a neutral case document into records: all of it or nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, uuid5

from kimdesk.casework.document_check import check
from kimdesk.casework.document_join import Contradiction, is_shared, join
from kimdesk.casework.document_names import IDENTITY
from kimdesk.casework.document_nested import set_aside, spread
from kimdesk.casework.document_shape import MEMBER_FIELDS, SECTIONS, readable
from kimdesk.casework.document_values import WRONG_TYPE, demand, kept, values
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.characters import tidy
from kimdesk.domain.dates import today
from kimdesk.domain.errors import ContentError
from kimdesk.domain.identity import new_id
from kimdesk.domain.records import Case, CaseRecord, Member, Person, Record, ResidenceSpell
from kimdesk.store.mapping import case_of
from kimdesk.store.work import Reader

R = TypeVar("R", bound=Record)

NOT_AN_OBJECT, TAKEN = "E710", "E715"
_OWN = frozenset({"id", "rev", "case_id", "extra"})
_IN_PERSON = frozenset({*MEMBER_FIELDS, "member_id", "residence"})
_IN_CASE = frozenset({*SECTIONS, "persons"})


@dataclass(frozen=True, slots=True)
class TakenDocument:
    """A document as records, those that others refer to first, and what has to be decided about some."""

    case: Case
    others: tuple[Record, ...]
    differing: tuple[Contradiction, ...] = ()


def take(reader: Reader, catalogue: Catalogue, given: Any, *, plausible: bool = True) -> TakenDocument:
    """Return the records that ``given`` describes, on top of what is stored of them.

    A member that is missing leaves the stored value as it is; null clears it, but for what a document may
    not take away (see ``document_join``). Records without ``id`` get
    one that follows from their place, so that the same document taken twice makes nothing double. Raises
    ContentError E710 (no object), E711 (wrong type), E712 (missing member), E713 (unknown code), E714
    (a reference leads nowhere), E715 (an identity twice, or of another case), E717 (unknown form); where it
    has to be ``plausible`` E709 and E716, as ``document_check.check``.
    """
    if not isinstance(given, dict):
        raise ContentError(NOT_AN_OBJECT)
    taking = _Taking(reader, _identity(given, "id", "id") or new_id())
    case = taking.case(given)
    others = (*taking.people(given), *taking.lists(given))
    said = (*others, *(each.theirs for each in taking.differing if each.theirs))
    check(reader, catalogue, case, said, taking.places, plausible=plausible)
    return TakenDocument(case, others, tuple(taking.differing))


def said(given: Any) -> tuple[Record, ...]:
    """Return the records that a whole document describes, just as it says, on top of nothing that is stored.

    Whether they make sense is not looked at. Raises ContentError E710, E711, E712, E713, E715.
    """
    if not isinstance(given, dict):
        raise ContentError(NOT_AN_OBJECT)
    taking = _Taking(None, _identity(given, "id", "id") or new_id())
    return (taking.case(given), *taking.people(given), *taking.lists(given))


class _Taking:
    """One document on its way in, on top of what ``reader`` finds; None: of nothing."""

    def __init__(self, reader: Reader | None, case_id: str) -> None:
        self._reader = reader
        self._case_id = case_id
        self.places: dict[str, str] = {}
        self.differing: list[Contradiction] = []

    def case(self, given: Mapping[str, Any]) -> Case:
        own = {name: value for name, value in given.items() if name not in _IN_CASE}
        return self._record(Case, {"opened_on": today().isoformat(), **own}, self._case_id, "")

    def people(self, given: Mapping[str, Any]) -> Iterator[Record]:
        for number, entry in enumerate(_objects(given, "persons", "")):
            place = f"persons[{number}]."
            own = {name: value for name, value in entry.items() if name not in _IN_PERSON}
            person = self._record(Person, own, self._derived(f"persons/{number}"), place)
            yield person
            yield self._member(entry, person, place)
            for index, spell in enumerate(_objects(entry, "residence", place)):
                where = f"{place}residence[{index}]."
                derived = self._derived(f"residence/{person.id}/{index}")
                spell_id = _identity(spell, "id", f"{where}id") or derived
                self._demand_same_person(ResidenceSpell, spell_id, person, f"{where}id")
                yield self._record(ResidenceSpell, spell, derived, where, person_id=person.id)

    def lists(self, given: Mapping[str, Any]) -> Iterator[Record]:
        for section, record_type in SECTIONS.items():
            for number, entry in enumerate(_objects(given, section, "")):
                derived = self._derived(f"{section}/{number}")
                yield self._record(record_type, entry, derived, f"{section}[{number}].")

    def _member(self, entry: Mapping[str, Any], person: Person, place: str) -> Member:
        own = {name: entry[name] for name in MEMBER_FIELDS if name in entry}
        member_id = _identity(entry, "member_id", f"{place}member_id")
        if not member_id:
            members = self._reader.of_case(Member, self._case_id) if self._reader else ()
            known = (each.id for each in members if each.person_id == person.id)
            member_id = next(known, self._derived(f"members/{person.id}"))
        self._demand_same_person(Member, member_id, person, f"{place}member_id")
        return self._record(Member, {**own, "id": member_id}, "", place, person_id=person.id)

    def _record(
        self, record_type: type[R], given: Mapping[str, Any], derived: str, place: str, **fixed: str
    ) -> R:
        record_id = _identity(given, "id", f"{place}id") or derived
        if record_id in self.places:
            raise ContentError(TAKEN, place=f"{place}id")
        self.places[record_id] = place
        names = readable(record_type)
        own = spread(given)
        read = {**values(record_type, own, names, place), **fixed}
        if issubclass(record_type, CaseRecord):
            read["case_id"] = self._case_id
        stored = self._stored(record_type, record_id, place)
        unknown = self._unknown(own, names, place)
        if stored is None or self._reader is None:
            demand(record_type, read, place)
            return record_type(id=record_id, extra=unknown, **read)
        wanted = replace(stored, extra={**stored.extra, **unknown}, **read)
        cleared = {name for name in names if name in own and own[name] is None}
        shared = record_type is Person and is_shared(self._reader, record_id, self._case_id)
        joined, differing = join(stored, wanted, shared=shared, cleared=cleared)
        self.differing += differing
        return joined

    def _demand_same_person(
        self, record_type: type[Member | ResidenceSpell], record_id: str, person: Person, place: str
    ) -> None:
        """Raise ContentError E715 when a stored record is about somebody else: nobody is put in her place."""
        stored = self._reader.get(record_type, record_id) if self._reader else None
        if stored and stored.person_id != person.id:
            raise ContentError(TAKEN, place=place)

    def _stored(self, record_type: type[R], record_id: str, place: str) -> R | None:
        stored = self._reader.get(record_type, record_id) if self._reader else None
        if stored and case_of(stored) not in ("", self._case_id):
            raise ContentError(TAKEN, place=f"{place}id")
        return stored

    def _unknown(self, given: Mapping[str, Any], names: Iterable[str], place: str) -> dict[str, Any]:
        known = {*names, *_OWN}
        unknown = {name: value for name, value in given.items() if name not in known}
        return kept({**unknown, **set_aside(given)}, place)

    def _derived(self, path: str) -> str:
        return str(uuid5(NAMESPACE_URL, f"kimdesk:{self._case_id}/{path}"))


def _identity(given: Mapping[str, Any], name: str, place: str) -> str:
    found = given.get(name)
    if found is None:
        return ""
    if not isinstance(found, str) or not IDENTITY.fullmatch(found):
        raise ContentError(WRONG_TYPE, place=place)
    return tidy(found)


def _objects(given: Mapping[str, Any], name: str, place: str) -> list[Mapping[str, Any]]:
    found = given.get(name)
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise ContentError(WRONG_TYPE, place=f"{place}{name}")
    return found
