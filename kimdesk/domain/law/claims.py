"""From when and until when the law grants something to a person, as far as its spells say."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from enum import StrEnum

from kimdesk.domain.dates import PartialDate
from kimdesk.domain.law import titles
from kimdesk.domain.law.kin import custodians_of, parents_of
from kimdesk.domain.law.paragraphs import read
from kimdesk.domain.law.periods import later, month_end
from kimdesk.domain.law.regime_law import Law
from kimdesk.domain.law.spans import SpanName, Spans
from kimdesk.domain.records import CaseFile, Person, RegimeSpell, ResidenceSpell
from kimdesk.domain.regimes import ASYLBLG, NO_TITLE

GERMANY = "000"  # nationality
RECOGNISED = frozenset({"asylum", "refugee", "subsidiary"})  # asylum_decision


class ChildTitle(StrEnum):
    """Whether a child born in Germany that has no paper yet needs an application for a title, and why not."""

    NEEDED = "needed"  # within six months (§ 81 Abs. 2 AufenthG)
    FREE_MOVEMENT = "free_movement"  # a parent is a citizen of EU, EEA or Switzerland
    GERMAN = "german"  # by a German parent, or by birth (§ 4 Abs. 3 StAG)
    EX_OFFICIO = "ex_officio"  # § 33 Satz 2 AufenthG: the office issues it by itself
    ASYLUM = "asylum"  # the parents are in the asylum procedure: § 14 Abs. 5 AsylG


def analog_on(spell: RegimeSpell, file: CaseFile, spans: Spans, *, surely: bool = False) -> date | None:
    """Return from when ``spell`` of basic benefits is to be paid like SGB XII (§ 2 AsylbLG).

    The stay counts, from arrival or the first day of AsylbLG; of a partly known day of arrival the first it
    can mean, ``surely`` the last. A minor follows the first parent who has them (§ 2 Abs. 3 AsylbLG).
    """
    own = _stay_analog(spell, file, spans, surely)
    if own is None:
        return None
    person = _person(file, spell.person_id)
    if person is None or person.birth_date is None:
        return own
    followed = [
        day for day in _analog_of_parents(file, person) if day < full_age_on(person.birth_date, spans)
    ]
    begun = spell.starts_on or own
    return min([own, *(max(day, begun) for day in followed)])


def _stay_analog(spell: RegimeSpell, file: CaseFile, spans: Spans, surely: bool) -> date | None:
    if spell.regime != "asylblg_basic" or spell.expected or spell.starts_on is None:
        return None
    known = [
        one.starts_on
        for one in file.regimes
        if one.person_id == spell.person_id and one.regime in ASYLBLG and one.starts_on and not one.expected
    ]
    person = _person(file, spell.person_id)
    if person and person.arrived_on:
        known.append(person.arrived_on.latest() if surely else person.arrived_on.earliest())
    return spans.after(SpanName.ANALOG_BENEFITS, min(known))


def _analog_of_parents(file: CaseFile, child: Person) -> Iterator[date]:
    parents = {one.id for one in parents_of(file, child.id)}
    for one in file.regimes:
        if one.person_id in parents and one.regime == "asylblg_analog" and one.starts_on and not one.expected:
            yield one.starts_on


def child_title(person: Person, file: CaseFile, law: Law) -> ChildTitle | None:
    """Return what a child born in Germany without a paper needs, None for others and those who have one."""
    born_here = person.birth_country == GERMANY and person.birth_date and person.birth_date.day
    known = any(one.person_id == person.id for one in file.residence)
    if not born_here or GERMANY in person.nationalities or known:
        return None
    day, parents = born(person.birth_date), parents_of(file, person.id)
    if any(_is_german(one, file, law, day) for one in parents):
        return ChildTitle.GERMAN
    if any(_moves_freely(one, file, law, day) for one in (person, *parents)):
        return ChildTitle.FREE_MOVEMENT
    if _ex_officio(person, parents, file, law, day):
        return ChildTitle.EX_OFFICIO
    in_asylum = any(_has(file, one.id, titles.ASYLUM, day, law) for one in parents)
    return ChildTitle.ASYLUM if in_asylum else ChildTitle.NEEDED


def _is_german(parent: Person, file: CaseFile, law: Law, day: date) -> bool:
    """Return whether the child is German by this parent: a German, or long here with an unlimited title."""
    if GERMANY in parent.nationalities or _has(file, parent.id, {"german"}, day, law):
        return True
    if not _has(file, parent.id, titles.UNLIMITED, day, law):
        return False
    lawful = [
        one.valid_from
        for one in titles.of_person(file.residence, parent.id)
        if one.valid_from and one.status in titles.TITLED
    ]
    return bool(lawful) and later(min(lawful), law.spans.length(SpanName.GERMAN_BY_BIRTH, day)) <= day


def _moves_freely(person: Person, file: CaseFile, law: Law, day: date) -> bool:
    citizen = not law.free_movement.isdisjoint(person.nationalities)
    return citizen or _has(file, person.id, {"eu_free_movement"}, day, law)


def _ex_officio(child: Person, parents: tuple[Person, ...], file: CaseFile, law: Law, day: date) -> bool:
    """Return whether both parents, or the only one with custody, had a title on the day of birth."""
    alone = custodians_of(file, child.id)
    holders = alone if len(alone) == 1 else parents
    needed = 1 if len(alone) == 1 else 2
    titled = [one for one in holders if _has(file, one.id, titles.BINDING, day, law)]
    return len(titled) >= needed and len(titled) == len(holders)


def _has(file: CaseFile, person_id: str, status: AbstractSet[str], day: date, law: Law) -> bool:
    papers = titles.in_force_of(person_id, file, law)
    return any(one.status in status and titles.covers(one, day) for one in papers)


def born_here_until(person: Person, file: CaseFile, law: Law) -> date | None:
    """Return until when a title is to be applied for, for a child born in Germany that needs one.

    § 81 Abs. 2 AufenthG; None where no application is needed (``child_title``).
    """
    if child_title(person, file, law) is not ChildTitle.NEEDED:
        return None
    return law.spans.after(SpanName.CHILD_TITLE, born(person.birth_date))


def suspended_until(own: Iterable[ResidenceSpell], spans: Spans) -> date | None:
    """Return the last day of AsylbLG for a title by § 25 Abs. 5 AufenthG, None while nobody knows.

    It ends with the month in which the decision to suspend the deportation, the first Duldung that is
    entered, lies 18 months back (§ 1 Abs. 1 Nr. 3 c, Abs. 3 AsylbLG).
    """
    decided = [one.valid_from for one in own if one.status in titles.TOLERATIONS and one.valid_from]
    return month_end(spans.after(SpanName.SUSPENSION, min(decided))) if decided else None


def recognised_on(paper: ResidenceSpell, file: CaseFile) -> date | None:
    """Return the day of the notice by which the holder of a title by § 25 Abs. 1 or 2 was recognised."""
    named = read(paper.paragraph)
    if paper.status != titles.PERMIT or not (named.lies_in("25.1") or named.lies_in("25.2")):
        return None
    days = [
        one.asylum_decided_on
        for one in file.standings
        if one.person_id == paper.person_id and one.asylum_decision in RECOGNISED and one.asylum_decided_on
    ]
    return min(days, default=None)


def after_youth(person_id: str, day: date, file: CaseFile, law: Law) -> str:
    """Return which benefit (legal_regime) follows youth welfare by the papers that are valid on ``day``."""
    papers = titles.in_force_of(person_id, file, law)
    valid = [one for one in papers if titles.covers(one, day) and one.status not in NO_TITLE]
    last = max(valid, key=lambda one: one.valid_from or date.min, default=None)
    return "asylblg_basic" if last and last.status in law.without_sgb2 else "sgb2"


def full_age_on(birth: PartialDate | None, spans: Spans) -> date:
    """Return the day of full age (§ 2 BGB), the last of the calendar without a birth date."""
    return spans.after(SpanName.FULL_AGE, born(birth))


def born(birth: PartialDate | None) -> date:
    """Return the first day a birth date can mean, the last of the calendar without one."""
    return birth.earliest() if birth else date.max


def _person(file: CaseFile, person_id: str) -> Person | None:
    return next((one for one in file.persons if one.id == person_id), None)
