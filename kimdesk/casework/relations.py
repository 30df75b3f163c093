"""How the persons of a case stand to each other: entering, taking back, saying it, and what looks odd."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kimdesk.casework.desk import Desk
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.relation_rules import RelationRules
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile, Member, Person, Relation
from kimdesk.domain.sentences import filled
from kimdesk.domain.terms import Role

ALONE = "E860"
_LEAST_YEARS = 12  # a parent younger than this at the birth is more likely a slip
_DAYS_OF_YEAR = 365.25
_TWO = 2
_COUPLE, _KIN = frozenset({"partner"}), frozenset({"parent", "child", "sibling", "grandparent", "grandchild"})


def said(rules: RelationRules, relation: Relation, file: CaseFile) -> str:
    """Return the relation as a German sentence without full stop."""
    one, other = _name(file, relation.person_id), _name(file, relation.other_id)
    return filled(rules.said(relation.kind), {"one": one, "other": other})


def relate(desk: Desk, relation: Relation) -> Relation:
    """Save ``relation``; the same between the same two, said from either side, is kept once.

    Raises CaseworkError E860 when it leads from a person to herself, or to somebody outside the case;
    StoreError E905 when it was changed meanwhile.
    """
    with desk.writing() as writer:
        inside = {one.person_id for one in writer.of_case(Member, relation.case_id)}
        if relation.person_id == relation.other_id or not {relation.person_id, relation.other_id} <= inside:
            raise CaseworkError(ALONE)
        entered = writer.of_case(Relation, relation.case_id)
        known = next((one for one in entered if _same(desk.catalogue.rules.relations, one, relation)), None)
        if known is None or relation.rev:
            return writer.put(relation)
        return writer.put(replace(relation, id=known.id, rev=known.rev))


def all_of(rules: RelationRules, file: CaseFile) -> tuple[Relation, ...]:
    """Return the relations entered in the case, and those its roles tell of persons without any.

    The latter have no identity.
    """
    inside = {person.id for person in file.persons}
    entered = [one for one in file.relations if {one.person_id, one.other_id} <= inside]
    return (*entered, *_by_role(rules, file, entered, inside))


def kinds_between(
    rules: RelationRules, relations: Sequence[Relation], one: str, other: str
) -> frozenset[str]:
    """Return what ``one`` is to ``other``."""
    straight = {each.kind for each in relations if (each.person_id, each.other_id) == (one, other)}
    back = {rules.inverse(each.kind) for each in relations if (each.person_id, each.other_id) == (other, one)}
    return frozenset(straight | back)


@dataclass(frozen=True, slots=True)
class Hint:
    """Something about the relations that may be a slip: whom it is about, and a German question."""

    person_id: str
    words: str


def hints(catalogue: Catalogue, file: CaseFile) -> tuple[Hint, ...]:
    """Return what looks odd about the relations that were entered. Nothing here is forbidden."""
    found = (
        *(hint for one in file.relations for hint in _of_ages(catalogue, one, file)),
        *_of_circles(catalogue.rules.relations, file),
        *_of_parents(catalogue.rules.relations, file),
        *_of_couples(catalogue, file),
    )
    return tuple(dict.fromkeys(found))


def parents_of(relations: Sequence[Relation]) -> dict[str, list[str]]:
    """Return the parents of each person who has any, in the order of their entry."""
    found: dict[str, list[str]] = {}
    for one in relations:
        if one.kind in ("parent", "child"):
            parent, child = (
                (one.person_id, one.other_id) if one.kind == "parent" else (one.other_id, one.person_id)
            )
            if parent not in found.setdefault(child, []):
                found[child].append(parent)
    return found


def _same(rules: RelationRules, known: Relation, asked: Relation) -> bool:
    straight = (known.person_id, known.other_id, known.kind)
    back = (known.other_id, known.person_id, rules.inverse(known.kind))
    return (asked.person_id, asked.other_id, asked.kind) in (straight, back)


def _by_role(
    rules: RelationRules, file: CaseFile, entered: Sequence[Relation], inside: set[str]
) -> Iterator[Relation]:
    client = file.client
    if client is None:
        return
    related = {key for one in entered for key in (one.person_id, one.other_id)}
    for member in file.members:
        kind = rules.role.get(member.role.value)
        if kind and member.role is not Role.CLIENT and member.person_id in inside - related:
            yield Relation(case_id=file.case.id, person_id=member.person_id, other_id=client.id, kind=kind)


def _of_ages(catalogue: Catalogue, one: Relation, file: CaseFile) -> Iterator[Hint]:
    rules = catalogue.rules.relations
    up = rules.up(one.kind)
    if one.kind not in _KIN or not up:
        return
    first, second = _person(file, one.person_id), _person(file, one.other_id)
    elder, younger, kind = (first, second, one.kind) if up > 0 else (second, first, rules.inverse(one.kind))
    if elder is None or younger is None or not elder.birth_date or not younger.birth_date:
        return
    years = (younger.birth_date.latest() - elder.birth_date.earliest()).days / _DAYS_OF_YEAR
    names = {
        "one": full_name(elder),
        "other": full_name(younger),
        "kind": catalogue.label("relation_kind", kind),
    }
    if years < 0:
        yield Hint(elder.id, filled(rules.hint.younger, names))
    elif years < _LEAST_YEARS * abs(up):
        yield Hint(elder.id, filled(rules.hint.same_age, {**names, "years": _LEAST_YEARS * abs(up)}))


def _of_circles(rules: RelationRules, file: CaseFile) -> Iterator[Hint]:
    parents = parents_of(file.relations)
    for child in parents:
        if child in _ancestors(child, parents):
            yield Hint(child, filled(rules.hint.circle, {"one": _name(file, child)}))


def _ancestors(child: str, parents: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(parents.get(child, ()))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += parents.get(one, ())
    return found


def _of_parents(rules: RelationRules, file: CaseFile) -> Iterator[Hint]:
    for child, parents in parents_of(file.relations).items():
        if len(parents) > _TWO:
            yield Hint(child, filled(rules.hint.parents, {"one": _name(file, child)}))


def _of_couples(catalogue: Catalogue, file: CaseFile) -> Iterator[Hint]:
    rules = catalogue.rules.relations
    for one in file.relations:
        odd = kinds_between(rules, file.relations, one.person_id, one.other_id) & _KIN
        if one.kind in _COUPLE and odd:
            names = {"one": _name(file, one.person_id), "other": _name(file, one.other_id)}
            kind = catalogue.label("relation_kind", min(odd))
            yield Hint(one.person_id, filled(rules.hint.blood, {**names, "kind": kind}))


def _person(file: CaseFile, person_id: str) -> Person | None:
    return next((one for one in file.persons if one.id == person_id), None)


def _name(file: CaseFile, person_id: str) -> str:
    found = _person(file, person_id)
    return (full_name(found) if found else "") or "–"
