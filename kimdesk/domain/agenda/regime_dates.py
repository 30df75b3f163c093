"""What lies ahead in residence, benefits, insurance and school: the forward alarms of a household.

Sources of the spans of time: § 1 Abs. 3 and § 2 Abs. 1 AsylbLG, § 12a Abs. 1 and § 81 AufenthG,
§ 37 Abs. 2 SGB II, § 70 Abs. 1 EStG, each in the state of 29 April 2026.
"""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from kimdesk.domain.agenda.due import Due, later
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import Person, RegimeChange, RegimeSpell, ResidenceSpell
from kimdesk.domain.regimes import DAY, Gap, gaps, holes
from kimdesk.domain.terms import ItemState, Lane

ASYLBLG = frozenset({"asylblg_basic", "asylblg_analog"})
TITLES = frozenset({"permit", "blue_card"})  # expiring titles to which § 81 Abs. 4 AufenthG applies
NO_TITLE = frozenset({"none", "unknown"})  # residence_status that are no paper
GERMANY, GERMAN = "000", "german"
ANALOG_MONTHS = 36  # § 2 Abs. 1 AsylbLG
RESIDENCE_RULE_MONTHS = 36  # § 12a Abs. 1 AufenthG
BORN_HERE_MONTHS = 6  # § 81 Abs. 2 AufenthG
CHILD_BENEFIT, CHILD_BENEFIT_MONTHS = "kindergeld", 6  # § 70 Abs. 1 EStG
FULL_AGE = 18
_CERTIFICATE_LASTS = timedelta(days=180)  # [D]: a Fiktionsbescheinigung rarely runs longer
_GAP_RULES = {Lane.BENEFIT: "regime_ends", Lane.HEALTH_INSURANCE: "insurance_ends"}
_ENDS = {Lane.COURSE: "course_ends", Lane.SCHOOL: "school_ends"}


def end_of_month(day: date) -> date:
    """Return the last day of the month of ``day`` (an application for SGB II counts from its 1st, § 37)."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_later(day: date, months: int) -> date:
    """Return the day ``months`` later, its month's last where it has no such day (§ 188 Abs. 3 BGB).

    The last day of the calendar stands for all that lie beyond.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def of_regimes(spells: Sequence[RegimeSpell]) -> Iterator[Due]:
    """Yield what follows from benefits, insurance, courses and school, once for a household."""
    for gap in _unfilled(spells):
        rule = _GAP_RULES.get(gap.before.lane)
        if rule:
            rule = "asylblg_ends" if gap.before.regime in ASYLBLG else rule
            due = end_of_month(gap.starts_on) if gap.before.lane is Lane.BENEFIT else gap.starts_on
            yield _of_spell(rule, due, gap.before, starts_on=gap.starts_on, ended_on=gap.starts_on - DAY)
    yield from _analog(spells)
    for gap in gaps(spells):
        if gap.before.lane in _ENDS and gap.ends_on is None:
            yield _of_spell(_ENDS[gap.before.lane], gap.starts_on - DAY, gap.before)


def _unfilled(spells: Sequence[RegimeSpell]) -> Iterator[Gap]:
    """Yield the gaps that nothing has filled, one for a household; insurance follows its benefit."""
    seen: set[tuple[Lane, date]] = set()
    found = sorted(gaps(spells), key=lambda gap: (gap.starts_on, gap.before.lane is not Lane.BENEFIT))
    for gap in found:
        lane, day = gap.before.lane, gap.starts_on
        told = lane is Lane.HEALTH_INSURANCE and (Lane.BENEFIT, day) in seen
        open_yet = gap.after is None or gap.after.expected
        if open_yet and (lane, day) not in seen and not told:
            seen.add((lane, day))
            yield gap


def _analog(spells: Sequence[RegimeSpell]) -> Iterator[Due]:
    """Yield when 36 months of basic benefits are reached, unless the change is entered or they end before."""
    told: set[date] = set()
    for spell in spells:
        reached = analog_on(spell, spells)
        if reached and reached not in told and (spell.ends_on is None or spell.ends_on >= reached):
            told.add(reached)
            yield _of_spell("analog_reached", reached, spell)


def analog_on(spell: RegimeSpell, spells: Iterable[RegimeSpell]) -> date | None:
    """Return when ``spell`` of basic benefits reaches 36 months, counted from the first day of AsylbLG.

    The law counts the stay, which may have begun earlier.
    """
    if spell.regime != "asylblg_basic" or spell.expected or spell.starts_on is None:
        return None
    earlier = [
        one.starts_on
        for one in spells
        if one.person_id == spell.person_id and one.regime in ASYLBLG and one.starts_on and not one.expected
    ]
    return months_later(min(earlier), ANALOG_MONTHS)


def of_residence(spells: Sequence[ResidenceSpell]) -> Iterator[Due]:
    """Yield what follows from residence titles, once for those of a household that end alike."""
    people: dict[str, list[ResidenceSpell]] = {}
    for spell in spells:
        if not spell.expected:
            people.setdefault(spell.person_id, []).append(spell)
    seen: set[tuple[str, date, str]] = set()
    for own in people.values():
        for found in (*_title_end(_lasting(own)), *_residence_rule(own)):
            same = (found.rule, found.due_on, found.facts["status"])
            if same not in seen:
                seen.add(same)
                yield found


def _lasting(own: Sequence[ResidenceSpell]) -> ResidenceSpell | None:
    """Return the paper that lasts longest; one without an end lasts until a later one began."""
    papers = [one for one in own if one.status not in NO_TITLE]
    last_begun = max((one.valid_from for one in papers if one.valid_from), default=date.min)
    standing = [one for one in papers if one.valid_until or (one.valid_from or date.max) >= last_begun]
    return max(standing, key=lambda one: one.valid_until or date.max, default=None)


def _title_end(spell: ResidenceSpell | None) -> Iterator[Due]:
    if spell is None or spell.valid_until is None:
        return
    until = spell.valid_until
    if spell.applied_on is None or spell.applied_on > until:
        rule = "residence_title_ends" if spell.status in TITLES else "residence_paper_ends"
        yield _of_title(rule, until, spell)
    elif spell.certificate_on is None:
        yield _of_title("certificate_missing", until, spell, applied_on=spell.applied_on)
    else:
        yield _of_title(
            "title_awaited",
            later(spell.certificate_on, _CERTIFICATE_LASTS),
            spell,
            certificate_on=spell.certificate_on,
        )


def _residence_rule(own: Iterable[ResidenceSpell]) -> Iterator[Due]:
    bound = [one for one in own if one.residence_rule.strip() and one.valid_from and one.status in TITLES]
    first = min(bound, key=lambda one: one.valid_from or date.max, default=None)
    if first and first.valid_from:
        yield _of_title("residence_rule_ends", months_later(first.valid_from, RESIDENCE_RULE_MONTHS), first)


def of_changes(changes: Iterable[RegimeChange]) -> Iterator[Due]:
    """Yield the changes of regime that are not handed over yet."""
    for change in changes:
        missing = sum(entry.state is ItemState.MISSING for entry in change.checklist)
        if change.done_on is None and missing:
            facts = {
                "regime": change.from_regime,
                "to_regime": change.to_regime,
                "missing": str(missing),
                "person_id": change.person_id,
            }
            yield Due("change_open", change.changes_on, "regime_change", change.id, facts)


def of_household(
    persons: Sequence[Person], residence: Sequence[ResidenceSpell], regimes: Sequence[RegimeSpell]
) -> Iterator[Due]:
    """Yield what follows from persons together with their spells; the kind is always „person“."""
    for person in persons:
        yield from _born_here(person, residence)
    yield from _child_benefit(persons, regimes)


def born_here_until(person: Person, residence: Iterable[ResidenceSpell]) -> date | None:
    """Return until when a title is to be applied for, for a child born in Germany that has none yet."""
    exact = person.birth_date and person.birth_date.day
    titled = any(one.person_id == person.id for one in residence)
    if not exact or person.birth_country != GERMANY or GERMANY in person.nationalities or titled:
        return None
    return months_later(_born(person.birth_date), BORN_HERE_MONTHS)


def _born_here(person: Person, residence: Iterable[ResidenceSpell]) -> Iterator[Due]:
    until = born_here_until(person, residence)
    if until and person.birth_date and until < months_later(_born(person.birth_date), 12 * FULL_AGE):
        yield Due("born_here", until, "person", person.id, {"person_id": person.id})


def _child_benefit(persons: Sequence[Person], regimes: Sequence[RegimeSpell]) -> Iterator[Due]:
    """Yield until when Kindergeld reaches back to the month in which AsylbLG ended for the household."""
    left = _left_asylblg(regimes)
    if left is None:
        return
    due = end_of_month(months_later(left.replace(day=1), CHILD_BENEFIT_MONTHS))
    for person in persons:
        minor = person.birth_date and left < months_later(_born(person.birth_date), 12 * FULL_AGE)
        paid = any(one.person_id == person.id and one.regime == CHILD_BENEFIT for one in regimes)
        if minor and not paid:
            facts = {"person_id": person.id, "starts_on": left.isoformat()}
            yield Due("child_benefit", due, "person", person.id, facts)
            return


def _left_asylblg(regimes: Sequence[RegimeSpell]) -> date | None:
    """Return the first day after AsylbLG, None while anybody is in it or none ever was."""
    asylum = [one for one in regimes if one.regime in ASYLBLG and not one.expected and one.starts_on]
    if any(one.ends_on is None for one in asylum):
        return None
    ended = [*holes(asylum, lambda one: one.starts_on or date.min, lambda one: one.ends_on)]
    return ended[-1].starts_on if ended else None


def _born(birth: PartialDate | None) -> date:
    return birth.earliest() if birth else date.max


def _of_spell(rule: str, due: date, spell: RegimeSpell, **days: date) -> Due:
    facts = {"regime": spell.regime, "lane": str(spell.lane), "person_id": spell.person_id}
    return Due(rule, due, "regime_spell", spell.id, facts | _iso(days))


def _of_title(rule: str, due: date, spell: ResidenceSpell, **days: date) -> Due:
    facts = {"status": spell.status, "paragraph": spell.paragraph, "person_id": spell.person_id}
    return Due(rule, due, "residence_spell", spell.id, facts | _iso(days))


def _iso(days: dict[str, date]) -> dict[str, str]:
    return {name: day.isoformat() for name, day in days.items()}
