"""How the people of a household stand to each other: couples, parents, grandparents, a guardian."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from kimdesk.domain.records import CaseFile, Member, Person, Relation
from kimdesk.domain.terms import Phase, Role
from kimdesk.practice.household import ADULT
from kimdesk.practice.library import words
from kimdesk.practice.scene import Scene

_PATCHWORK_SHARE = 0.15
_SEPARATED_SHARE = 0.08
_TWICE_SHARE = 0.04


def with_kin(scene: Scene, file: CaseFile) -> CaseFile:
    """Return ``file`` with its relations, and the few people who do not live in the household."""
    if not file.persons:
        return file
    found = _entered_twice(scene, _separated(scene, _with_guardian(scene, file)))
    return replace(found, relations=tuple(_relations(scene, found)))


def _with_guardian(scene: Scene, file: CaseFile) -> CaseFile:
    if scene.home.plays[0].age >= ADULT or len(file.persons) > 1:
        return file
    said = words().beside
    guardian = replace(Person(), **said.guardian)
    return _joined(scene, file, replace(guardian, id=scene.new_id(scene.opened)), said.guardian_relation)


def _joined(scene: Scene, file: CaseFile, person: Person, relation: str) -> CaseFile:
    place = Member(
        id=scene.new_id(scene.opened),
        case_id=scene.case_id,
        person_id=person.id,
        role=Role.OTHER,
        relation=relation,
        since=scene.opened,
    )
    return replace(file, persons=(*file.persons, person), members=(*file.members, place))


def _separated(scene: Scene, file: CaseFile) -> CaseFile:
    """Let a partner move out while the case is under way; never in the cast."""
    partner = next((one for one in file.members if one.role is Role.PARTNER), None)
    late = scene.started.get(Phase.SUPPORT_PLAN)
    if not (partner and late) or scene.outline.file_number or not scene.dice.chance(_SEPARATED_SHARE):
        return file
    left = replace(partner, until=scene.dice.day(late, scene.until), relation=words().beside.separated)
    gone = tuple(
        replace(one, street="", postcode="", city="") if one.id == partner.person_id else one
        for one in file.persons
    )
    return replace(file, persons=gone, members=tuple(left if one is partner else one for one in file.members))


def _entered_twice(scene: Scene, file: CaseFile) -> CaseFile:
    """Let a person stand there a second time, under another spelling, as lists bring it about."""
    partner = next((one for one in file.members if one.role is Role.PARTNER), None)
    if partner is None or partner.until or scene.outline.file_number or not scene.dice.chance(_TWICE_SHARE):
        return file
    known = next(one for one in file.persons if one.id == partner.person_id)
    again = Person(
        id=scene.new_id(scene.until),
        family_name=_spelled(known.family_name),
        given_names=known.given_names,
        birth_date=known.birth_date,
        birth_fictitious=known.birth_fictitious,
        sex=known.sex,
        nationalities=known.nationalities,
        single_name=known.single_name,
    )
    return _joined(scene, file, again, words().beside.twice)


def _spelled(name: str) -> str:
    for one, other in words().beside.spellings:
        if one in name:
            return name.replace(one, other, 1)
    return name + name[-1]


def _relations(scene: Scene, file: CaseFile) -> Iterator[Relation]:
    home = [(one.person_id, one) for one in file.members]
    client = home[0][0]
    partner = next((one for one in file.members if one.role is Role.PARTNER), None)
    children = [each for each, one in home if one.role is Role.CHILD]
    stepchild = children[0] if partner and len(children) > 1 and _mixed(scene) else ""
    if partner:
        ended = partner.until
        yield _related(scene, client, partner.person_id, "separated" if ended else "partner", ended)
    for each in children:
        note = words().beside.stepchild if each == stepchild else ""
        yield _related(scene, client, each, "parent", note=note)
        if partner and each != stepchild:
            yield _related(scene, partner.person_id, each, "parent")
    for one, other in pairwise(children):
        yield _related(scene, one, other, "sibling")
    yield from _elders_and_others(scene, file, children)


def _mixed(scene: Scene) -> bool:
    return not scene.outline.file_number and scene.dice.chance(_PATCHWORK_SHARE)


def _elders_and_others(scene: Scene, file: CaseFile, children: list[str]) -> Iterator[Relation]:
    client = file.members[0].person_id
    for member in file.members:
        if member.role is Role.PARENT:
            yield _related(scene, member.person_id, client, "parent")
            for each in children:
                yield _related(scene, member.person_id, each, "grandparent")
        elif member.role is Role.SIBLING:
            yield _related(scene, client, member.person_id, "sibling")
        elif member.role is Role.OTHER:
            kind = "guardian" if member.relation == words().beside.guardian_relation else "other"
            note = "" if kind == "guardian" else words().beside.twice_note
            yield _related(scene, member.person_id, client, kind, note=note)


def _related(
    scene: Scene, one: str, other: str, kind: str, since: date | None = None, note: str = ""
) -> Relation:
    return Relation(
        id=scene.new_id(scene.opened),
        case_id=scene.case_id,
        person_id=one,
        other_id=other,
        kind=kind,
        since=since,
        note=note,
    )
