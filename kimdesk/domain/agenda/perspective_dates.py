"""The dates that follow from a screening: an application becomes possible, a window closes.

A window is told anew on each day that the screening names: who let the first go hears the next. What ends
with a title (§ 104c) or a training (§§ 16g, 60c) follows from these records (``fact_dates``).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from kimdesk.domain.agenda.due import Due
from kimdesk.domain.dates import LAST_YEAR
from kimdesk.domain.law.periods import full_on
from kimdesk.domain.records import CaseFile, Person, ResidenceSpell
from kimdesk.domain.screening.engine import screen
from kimdesk.domain.screening.of_case import facts_of
from kimdesk.domain.screening.result import Alarm, Lack, Light, Screened, Screening
from kimdesk.domain.screening.rules import ScreeningLaw

PERSPECTIVE = "perspective"
"""The kind of these dates. They point to no record: to a rule for a person („<person>.<rule>.<number>“)."""

_ELSEWHERE = frozenset({"104c", "16g", "60c", "stag_4_3"})
"""Rules of which the records tell the days themselves, or by which nothing is applied for."""
_FIRST = frozenset({Lack.TITLE, Lack.STATUS})
"""What has to come before any day counts."""
_DAY = timedelta(days=1)
_MONTHS = 12


def of_household(file: CaseFile, law: ScreeningLaw) -> Iterator[Due]:
    """Yield what is to be told of everybody in a case, whatever the day is, once for those alike.

    Each person is screened as of days that follow from the records, not from today: the periods run on from
    there, so what is said of later days changes only when a record does.
    """
    seen: set[tuple[object, ...]] = set()
    for person in file.persons:
        found: dict[str, Due] = {}
        for day in _days(file, person, law):
            screened = screen(facts_of(file, person, day), law, day)
            found |= {each.key: each for each in of_screening(person.id, screened)}
        for each in found.values():
            same = (each.rule, each.facts["right"], each.due_on, each.since)
            if same not in seen:
                seen.add(same)
                yield each


def _days(file: CaseFile, person: Person, law: ScreeningLaw) -> tuple[date, ...]:
    """Return as of which days a person is screened; none for somebody without a paper whose begin is known.

    The day the latest record began, and the birthdays after it from which a rule is for the person.
    """
    own = [one for one in file.residence if one.person_id == person.id and not one.expected]
    papers = [one for one in own if one.valid_from]
    if not papers:
        return ()
    end = max(one.valid_until or date.max for one in papers)
    begun = [day for day in _begins(file, person.id, papers) if day <= end and day.year <= LAST_YEAR]
    if not begun:
        return ()
    last = max(begun)
    born = person.birth_date.earliest() if person.birth_date else None
    ages = {age for rule in law.rules for age in (rule.for_whom.shown_from, rule.for_whom.own_from) if age}
    birthdays = {full_on(born, age * _MONTHS) for age in ages} if born else set()
    return tuple(sorted({last, *(day for day in birthdays if last < day <= end)}))


def _begins(file: CaseFile, person_id: str, papers: Iterable[ResidenceSpell]) -> Iterator[date]:
    days: list[date | None] = [one.valid_from for one in papers]
    days += [one.starts_on for one in file.regimes if one.person_id == person_id and not one.expected]
    for one in file.achievements:
        days += [one.starts_on, one.achieved_on] if one.person_id == person_id else []
    days += [one.identity_clarified_on for one in file.standings if one.person_id == person_id]
    yield from (day for day in days if day)


def of_screening(person_id: str, screening: Screening) -> Iterator[Due]:
    """Yield what is to be told of a person; where something stands against a rule, nothing."""
    for one in screening.shown:
        if one.light is not Light.RED and one.rule not in _ELSEWHERE:
            closing = [each for each in one.alarms if each.code == "window_closes"]
            for number, (alarm, until) in enumerate(_until_next(closing)):
                yield _due("perspective_closes", person_id, one, alarm.about, number, alarm.day, until)
            opening = next((each for each in one.alarms if each.code == "possible_from"), None)
            if opening and one.lack not in _FIRST:
                yield _due("perspective_possible", person_id, one, opening.about, 0)


def place_in(record_id: str) -> tuple[str, str]:
    """Return person and rule of a date of this kind."""
    person, _, rest = record_id.partition(".")
    return person, rest.partition(".")[0]


def _until_next(alarms: Sequence[Alarm]) -> Iterator[tuple[Alarm, date]]:
    """Yield each alarm with the last day before the next one."""
    told = sorted(alarms, key=lambda each: each.day)
    ends = [each.day - _DAY for each in told[1:]]
    yield from zip(told, [*ends, date.max], strict=False)


def _due(
    rule: str,
    person_id: str,
    one: Screened,
    day: date,
    number: int,
    since: date = date.min,
    until: date = date.max,
) -> Due:
    facts = {"right": one.rule, "law": one.paragraph, "person_id": person_id}
    return Due(rule, day, PERSPECTIVE, f"{person_id}.{one.rule}.{number}", facts, since=since, until=until)
