"""What lies ahead in residence, benefits, insurance and school: the forward alarms of a household.

How long each span is, by which law, stands in the data (``domain.law.spans``).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kimdesk.domain.agenda.due import Due
from kimdesk.domain.law.claims import analog_on, born_here_until, full_age_on
from kimdesk.domain.law.periods import DAY, month_end
from kimdesk.domain.law.spans import SpanName, Spans
from kimdesk.domain.records import Person, RegimeChange, RegimeSpell, ResidenceSpell
from kimdesk.domain.regimes import ASYLBLG, NO_TITLE, TITLES, RegimeGap, gaps
from kimdesk.domain.terms import ItemState, Lane

_CHILD_BENEFIT = "kindergeld"  # legal_regime
_GAP_RULES = {Lane.BENEFIT: "regime_ends", Lane.HEALTH_INSURANCE: "insurance_ends"}
_ENDS = {Lane.COURSE: "course_ends", Lane.SCHOOL: "school_ends"}


def of_regimes(spells: Sequence[RegimeSpell], spans: Spans) -> Iterator[Due]:
    """Yield what follows from benefits, insurance, courses and school, once for a household."""
    for gap in _unfilled(spells):
        rule = _GAP_RULES.get(gap.before.lane)
        if rule:
            rule = "asylblg_ends" if gap.before.regime in ASYLBLG else rule
            due = month_end(gap.starts_on) if gap.before.lane is Lane.BENEFIT else gap.starts_on
            yield _of_spell(rule, due, gap.before, starts_on=gap.starts_on, ended_on=gap.starts_on - DAY)
    yield from _analog(spells, spans)
    for gap in gaps(spells):
        if gap.before.lane in _ENDS and gap.ends_on is None:
            yield _of_spell(_ENDS[gap.before.lane], gap.starts_on - DAY, gap.before)


def _unfilled(spells: Sequence[RegimeSpell]) -> Iterator[RegimeGap]:
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


def _analog(spells: Sequence[RegimeSpell], spans: Spans) -> Iterator[Due]:
    """Yield when basic benefits have lasted so long that others follow (§ 2 AsylbLG), unless they end."""
    told: set[date] = set()
    for spell in spells:
        reached = analog_on(spell, spells, spans)
        if reached and reached not in told and (spell.ends_on is None or spell.ends_on >= reached):
            told.add(reached)
            yield _of_spell("analog_reached", reached, spell)


def of_residence(spells: Sequence[ResidenceSpell], spans: Spans) -> Iterator[Due]:
    """Yield what follows from residence titles, once for those of a household that end alike."""
    people: dict[str, list[ResidenceSpell]] = {}
    for spell in spells:
        if not spell.expected:
            people.setdefault(spell.person_id, []).append(spell)
    seen: set[tuple[str, date, str]] = set()
    for own in people.values():
        for found in (*_title_end(_lasting(own), spans), *_residence_rule(own, spans)):
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


def _title_end(spell: ResidenceSpell | None, spans: Spans) -> Iterator[Due]:
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
            spans.after(SpanName.CERTIFICATE, spell.certificate_on),
            spell,
            certificate_on=spell.certificate_on,
        )


def _residence_rule(own: Iterable[ResidenceSpell], spans: Spans) -> Iterator[Due]:
    bound = [one for one in own if one.residence_rule.strip() and one.valid_from and one.status in TITLES]
    first = min(bound, key=lambda one: one.valid_from or date.max, default=None)
    if first and first.valid_from:
        yield _of_title("residence_rule_ends", spans.after(SpanName.RESIDENCE_RULE, first.valid_from), first)


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
    persons: Sequence[Person],
    residence: Sequence[ResidenceSpell],
    regimes: Sequence[RegimeSpell],
    spans: Spans,
) -> Iterator[Due]:
    """Yield what follows from persons together with their spells; the kind is always „person“."""
    for person in persons:
        yield from _born_here(person, residence, spans)
    yield from _child_benefit(persons, regimes, spans)


def _born_here(person: Person, residence: Iterable[ResidenceSpell], spans: Spans) -> Iterator[Due]:
    until = born_here_until(person, residence, spans)
    if until:
        yield Due("born_here", until, "person", person.id, {"person_id": person.id})


def _child_benefit(persons: Sequence[Person], regimes: Sequence[RegimeSpell], spans: Spans) -> Iterator[Due]:
    """Yield until when Kindergeld reaches back to the month in which AsylbLG ended for the household."""
    left = _left_asylblg(regimes)
    if left is None:
        return
    due = month_end(spans.after(SpanName.CHILD_BENEFIT, left))
    for person in persons:
        minor = person.birth_date and left < full_age_on(person.birth_date, spans)
        paid = any(one.person_id == person.id and one.regime == _CHILD_BENEFIT for one in regimes)
        if minor and not paid:
            facts = {"person_id": person.id, "starts_on": left.isoformat()}
            yield Due("child_benefit", due, "person", person.id, facts)
            return


def _left_asylblg(regimes: Sequence[RegimeSpell]) -> date | None:
    """Return the first day after AsylbLG, None while anybody is in it or none ever was."""
    asylum = [one for one in regimes if one.regime in ASYLBLG and not one.expected and one.starts_on]
    last = max((one.ends_on or date.max for one in asylum), default=date.max)
    return last + DAY if last < date.max else None


def _of_spell(rule: str, due: date, spell: RegimeSpell, **days: date) -> Due:
    facts = {"regime": spell.regime, "lane": str(spell.lane), "person_id": spell.person_id}
    return Due(rule, due, "regime_spell", spell.id, facts | _iso(days))


def _of_title(rule: str, due: date, spell: ResidenceSpell, **days: date) -> Due:
    facts = {"status": spell.status, "paragraph": spell.paragraph, "person_id": spell.person_id}
    return Due(rule, due, "residence_spell", spell.id, facts | _iso(days))


def _iso(days: dict[str, date]) -> dict[str, str]:
    return {name: day.isoformat() for name, day in days.items()}
