"""The practice town: whole cases of invented families, the same for the same seed and day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from kimdesk.domain.records import Case, CaseFile, RegimeSpell
from kimdesk.domain.terms import CaseStatus, Lane, Phase, SharingLevel
from kimdesk.practice import diary, ending, lanes, phasing, plan
from kimdesk.practice.achieving import with_achievements
from kimdesk.practice.applications import with_applications
from kimdesk.practice.cast_templates import CaseOutline
from kimdesk.practice.dice import Dice
from kimdesk.practice.further import with_further
from kimdesk.practice.household import Household, household, plays, shared_facts
from kimdesk.practice.journey import Leg, benefits, legs, regimes, residence, with_open_gap
from kimdesk.practice.kin import with_kin
from kimdesk.practice.library import cast, kreis, names, stories, texts
from kimdesk.practice.outline import file_number, outline, outline_of, place_of
from kimdesk.practice.referring import referring
from kimdesk.practice.releases import further_consents
from kimdesk.practice.scene import Scene, phase_starts
from kimdesk.practice.small_steps import with_steps
from kimdesk.practice.templates import Course
from kimdesk.practice.wording import Wording, anonymous, facts, gendered, wording

_CLOSED_FOR_DAYS = (20, 400)


def cases(count: int, seed: int, today: date | None = None) -> Iterator[CaseFile]:
    """Yield ``count`` cases; the first ones are the cast. A longer town begins like a shorter one.

    Everybody and everything in it is invented. Records have an identity and revision 0.
    """
    day = today or date.today()  # noqa: DTZ011 - the worker's calendar day
    for number in range(count):
        yield _case(number, Dice(f"{seed}/{number}"), day)


def neighbour(
    place: str, number: int, dice: Dice, today: date, level: SharingLevel, *, closed: bool
) -> CaseFile:
    """Return case ``number`` of the municipality ``place``, active or ``closed``; ``level``: agreed to."""
    return _made(outline_of(place, number, dice, level, closed=closed), number + len(cast()), dice, today)


def _case(number: int, dice: Dice, today: date) -> CaseFile:
    return _made(outline(number, dice), number, dice, today)


def _made(given: CaseOutline, number: int, dice: Dice, today: date) -> CaseFile:
    course = given.course or Course(phase=Phase.ACCESS)
    opened = today - timedelta(days=given.opened_days)
    until = _closed_on(opened, today, dice) if course.closed else today
    case_id = dice.new_id(opened)
    way = legs(given, opened, today, dice) if given.journey else ()
    scene = _scene(given, case_id, (opened, until, today), way, dice)
    return _file(scene, file_number(given, number, opened), way)


def _closed_on(opened: date, today: date, dice: Dice) -> date:
    latest = (today - opened).days * 2 // 3
    return today - timedelta(days=min(dice.between(*_CLOSED_FOR_DAYS), latest))


def _scene(
    given: CaseOutline, case_id: str, days: tuple[date, date, date], way: tuple[Leg, ...], dice: Dice
) -> Scene:
    opened, until, today = days
    story, place = stories()[given.story], place_of(given)
    people = plays(given, dice)
    home, words = Household((), (), ()), anonymous(place)
    if people:
        shared = shared_facts(given, place, way[0].starts, dice)
        home = household(people, shared, case_id, opened, today, dice)
        words = wording(home.persons[0], people, names()[given.names], place)
        words |= _of_variant(words, story.variant[given.variant or 0], home)
        words.setdefault("stelle", words.get("betrieb", ""))
        words["interpreter"] = dice.pick(texts().interpreters)
        words["seit"], words["deutsch"] = str(way[0].starts.year), shared.german
    return Scene(
        dice=dice,
        outline=given,
        story=story,
        place=place,
        case_id=case_id,
        today=today,
        opened=opened,
        until=until,
        home=home,
        facts=facts(people, bool(given.shelter)),
        wording=words,
        started=phase_starts(given.course or Course(phase=Phase.ACCESS), opened, until),
    )


def _of_variant(words: Wording, variant: dict[str, str], home: Household) -> dict[str, str]:
    female = home.persons[0].sex == "female"
    return {key: words.say(gendered(text, female)) for key, text in variant.items()}


def _file(scene: Scene, number: str, way: tuple[Leg, ...]) -> CaseFile:
    persons, course = scene.home.persons, scene.course
    goals, steps = plan.plan(scene)
    measures = plan.as_records(scene, steps)
    referrals, covering = referring(scene, steps)
    consents = (*covering, *further_consents(scene, referrals)) if persons else ()
    why = ending.reason(scene.dice, skipped=course.skipped is Phase.EVALUATION)
    plot = phasing.Plot(goals, measures, consents, why)
    entries, events = phasing.phasing(scene, plot)
    file = CaseFile(
        case=_case_record(scene, number, why),
        persons=persons,
        members=scene.home.members,
        consents=consents,
        phases=entries,
        events=events,
        goals=goals,
        measures=measures,
        referrals=referrals,
        regimes=tuple(_regimes(scene, way)) if way else (),
        residence=tuple(residence(way, persons, scene.case_id, scene.dice)),
        contacts=diary.contacts(scene),
        follow_ups=diary.follow_ups(scene),
        findings=diary.findings(scene, any(measure.gap for measure in measures)),
    )
    file = with_applications(scene, with_kin(scene, with_steps(scene, file, steps))) if persons else file
    return with_achievements(scene, with_further(scene, file))


def _case_record(scene: Scene, number: str, why: str) -> Case:
    open_case = Case(
        id=scene.case_id,
        file_number=number,
        ags=scene.place.ags,
        opened_on=scene.opened,
        phase=scene.course.phase,
        worker=kreis().worker,
        legal_basis="public_task" if scene.dice.chance(0.2) else "consent",
    )
    if not scene.course.closed:
        return open_case
    return replace(
        open_case,
        status=CaseStatus.CLOSED,
        closed_on=scene.until,
        closing_reason=why,
        retain_until=ending.kept_until(scene.until),
    )


def _regimes(scene: Scene, way: tuple[Leg, ...]) -> Iterator[RegimeSpell]:
    living, insured = benefits(scene.outline, way, scene.today, scene.dice)
    if scene.outline.gap == "open":
        living, insured = with_open_gap(living, scene.today), with_open_gap(insured, scene.today)
    persons = scene.home.persons
    yield from regimes(Lane.BENEFIT, living, persons, scene.case_id, scene.today, scene.dice)
    yield from regimes(Lane.HEALTH_INSURANCE, insured, persons, scene.case_id, scene.today, scene.dice)
    yield from lanes.own_lanes(scene, way[0].starts)
    yield from lanes.school_lanes(scene, way[0].starts)
