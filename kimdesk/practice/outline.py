"""Who plays in a case: the cast first, then families drawn from the stories."""

from datetime import date

import msgspec

from kimdesk.domain.terms import Phase, SharingLevel
from kimdesk.practice.cast_templates import CaseOutline
from kimdesk.practice.dice import Dice
from kimdesk.practice.library import cast, courses, journeys, kreis, odds, stories
from kimdesk.practice.templates import Course, JourneyStep, Town

_SHARE_WITHOUT_KREIS = 0.2


def outline(number: int, dice: Dice) -> CaseOutline:
    """Return the outline of case ``number`` (from 0): one of the cast, or a story with its facts drawn."""
    fixed = cast()
    return _filled(fixed[number] if number < len(fixed) else _drawn(number - len(fixed), dice), dice)


def outline_of(place: str, number: int, dice: Dice, level: SharingLevel, *, closed: bool) -> CaseOutline:
    """Return the outline of a case of the municipality ``place``, its story drawn."""
    wheel = [each for each in courses() if each.closed is closed]
    drawn = _drawn(number, dice)
    while closed and stories()[drawn.story].anonymous:
        drawn = _drawn(number, dice)
    if not stories()[drawn.story].anonymous:
        drawn = msgspec.structs.replace(drawn, course=wheel[number % len(wheel)])
    drawn = msgspec.structs.replace(drawn, place=place, level=level)
    return _filled(drawn, dice)


def _drawn(number: int, dice: Dice) -> CaseOutline:
    known = stories()
    story = dice.weighted({key: each.weight for key, each in known.items()})
    wheel = courses()
    course = Course(phase=Phase.ACCESS) if known[story].anonymous else wheel[number % len(wheel)]
    return CaseOutline(story=story, course=course, level=_level(dice), german=dice.weighted(odds().german))


def _level(dice: Dice) -> SharingLevel | None:
    return None if dice.chance(_SHARE_WITHOUT_KREIS) else dice.weighted(odds().level)


def _filled(given: CaseOutline, dice: Dice) -> CaseOutline:
    story = stories()[given.story]
    course = given.course or Course(phase=Phase.ACCESS)
    place = dice.weighted({each.name: each.weight for each in kreis().municipality})
    share = story.household.shelter
    return msgspec.structs.replace(
        given,
        course=course,
        place=given.place or place,
        names=given.names or dice.pick(story.names),
        journey=given.journey or (dice.pick(story.journeys) if story.journeys else ""),
        variant=dice.between(0, len(story.variant) - 1) if given.variant is None else given.variant,
        opened_days=given.opened_days or dice.between(*_open_days(course)),
        shelter=dice.chance(share) if given.shelter is None else given.shelter,
    )


def _open_days(course: Course) -> tuple[int, int]:
    return odds().closed_days if course.closed else odds().open_days[course.phase]


def place_of(given: CaseOutline) -> Town:
    """Return the municipality of a case."""
    return next(each for each in kreis().municipality if each.name == given.place)


def present_step(given: CaseOutline, dice: Dice) -> int:
    """Return which step of its journey a case stands in today."""
    steps: tuple[JourneyStep, ...] = journeys()[given.journey].step
    if given.step:
        return next(index for index, step in enumerate(steps) if step.key == given.step)
    return dice.pick([index for index, step in enumerate(steps) if step.here])


def file_number(given: CaseOutline, number: int, opened: date) -> str:
    """Return the file number: the cast's own, else office, year and a running number beyond the cast's."""
    office = place_of(given).office
    template = given.file_number or f"{office}-{{year}}-{number + 110 - len(cast()):03}"
    return template.format(year=opened.year)
