"""Courses, jobs, day care and schools: what people do beside benefits and papers."""

from collections.abc import Iterator
from datetime import date, timedelta

from kimdesk.domain.law.periods import DAY, month_start
from kimdesk.domain.records import Person, RegimeSpell
from kimdesk.domain.terms import Lane, Role
from kimdesk.practice.cast_templates import CastPerson
from kimdesk.practice.library import words
from kimdesk.practice.scene import Scene
from kimdesk.practice.templates import LaneTemplate
from kimdesk.practice.text_templates import School

_SCHOOL_STARTS = 8  # August


def own_lanes(scene: Scene, arrived: date) -> Iterator[RegimeSpell]:
    """Yield the courses and jobs the story knows of its client and partner."""
    for template in scene.story.lane:
        person = _who(scene, template.who)
        starts = max(month_start(scene.today, template.start), arrived)
        ends = month_start(scene.today, template.end) - DAY if template.end is not None else None
        if person and (ends is None or ends > starts):
            yield _spell(scene, person, template, starts, ends)


def _who(scene: Scene, who: str) -> Person | None:
    found = [person for play, person in _people(scene) if play.role == who]
    return found[0] if found else None


def _people(scene: Scene) -> Iterator[tuple[CastPerson, Person]]:
    return zip(scene.home.plays, scene.home.persons, strict=True)


def _spell(
    scene: Scene, person: Person, template: LaneTemplate, starts: date, ends: date | None
) -> RegimeSpell:
    return RegimeSpell(
        id=scene.new_id(min(starts, scene.today)),
        case_id=scene.case_id,
        person_id=person.id,
        lane=template.lane,
        regime=template.regime,
        starts_on=starts,
        ends_on=ends,
        expected=starts > scene.today,
        note=scene.say(template.note),
    )


def school_lanes(scene: Scene, arrived: date) -> Iterator[RegimeSpell]:
    """Yield where the children and young people of the household go to school or day care."""
    for play, person in _people(scene):
        school = next((one for one in words().school if one.since <= play.age < one.ends), None)
        if school and play.role in (Role.CHILD, Role.SIBLING) and person.birth_date:
            yield _school(scene, school, person, arrived)


def _school(scene: Scene, school: School, person: Person, arrived: date) -> RegimeSpell:
    dice, born = scene.dice, person.birth_date
    usual = date((born.year if born else scene.today.year) + school.since, _SCHOOL_STARTS, 15)
    starts = max(usual, arrived + timedelta(days=dice.between(35, 110)))
    waits = bool(school.waiting) and ("kita" in scene.story.goals or dice.chance(0.2))
    kind = "waiting" if waits else dice.pick(school.kinds)
    return RegimeSpell(
        id=scene.new_id(min(starts, scene.today)),
        case_id=scene.case_id,
        person_id=person.id,
        lane=Lane.SCHOOL,
        regime=kind,
        starts_on=min(starts, scene.today - timedelta(days=30)) if waits else starts,
        expected=starts > scene.today and not waits,
        note=school.waiting if waits else "",
    )
