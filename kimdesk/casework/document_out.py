"""Writing a case as neutral document."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar, cast

import msgspec

from kimdesk.casework.document_nested import put_back
from kimdesk.casework.document_shape import MEMBER_FIELDS, SECTIONS, members_of
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.kinds import KINDS, described
from kimdesk.domain.records import Case, CaseFile, Dispute, Member, Person, Record, ResidenceSpell
from kimdesk.domain.shielding import KEPT_BACK, any_shielded

R = TypeVar("R", bound=Record)


def document(file: CaseFile, *, addresses: bool = False) -> dict[str, Any]:
    """Return the case as neutral document (JSON-able, every member of the schema, unknown ones again).

    The AZR number is never in it, nor what belongs to somebody who left the case. In a case with a protected
    person all addresses, phones and e-mails, and what is said to be right instead, are left out, unless
    ``addresses`` says that they go with the case to the desk that is responsible for it.
    """
    persons = {person.id: person for person in file.persons}
    hides = any_shielded(file.persons) and not addresses
    people = [
        _person(persons[member.person_id], member, file.residence, hides=hides)
        for member in file.members
        if member.person_id in persons
    ]
    sound = _sound(file)
    lists = {
        name: [plain(each, kind) for each in map(sound, file.of(kind)) if each]
        for name, kind in SECTIONS.items()
    }
    if hides:
        lists["disputes"] = [_without_address(each) for each in file.disputes]
    whole = {**plain(file.case, Case), "persons": people, **lists}
    return cast("dict[str, Any]", msgspec.json.decode(msgspec.json.encode(whole, enc_hook=dict)))


def _sound(file: CaseFile) -> Callable[[R], R | None]:
    """Return what makes a record fit for other desks: no link to what was removed, and None for one that
    belongs to somebody who is no person of the case any more."""
    known = {(type(each), each.id) for kind in KINDS.values() for each in file.of(kind.type)}

    def sound(record: R) -> R | None:
        cut: dict[str, Any] = {}
        for link in described(type(record)).links:
            named = getattr(record, link.field)
            if link.to is None or link.loose:
                continue
            if isinstance(named, tuple):
                cut[link.field] = tuple(each for each in named if (link.to, each) in known)
            elif named and (link.to, named) not in known:
                if link.to is Person:
                    return None
                cut[link.field] = ""
        return replace(record, **cut)

    return sound


def _person(
    person: Person, member: Member, residence: Iterable[ResidenceSpell], *, hides: bool
) -> dict[str, Any]:
    own = plain(person, Person)
    if hides:
        own = {name: value for name, value in own.items() if name not in KEPT_BACK}
    place = {name: _value(getattr(member, name)) for name in MEMBER_FIELDS}
    spells = [plain(spell, ResidenceSpell) for spell in residence if spell.person_id == person.id]
    return {**own, "member_id": member.id, **place, "residence": spells}


def _without_address(dispute: Dispute) -> dict[str, Any]:
    told = plain(dispute, Dispute)
    return {name: value for name, value in told.items() if name != "statement" or not _of_address(dispute)}


def _of_address(dispute: Dispute) -> bool:
    return dispute.record_kind == "person" and dispute.field_name in KEPT_BACK


def plain(record: Record, record_type: type[Record]) -> dict[str, Any]:
    """Return a record as an object of the document, its identity and unknown members with it."""
    known = {name: _value(getattr(record, name)) for name in members_of(record_type)}
    return put_back({**record.extra, "id": record.id, **known})


def _value(value: object) -> Any:
    if isinstance(value, PartialDate):
        return value.iso()
    if isinstance(value, tuple):
        return [msgspec.to_builtins(each) for each in value]
    return value
