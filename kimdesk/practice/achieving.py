"""What the people of a case achieved, and where they stand with their stay."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import msgspec

from kimdesk.domain.records import (
    Achievement,
    CaseFile,
    DatedNote,
    Person,
    RegimeSpell,
    ResidenceSpell,
    Standing,
)
from kimdesk.domain.terms import Lane
from kimdesk.practice.cast_templates import Achieved, CastPerson, Day, Stands, as_of
from kimdesk.practice.household import ADULT
from kimdesk.practice.library import achieving
from kimdesk.practice.scene import Scene

_PROVEN_SHARE = 0.75
_EXTRA_SHARE = 0.35
_CLARIFIED_SHARE = 0.6
_PUPIL, _YOUTH = 6, 16
_FIRST_CERTIFICATE: Final = "A2"
_YEAR = timedelta(days=365)


def with_achievements(scene: Scene, file: CaseFile) -> CaseFile:
    """Return ``file`` with achievements and standings: the cast's own, for others what their way tells."""
    found = replace(file, residence=tuple(_papers(scene, file)))
    made: list[Achievement] = []
    stands: list[Standing] = []
    for play, person in zip(scene.home.plays, scene.home.persons, strict=True):
        exact = bool(play.achieved or play.stands)
        templates = play.achieved if exact else tuple(_told(scene, found, play, person))
        made += [_achievement(scene, person, one) for one in templates]
        if standing := play.stands or (None if exact else _way(scene, found, play, person)):
            stands.append(_standing(scene, person, standing))
    return replace(found, achievements=tuple(made), standings=tuple(stands))


def _papers(scene: Scene, file: CaseFile) -> Iterator[ResidenceSpell]:
    """Yield the residence spells of the case, of some of the cast those fixed by hand."""
    fixed = {
        person.id: play.paper
        for play, person in zip(scene.home.plays, scene.home.persons, strict=True)
        if play.paper
    }
    yield from (one for one in file.residence if one.person_id not in fixed)
    for person_id, papers in fixed.items():
        for paper in papers:
            begins = _day(scene, paper.start)
            yield ResidenceSpell(
                id=scene.new_id(begins or scene.opened),
                case_id=scene.case_id,
                person_id=person_id,
                status=paper.status,
                paragraph=paper.paragraph,
                valid_from=begins,
                valid_until=_day(scene, paper.until),
                employment="with_permission",
            )


def _day(scene: Scene, said: Day) -> date | None:
    if said is None:
        return None
    return scene.today + timedelta(days=said) if isinstance(said, int) else as_of(scene.today, said)


def _achievement(scene: Scene, person: Person, one: Achieved) -> Achievement:
    starts, on = _day(scene, one.start), _day(scene, one.on)
    return Achievement(
        id=scene.new_id(min(starts or on or scene.opened, scene.today)),
        case_id=scene.case_id,
        person_id=person.id,
        kind=one.kind,
        level=one.level,
        title=scene.say(one.title),
        organisation=scene.say(one.organisation),
        starts_on=starts,
        ends_on=_day(scene, one.until),
        achieved_on=on,
        registered_on=_day(scene, one.registered),
        points=one.points,
        weekly_hours=one.hours,
        insured=one.insured,
        skilled=one.skilled,
        proof=one.proof,
        proof_at="client" if one.proof else "",
        seen_on=max(_day(scene, one.seen) or scene.opened, scene.opened) if one.proof else None,
    )


def _standing(scene: Scene, person: Person, one: Stands) -> Standing:
    steps = ((_day(scene, on), text) for on, text in one.steps)
    return Standing(
        id=scene.new_id(scene.opened),
        case_id=scene.case_id,
        person_id=person.id,
        asylum_applied_on=_day(scene, one.applied),
        asylum_decided_on=_day(scene, one.decided),
        asylum_decision=one.decision,
        identity_clarified_on=_day(scene, one.identity),
        identity_paper=one.paper,
        identity_steps=tuple(DatedNote(on, text=text) for on, text in steps if on),
        pension_months=one.pension,
        pension_as_of=scene.opened if one.pension is not None else None,
        income_share=one.income,
        income_as_of=scene.opened if one.income is not None else None,
        flat=one.flat,
        needs_legal_advice=one.advice,
    )


def _told(scene: Scene, file: CaseFile, play: CastPerson, person: Person) -> Iterator[Achieved]:
    """Yield what the spells of a person, and chance, say she achieved."""
    known = achieving()
    german = next((one.level for one in person.languages if one.language == "deu"), "")
    if play.age >= _YOUTH and german >= _FIRST_CERTIFICATE and german in known.certificate:
        yield _proven(scene, known.certificate[german])
    for spell in file.regimes:
        if spell.person_id == person.id and spell.starts_on and not spell.expected:
            yield from _of_spell(scene, spell, play)
    for one in known.extra:
        if play.age >= ADULT and scene.dice.chance(_EXTRA_SHARE):
            yield _proven(scene, one)


def _of_spell(scene: Scene, spell: RegimeSpell, play: CastPerson) -> Iterator[Achieved]:
    template = achieving().spell.get(spell.regime)
    if template is None or (spell.lane is Lane.SCHOOL and play.age < _PUPIL):
        return
    starts = (spell.starts_on - scene.today).days if spell.starts_on else None
    ends = (spell.ends_on - scene.today).days if spell.ends_on else None
    where = spell.note if spell.lane is Lane.WORK and "{" not in spell.note else ""
    made = _replaced(template, start=starts, until=ends, organisation=where or template.organisation)
    yield _proven(scene, made)
    if spell.regime in achieving().tested and ends is not None:
        yield _proven(scene, _replaced(achieving().test, on=ends))


def _proven(scene: Scene, one: Achieved) -> Achieved:
    """Return the same with its proof, or without: some have none at hand."""
    return one if scene.dice.chance(_PROVEN_SHARE) else _replaced(one, proof="")


def _replaced(one: Achieved, **changes: object) -> Achieved:
    return msgspec.structs.replace(one, **changes)


def _way(scene: Scene, file: CaseFile, play: CastPerson, person: Person) -> Stands | None:
    """Return what the papers of a young person or an adult say of asylum and identity."""
    papers = [one for one in file.residence if one.person_id == person.id and not one.expected]
    asked = next((one for one in papers if one.status in achieving().asylum), None)
    if play.age < _YOUTH or asked is None or asked.valid_from is None:
        return None
    after = next((one for one in papers if one.status not in achieving().before_decision), None)
    decision = achieving().decided.get(after.paragraph, "") if after else "pending"
    clear = scene.dice.chance(_CLARIFIED_SHARE)
    return Stands(
        applied=(asked.valid_from - scene.today).days,
        decided=(after.valid_from - scene.today).days if after and after.valid_from and decision else None,
        decision=decision,
        identity=(asked.valid_from + _YEAR / 4 - scene.today).days if clear else None,
        paper="passport" if clear else "",
        steps=() if clear else achieving().step,
    )
