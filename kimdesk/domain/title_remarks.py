"""What is to be said about residence papers: those that ended, and those that do not fit the benefit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from kimdesk.domain.kinds import ref_of
from kimdesk.domain.law import titles
from kimdesk.domain.law.claims import (
    ChildTitle,
    born,
    born_here_until,
    child_title,
    full_age_on,
    suspended_until,
)
from kimdesk.domain.law.paragraphs import read
from kimdesk.domain.law.periods import DAY
from kimdesk.domain.law.regime_law import Law
from kimdesk.domain.records import CaseFile, RegimeSpell, ResidenceSpell
from kimdesk.domain.regimes import ASYLBLG, NO_TITLE, Hole, holes
from kimdesk.domain.remark import Remark
from kimdesk.domain.terms import Lane

SGB2 = "sgb2"
UKRAINE = "166"
_CHILD_RULES = {ChildTitle.EX_OFFICIO: "child_ex_officio", ChildTitle.GERMAN: "child_german"}


def of_titles(file: CaseFile, today: date, law: Law) -> Iterator[Remark]:
    """Yield papers that ended without what must follow, and holes between papers."""
    papers = [one for one in titles.in_force(file, law) if not one.expected and one.status not in NO_TITLE]
    papers.sort(key=lambda one: one.person_id)
    for _, own in groupby(papers, key=lambda one: one.person_id):
        known = [*own]
        for hole in holes(known, lambda one: one.valid_from or date.min, lambda one: one.valid_until):
            rule = _title_rule(hole, today)
            if rule == "title_ended" and _may_run_on(hole, known, today, law):
                rule = "section24_ask"
            if rule:
                yield _title(rule, hole)


def _title_rule(hole: Hole[ResidenceSpell], today: date) -> str:
    before, applied = hole.before, hole.before.applied_on
    in_time = applied is not None and applied < hole.starts_on
    if hole.starts_on > today:
        return ""
    if hole.after is not None:
        return "" if in_time else "title_interrupted"
    if applied is None:
        return "title_ended"
    if not in_time:
        return "applied_late"
    return "certificate_missing" if before.certificate_on is None else ""


def _may_run_on(hole: Hole[ResidenceSpell], own: list[ResidenceSpell], today: date, law: Law) -> bool:
    """Return whether the title runs on by law if its holder belongs to one of the groups the law names."""
    until, continuation = titles.continued(hole.before, own, law)
    return continuation is not None and until is not None and today <= until


def _title(rule: str, hole: Hole[ResidenceSpell]) -> Remark:
    before = hole.before
    facts = {"status": before.status, "paragraph": before.paragraph}
    if before.applied_on:
        facts["applied_on"] = before.applied_on.isoformat()
    if before.valid_until:
        facts["valid_until"] = before.valid_until.isoformat()
    refs = tuple(ref_of(one) for one in (before, hole.after) if one)
    return Remark(rule, before.person_id, None, hole.starts_on, hole.ends_on, refs, facts)


@dataclass(frozen=True, slots=True)
class _Barred:
    """Days on which a paper leads to AsylbLG, by which rule that is said of SGB II beside it."""

    rule: str
    starts: date
    ends: date


def _barred(paper: ResidenceSpell, own: list[ResidenceSpell], law: Law) -> _Barred | None:
    starts, ends = paper.valid_from or date.min, paper.valid_until or date.max
    if paper.status in law.without_sgb2:
        return _Barred("sgb2_without_right", starts, ends)
    named = read(paper.paragraph)
    if paper.status != titles.PERMIT:
        return None
    if named.lies_in("25.4.1"):
        return _Barred("sgb2_by_title", starts, ends)
    last = suspended_until(own, law.spans) if named.lies_in("25.5") else None
    return _Barred("sgb2_by_title", starts, min(ends, last)) if last and last >= starts else None


def without_right(file: CaseFile, law: Law) -> Iterator[Remark]:
    """Yield SGB II on days on which the only papers entered give no claim to it."""
    papers = titles.in_force(file, law)
    for spell in file.regimes:
        if spell.regime != SGB2 or spell.expected or spell.starts_on is None:
            continue
        own = titles.of_person(papers, spell.person_id)
        barred = {one.id: found for one in own if (found := _barred(one, own, law))}
        others = [one for one in own if one.id not in barred and one.status not in NO_TITLE]
        for paper in own:
            found = barred.get(paper.id)
            if found and (remark := _beside(spell, paper, found, others)):
                yield remark


def _beside(
    spell: RegimeSpell, paper: ResidenceSpell, barred: _Barred, others: list[ResidenceSpell]
) -> Remark | None:
    starts = max(spell.starts_on or date.min, barred.starts)
    ends = min(spell.ends_on or date.max, barred.ends)
    if starts > ends or any(_meets(one, starts, ends) for one in others):
        return None
    facts = {"status": paper.status}
    if barred.rule == "sgb2_by_title":
        facts["paragraph"] = paper.paragraph
    last = None if ends == date.max else ends
    refs = (ref_of(spell), ref_of(paper))
    return Remark(barred.rule, spell.person_id, Lane.BENEFIT, starts, last, refs, facts)


def _meets(paper: ResidenceSpell, starts: date, ends: date) -> bool:
    return (paper.valid_from or date.min) <= ends and (paper.valid_until or date.max) >= starts


def unclear(file: CaseFile, today: date, law: Law) -> Iterator[Remark]:
    """Yield titles of which AsylbLG or SGB II follows from something that is not entered: it is asked for."""
    for paper in titles.in_force(file, law):
        own = titles.of_person(file.residence, paper.person_id)
        rule = _open_question(paper, own, law)
        living = {
            one.regime for one in file.regimes if one.person_id == paper.person_id and _runs(one, today)
        }
        if rule and titles.covers(paper, today) and living & {*ASYLBLG, SGB2}:
            begins = paper.valid_from or today
            facts = {"status": paper.status, "paragraph": paper.paragraph}
            yield Remark(rule, paper.person_id, None, begins, paper.valid_until, (ref_of(paper),), facts)


def _open_question(paper: ResidenceSpell, own: list[ResidenceSpell], law: Law) -> str:
    named = read(paper.paragraph)
    if paper.status != titles.PERMIT or paper.expected:
        return ""
    if named.lies_in("25.5"):
        return "" if suspended_until(own, law.spans) else "suspension_unknown"
    unsure = named.may_lie_in("25.4.1") and named.part and not named.sentence
    return "title_unclear" if unsure or (named.may_lie_in("23.1")) else ""


def _runs(spell: RegimeSpell, day: date) -> bool:
    begun = spell.starts_on is not None and spell.starts_on <= day and not spell.expected
    return begun and (spell.ends_on is None or spell.ends_on >= day)


def of_children(file: CaseFile, today: date, law: Law) -> Iterator[Remark]:
    """Yield children born in Germany whose title is late, comes by itself, or is not needed."""
    for person in file.persons:
        need = child_title(person, file, law)
        if need is None or today >= full_age_on(person.birth_date, law.spans):
            continue
        until = born_here_until(person, file, law)
        if until and until < today:
            yield Remark("born_here_late", person.id, None, until + DAY, None, (ref_of(person),))
        elif need in _CHILD_RULES and born(person.birth_date) <= today:
            day = born(person.birth_date)
            yield Remark(_CHILD_RULES[need], person.id, None, day, None, (ref_of(person),))


def of_ukraine(file: CaseFile, law: Law) -> Iterator[Remark]:
    """Yield what a planned law would change for people from Ukraine titled late (§ 24 AufenthG)."""
    people = {one.id for one in file.persons if UKRAINE in one.nationalities}
    for spell in file.regimes:
        runs_then = spell.ends_on is None or spell.ends_on >= law.ukraine_from
        if spell.person_id not in people or spell.regime != SGB2 or not runs_then:
            continue
        titled = [
            one.valid_from
            for one in file.residence
            if one.person_id == spell.person_id and read(one.paragraph).section == "24" and one.valid_from
        ]
        if titled and min(titled) >= law.ukraine_since:
            starts = max(law.ukraine_from, spell.starts_on or law.ukraine_from)
            refs = (ref_of(spell),)
            yield Remark("ukraine_planned", spell.person_id, Lane.BENEFIT, starts, spell.ends_on, refs)
