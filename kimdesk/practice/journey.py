"""The way of a household through residence law, benefits and health insurance, as spells of time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kimdesk.domain.law.periods import DAY, month_end, month_start
from kimdesk.domain.records import Person, RegimeSpell, ResidenceSpell
from kimdesk.domain.terms import Lane
from kimdesk.practice.cast_templates import CaseOutline, as_of
from kimdesk.practice.dice import Dice
from kimdesk.practice.library import journeys
from kimdesk.practice.outline import present_step
from kimdesk.practice.templates import JourneyStep

_MONTH = 30.44
_ANALOG_MONTHS = 36
_FORESEEN_DAYS = 240  # a change that lies further ahead is not written down yet
_GAP_SHARE = 0.3
_EXPIRING_SHARE = 0.04
_FAMILY_INSURED_BELOW = 18


@dataclass(frozen=True, slots=True)
class Leg:
    """A step of a journey in time; ``ends`` is None for a title without end, ``expected`` lies ahead."""

    step: JourneyStep
    starts: date
    ends: date | None
    expected: bool = False


@dataclass(frozen=True, slots=True)
class RegimeStretch:
    """A stretch of one regime, before it is written down for a person."""

    regime: str
    starts: date
    ends: date | None
    expected: bool = False


def legs(given: CaseOutline, opened: date, today: date, dice: Dice) -> tuple[Leg, ...]:
    """Return the way of a household: arrival to today, and what is expected next."""
    steps = journeys()[given.journey].step
    here = present_step(given, dice)
    length = int(dice.between(*steps[here].months) * _MONTH)
    starts = today - timedelta(days=given.step_days or dice.between(length // 8, length - length // 6))
    found = [
        Leg(
            steps[here],
            starts,
            _present_end(given, starts + timedelta(days=length), today, steps[here], dice),
        )
    ]
    for step in reversed(steps[:here]):
        ends = found[0].starts - DAY
        starts = ends - timedelta(days=int(dice.between(*step.months) * _MONTH))
        found.insert(0, Leg(step, starts, ends))
    if given.arrived:
        found[0] = Leg(found[0].step, as_of(today, given.arrived), found[0].ends)
    elif found[0].starts >= opened:
        earlier = opened - timedelta(days=dice.between(10, 90))
        found[0] = Leg(found[0].step, earlier, found[0].ends)
    return (*found, *_expected(steps[here + 1 :], found[-1]))


def _present_end(
    given: CaseOutline, planned: date, today: date, step: JourneyStep, dice: Dice
) -> date | None:
    if step.open_end:
        return None
    if given.title_days:
        return today + timedelta(days=given.title_days)
    if dice.chance(_EXPIRING_SHARE):
        return today + timedelta(days=dice.between(4, 28))
    return max(planned, today + timedelta(days=dice.between(65, 200)))


def _expected(steps: tuple[JourneyStep, ...], present: Leg) -> Iterator[Leg]:
    if steps and present.ends:
        yield Leg(steps[0], present.ends + DAY, None, expected=True)


def residence(
    way: tuple[Leg, ...], persons: Iterable[Person], case_id: str, dice: Dice
) -> Iterator[ResidenceSpell]:
    """Yield the residence spells of each person from arrival or birth on."""
    papers = _papers(way)
    for person in persons:
        for leg in papers:
            begins = _not_before_birth(leg.starts, person)
            if leg.ends is None or begins <= leg.ends:
                yield ResidenceSpell(
                    id=dice.new_id(begins),
                    case_id=case_id,
                    person_id=person.id,
                    status=leg.step.status,
                    paragraph=leg.step.paragraph,
                    valid_from=begins,
                    valid_until=leg.ends,
                    employment=leg.step.employment,
                    residence_rule=leg.step.residence_rule,
                    expected=leg.expected,
                )


def _papers(way: tuple[Leg, ...]) -> list[Leg]:
    """Join neighbours that stand for the same paper."""
    found: list[Leg] = []
    for leg in way:
        same = found and (found[-1].step.status, found[-1].step.paragraph) == (
            leg.step.status,
            leg.step.paragraph,
        )
        if same:
            found[-1] = Leg(leg.step, found[-1].starts, leg.ends, found[-1].expected)
        else:
            found.append(leg)
    return found


def _not_before_birth(day: date, person: Person) -> date:
    return max(day, person.birth_date.earliest()) if person.birth_date else day


def benefits(
    given: CaseOutline, way: tuple[Leg, ...], today: date, dice: Dice
) -> tuple[tuple[RegimeStretch, ...], tuple[RegimeStretch, ...]]:
    """Return the stretches of benefit and of health insurance; both change with the month.

    A benefit ends with the month in which its reason lapses (§ 1 Abs. 3 AsylbLG); a gap opens when the
    next one is applied for too late.
    """
    changes = [(leg.step.benefit, leg.step.insurance, leg.starts) for leg in way if not leg.expected]
    late = _delays(given, len(changes), dice)
    starts = [
        month_start(day, 1 + late[index]) if index else day for index, (_, _, day) in enumerate(changes)
    ]
    ends = [month_end(day) for _, _, day in changes[1:]]
    living = _stretches([benefit for benefit, _, _ in changes], starts, ends, today)
    insured = _stretches([insurance for _, insurance, _ in changes], starts, ends, today)
    return _with_analog(living, today), insured


def _delays(given: CaseOutline, changes: int, dice: Dice) -> list[int]:
    drawn = [dice.between(1, 2) if dice.chance(_GAP_SHARE) else 0 for _ in range(changes)]
    if given.gap:
        drawn = [0] * changes
    return drawn


def _stretches(
    regimes: list[str], starts: list[date], ends: list[date], today: date
) -> tuple[RegimeStretch, ...]:
    """Join equal neighbours; a change that is still to come is expected."""
    found: list[RegimeStretch] = []
    for index, regime in enumerate(regimes):
        end = ends[index] if index < len(ends) else None
        if found and found[-1].regime == regime:
            found[-1] = RegimeStretch(regime, found[-1].starts, end, found[-1].expected)
        elif end is None or starts[index] <= end:
            found.append(RegimeStretch(regime, starts[index], end, starts[index] > today))
    return tuple(found)


def _with_analog(living: tuple[RegimeStretch, ...], today: date) -> tuple[RegimeStretch, ...]:
    first = living[0]
    after = month_start(first.starts, _ANALOG_MONTHS)
    too_far = after > today + timedelta(days=_FORESEEN_DAYS) or (first.ends and first.ends <= after)
    if first.regime != "asylblg_basic" or too_far:
        return living
    return (
        RegimeStretch(first.regime, first.starts, after - DAY),
        RegimeStretch("asylblg_analog", after, first.ends, after > today),
        *living[1:],
    )


def with_open_gap(stretches: tuple[RegimeStretch, ...], today: date) -> tuple[RegimeStretch, ...]:
    """Return ``stretches`` with the last one not begun yet: applied for too late, expected next month."""
    last = stretches[-1]
    return (*stretches[:-1], RegimeStretch(last.regime, month_start(today, 1), None, expected=True))


def regimes(
    lane: Lane,
    stretches: tuple[RegimeStretch, ...],
    persons: Iterable[Person],
    case_id: str,
    today: date,
    dice: Dice,
) -> Iterator[RegimeSpell]:
    """Yield ``stretches`` as spells of each person, from birth on."""
    for person in persons:
        child = bool(person.birth_date) and _age(person, today) < _FAMILY_INSURED_BELOW
        for stretch in stretches:
            begins = _not_before_birth(stretch.starts, person)
            if stretch.ends is None or begins <= stretch.ends:
                yield RegimeSpell(
                    id=dice.new_id(begins),
                    case_id=case_id,
                    person_id=person.id,
                    lane=lane,
                    regime="family" if child and stretch.regime == "statutory" else stretch.regime,
                    starts_on=begins,
                    ends_on=stretch.ends,
                    expected=stretch.expected,
                )


def _age(person: Person, today: date) -> int:
    return today.year - person.birth_date.year if person.birth_date else _FAMILY_INSURED_BELOW
