"""What lies ahead in residence, benefits, insurance and school: the forward alarms of a household.

How long each span is, by which law, stands in the data (``domain.law.spans``).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kimdesk.domain.agenda.due import Due
from kimdesk.domain.law.child_benefit import child_benefit_from
from kimdesk.domain.law.claims import (
    ChildTitle,
    after_youth,
    analog_on,
    born,
    born_here_until,
    child_title,
    full_age_on,
    recognised_on,
)
from kimdesk.domain.law.paragraphs import read
from kimdesk.domain.law.periods import DAY, month_end
from kimdesk.domain.law.regime_law import Law
from kimdesk.domain.law.spans import SpanName
from kimdesk.domain.law.titles import in_force
from kimdesk.domain.records import CaseFile, Person, RegimeChange, RegimeSpell, ResidenceSpell
from kimdesk.domain.regimes import ASYLBLG, NO_TITLE, TITLES, RegimeGap, current, gaps
from kimdesk.domain.terms import ItemState, Lane

_YOUTH = "sgb8"  # legal_regime
_GAP_RULES = {Lane.BENEFIT: "regime_ends", Lane.HEALTH_INSURANCE: "insurance_ends"}
_RENEWALS = {  # legal_regime: the rule here, and the rule of the law
    "sgb2": ("sgb2_renewal", "sgb2_renewal"),
    "sgb12": ("sgb12_renewal", "sgb12_renewal"),
    "wohngeld": ("housing_benefit_renewal", "housing_benefit_renewal"),
}
_ENDS = {Lane.COURSE: "course_ends", Lane.SCHOOL: "school_ends"}


def of_regimes(file: CaseFile, law: Law) -> Iterator[Due]:
    """Yield what follows from benefits, insurance, courses and school, once for a household."""
    spells = file.regimes
    for gap in _unfilled(spells):
        rule = _GAP_RULES.get(gap.before.lane)
        if rule:
            yield _gap_due(rule, gap, law)
    yield from _analog(file, law)
    for gap in gaps(spells):
        if gap.before.lane in _ENDS and gap.ends_on is None:
            yield of_spell(_ENDS[gap.before.lane], gap.starts_on - DAY, gap.before)


def _gap_due(rule: str, gap: RegimeGap, law: Law) -> Due:
    """Return what the end of a benefit or an insurance asks for: a renewal, or what is to follow."""
    spell, starts, ended = gap.before, gap.starts_on, gap.starts_on - DAY
    days = {"starts_on": starts, "ended_on": ended}
    rule = "asylblg_ends" if spell.regime in ASYLBLG else rule
    if spell.lane is not Lane.BENEFIT:
        return of_spell(rule, starts, spell, **days)
    renewal, deadline = _RENEWALS.get(spell.regime, ("", ""))
    day = law.last_day(deadline, ended) if renewal else None
    if day is None:
        return of_spell(rule, month_end(starts), spell, **days, counted_on=starts)
    if renewal == "housing_benefit_renewal":  # the rule says from when
        return replace(of_spell(renewal, ended, spell, **days, opens_on=day, counted_on=ended), since=day)
    return of_spell(renewal, day, spell, **days, counted_on=ended)


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


def _analog(file: CaseFile, law: Law) -> Iterator[Due]:
    """Yield when a stay has lasted so long that other benefits follow (§ 2 AsylbLG), unless they end."""
    told: set[date] = set()
    for spell in file.regimes:
        reached = analog_on(spell, file, law.spans)
        if reached and reached not in told and (spell.ends_on is None or spell.ends_on >= reached):
            told.add(reached)
            yield of_spell("analog_reached", reached, spell)


@dataclass(frozen=True, slots=True)
class TitleEnd:
    """A paper until the last day it is valid on by law, and the rule by which its end is told."""

    paper: ResidenceSpell
    rule: str


def endings(file: CaseFile, law: Law) -> tuple[TitleEnd, ...]:
    """Return the papers of a case that are there, in their order, each with how its end is told."""
    printed = {one.id: one.valid_until for one in file.residence}
    return tuple(
        TitleEnd(one, _end_rule(one, runs_on=printed[one.id] != one.valid_until))
        for one in in_force(file, law)
        if not one.expected
    )


def of_residence(file: CaseFile, law: Law) -> Iterator[Due]:
    """Yield what follows from residence titles, once for those of a household that end alike."""
    people: dict[str, list[TitleEnd]] = {}
    for each in endings(file, law):
        people.setdefault(each.paper.person_id, []).append(each)
    seen: set[tuple[str, date, str]] = set()
    for own in people.values():
        papers = [one.paper for one in own]
        for found in (*_title_end(_lasting(own), law), *_residence_rule(papers, file, law)):
            same = (found.rule, found.due_on, found.facts["status"])
            if same not in seen:
                seen.add(same)
                yield found


def _lasting(own: Sequence[TitleEnd]) -> TitleEnd | None:
    """Return the paper that lasts longest; one without an end lasts until a later one began."""
    papers = [one for one in own if one.paper.status not in NO_TITLE]
    last_begun = max((one.paper.valid_from for one in papers if one.paper.valid_from), default=date.min)
    standing = [
        one for one in papers if one.paper.valid_until or (one.paper.valid_from or date.max) >= last_begun
    ]
    return max(standing, key=lambda one: one.paper.valid_until or date.max, default=None)


def _title_end(ending: TitleEnd | None, law: Law) -> Iterator[Due]:
    """Yield what the end of a title asks for."""
    if ending is None or ending.paper.valid_until is None:
        return
    spell, until = ending.paper, ending.paper.valid_until
    if spell.applied_on is None or spell.applied_on > until:
        yield of_title(ending.rule, until, spell, counted_on=until)
    elif spell.certificate_on is None:
        yield of_title("certificate_missing", until, spell, applied_on=spell.applied_on)
    else:
        day = law.spans.after(SpanName.CERTIFICATE, spell.certificate_on)
        yield of_title("title_awaited", day, spell, certificate_on=spell.certificate_on)


def _end_rule(spell: ResidenceSpell, *, runs_on: bool) -> str:
    if runs_on:
        return "section24_ends"
    if spell.status not in TITLES:
        return "residence_paper_ends"
    return "section104c_ends" if read(spell.paragraph).section == "104c" else "residence_title_ends"


def _residence_rule(own: Iterable[ResidenceSpell], file: CaseFile, law: Law) -> Iterator[Due]:
    """Yield the end of the Wohnsitzregelung: from the recognition, else from the first title (§ 12a)."""
    bound = [one for one in own if one.residence_rule.strip() and one.valid_from and one.status in TITLES]
    first = min(bound, key=lambda one: one.valid_from or date.max, default=None)
    if first and first.valid_from:
        counted = min(recognised_on(first, file) or first.valid_from, first.valid_from)
        due = law.spans.after(SpanName.RESIDENCE_RULE, counted)
        yield of_title("residence_rule_ends", due, first, counted_on=counted)


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


def of_household(file: CaseFile, law: Law) -> Iterator[Due]:
    """Yield what follows from persons together with their spells; the kind is always „person“."""
    for person in file.persons:
        yield from _born_here(person, file, law)
        yield from _youth_ends(person, file, law)
    yield from _child_benefit(file, law)


def _born_here(person: Person, file: CaseFile, law: Law) -> Iterator[Due]:
    until = born_here_until(person, file, law)
    if until:
        day = born(person.birth_date).isoformat()
        yield Due("born_here", until, "person", person.id, {"person_id": person.id, "counted_on": day})
    elif child_title(person, file, law) is ChildTitle.ASYLUM:
        yield Due("born_in_asylum", born(person.birth_date), "person", person.id, {"person_id": person.id})


def _youth_ends(person: Person, file: CaseFile, law: Law) -> Iterator[Due]:
    """Yield the day of full age of whoever lives by youth welfare until then."""
    if not (person.birth_date and person.birth_date.day):
        return
    grown = full_age_on(person.birth_date, law.spans)
    spell = current(file.regimes, person.id, Lane.BENEFIT, grown - DAY)
    if spell and spell.regime == _YOUTH:
        facts = {"person_id": person.id, "to_regime": after_youth(person.id, grown, file, law)}
        yield Due("youth_ends", grown, "person", person.id, facts)


def _child_benefit(file: CaseFile, law: Law) -> Iterator[Due]:
    """Yield until when Kindergeld reaches back to the first month of the claim, once for a household."""
    told: set[date] = set()
    for person in file.persons:
        begun = child_benefit_from(person, file, law)
        due = law.last_day("child_benefit", begun) if begun else None
        if begun and due and due not in told:
            told.add(due)
            day = begun.isoformat()
            facts = {"person_id": person.id, "starts_on": day, "counted_on": day}
            yield Due("child_benefit", due, "person", person.id, facts)


def of_spell(rule: str, due: date, spell: RegimeSpell, **days: date) -> Due:
    """Return a date that follows from a spell, told with ``days``."""
    facts = {"regime": spell.regime, "lane": str(spell.lane), "person_id": spell.person_id}
    return Due(rule, due, "regime_spell", spell.id, facts | _iso(days))


def of_title(rule: str, due: date, spell: ResidenceSpell, **days: date) -> Due:
    """Return a date that follows from a residence paper, told with ``days``."""
    facts = {"status": spell.status, "paragraph": spell.paragraph, "person_id": spell.person_id}
    return Due(rule, due, "residence_spell", spell.id, facts | _iso(days))


def _iso(days: dict[str, date]) -> dict[str, str]:
    return {name: day.isoformat() for name, day in days.items()}
