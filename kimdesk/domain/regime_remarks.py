"""What is wrong in the spells of a household, and since when: gaps, overlaps, missing papers.

A remark names a rule by its code; words, source and validity of each rule stand in
``resources/rules/regimes.toml``. What the law excludes beside each other comes in as ``Law``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from kimdesk.domain.kinds import ref_of
from kimdesk.domain.law.claims import analog_on, born_here_until, full_age_on
from kimdesk.domain.law.periods import DAY
from kimdesk.domain.law.spans import Spans
from kimdesk.domain.records import CaseFile, Person, RecordRef, RegimeSpell, ResidenceSpell
from kimdesk.domain.regimes import ASYLBLG, NO_TITLE, Hole, RegimeGap, certain_gaps, holes, overlaps
from kimdesk.domain.terms import Lane

SGB2 = "sgb2"
UKRAINE = "166"
_SECTION_24 = re.compile(r"(?<!\d)24(?!\d)")  # § 24 AufenthG, as people write it
_VERDICTS = {"excluded": "excluded_pair", "allowed": "", "": "unknown_pair"}


@dataclass(frozen=True, slots=True)
class Law:
    """What the rules need to know: the spans of the law, verdicts over pairs, who has no claim to SGB II."""

    spans: Spans
    pairs: Mapping[frozenset[str], str] = field(default_factory=dict)  # "excluded", "allowed"
    without_sgb2: frozenset[str] = frozenset()  # residence_status
    ukraine_since: date = date.max  # first titled from this day on: planned to be in AsylbLG
    ukraine_from: date = date.max  # from when that is planned to hold


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at: by which rule, whom, in which strand (None: the title), which days.

    ``ends_on`` is None while it lasts. ``refs`` are the records it follows from.
    """

    rule: str
    person_id: str
    lane: Lane | None
    starts_on: date
    ends_on: date | None
    refs: tuple[RecordRef, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    def days(self, today: date) -> int:
        """Return how many days it lasted; while it lasts, up to and including ``today``."""
        return max(((self.ends_on or today) - self.starts_on).days + 1, 0)

    def lasts(self, today: date) -> bool:
        """Return whether it is so on ``today``."""
        return self.starts_on <= today and (self.ends_on is None or self.ends_on >= today)


def remarks(file: CaseFile, today: date, law: Law) -> tuple[Remark, ...]:
    """Return what is to be said on ``today``: what lasts first, then the latest."""
    found = [
        *_gaps(file.regimes, today),
        *_overlaps(file.regimes, law),
        *_titles(file.residence, today),
        *_without_right(file, law),
        *_analog(file.regimes, today, law.spans),
        *_born_here(file, today, law.spans),
        *_ukraine(file, law),
    ]
    lanes = [*Lane, None]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                not one.lasts(today),
                -one.starts_on.toordinal(),
                lanes.index(one.lane),
                one.rule,
            ),
        )
    )


def _gaps(spells: Iterable[RegimeSpell], today: date) -> Iterator[Remark]:
    for gap in certain_gaps(spells):
        if gap.before.lane not in (Lane.BENEFIT, Lane.HEALTH_INSURANCE):
            continue
        if gap.ends_on is None and gap.starts_on > today:
            continue  # an end to come is an alarm, not a gap
        after = gap.after or gap.planned
        refs = tuple(ref_of(one) for one in (gap.before, after) if one)
        facts = {"before": gap.before.regime, "after": after.regime if after else ""}
        if gap.after is None and gap.planned and gap.planned.starts_on:
            facts["planned_on"] = gap.planned.starts_on.isoformat()
        yield Remark(
            _gap_rule(gap),
            gap.before.person_id,
            gap.before.lane,
            gap.starts_on,
            gap.ends_on,
            refs,
            facts,
        )


def _gap_rule(gap: RegimeGap) -> str:
    if gap.before.lane is Lane.HEALTH_INSURANCE:
        return "gap_insurance"
    after = gap.after or gap.planned
    if gap.before.regime in ASYLBLG and (after is None or after.regime == SGB2):
        return "gap_asylblg_sgb2"
    if gap.before.regime == SGB2 and after and after.regime in ASYLBLG:
        return "gap_sgb2_asylblg"
    return "gap_to_asylblg" if after and after.regime in ASYLBLG else "gap_benefit"


def _overlaps(spells: Iterable[RegimeSpell], law: Law) -> Iterator[Remark]:
    for found in overlaps(one for one in spells if not one.expected):
        both = (found.first, found.second)
        rule = _overlap_rule(found.first, found.second, law)
        if rule:
            facts = {"before": found.first.regime, "after": found.second.regime}
            refs = tuple(ref_of(one) for one in both)
            person, lane = found.first.person_id, found.first.lane
            yield Remark(rule, person, lane, found.starts_on, found.ends_on, refs, facts)


def _overlap_rule(first: RegimeSpell, second: RegimeSpell, law: Law) -> str:
    if first.regime == second.regime:
        return "double_entry"
    if first.lane is Lane.HEALTH_INSURANCE:
        return "double_insurance"
    return _VERDICTS[law.pairs.get(frozenset({first.regime, second.regime}), "")]


def _titles(spells: Iterable[ResidenceSpell], today: date) -> Iterator[Remark]:
    papers = [one for one in spells if not one.expected and one.status not in NO_TITLE]
    papers.sort(key=lambda one: one.person_id)
    for _, own in groupby(papers, key=lambda one: one.person_id):
        for hole in holes([*own], lambda one: one.valid_from or date.min, lambda one: one.valid_until):
            rule = _title_rule(hole, today)
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


def _title(rule: str, hole: Hole[ResidenceSpell]) -> Remark:
    before = hole.before
    facts = {"status": before.status, "paragraph": before.paragraph}
    if before.applied_on:
        facts["applied_on"] = before.applied_on.isoformat()
    if before.valid_until:
        facts["valid_until"] = before.valid_until.isoformat()
    refs = tuple(ref_of(one) for one in (before, hole.after) if one)
    return Remark(rule, before.person_id, None, hole.starts_on, hole.ends_on, refs, facts)


def _without_right(file: CaseFile, law: Law) -> Iterator[Remark]:
    """Yield SGB II on days on which the only papers entered give no claim to it."""
    for spell in file.regimes:
        if spell.regime != SGB2 or spell.expected or spell.starts_on is None:
            continue
        own = [one for one in file.residence if one.person_id == spell.person_id and not one.expected]
        for paper in own:
            if paper.status not in law.without_sgb2:
                continue
            starts = max(spell.starts_on, paper.valid_from or date.min)
            ends = min(spell.ends_on or date.max, paper.valid_until or date.max)
            others = [one for one in own if one.status not in law.without_sgb2 and one.status not in NO_TITLE]
            if starts <= ends and not any(_covers(one, starts, ends) for one in others):
                yield Remark(
                    "sgb2_without_right",
                    spell.person_id,
                    Lane.BENEFIT,
                    starts,
                    None if ends == date.max else ends,
                    (ref_of(spell), ref_of(paper)),
                    {"status": paper.status},
                )


def _covers(paper: ResidenceSpell, starts: date, ends: date) -> bool:
    return (paper.valid_from or date.min) <= ends and (paper.valid_until or date.max) >= starts


def _analog(spells: tuple[RegimeSpell, ...], today: date, spans: Spans) -> Iterator[Remark]:
    for spell in spells:
        reached = analog_on(spell, spells, spans)
        if reached and reached <= today and (spell.ends_on is None or spell.ends_on >= today):
            starts = max(reached, spell.starts_on or reached)
            yield Remark("analog_due", spell.person_id, Lane.BENEFIT, starts, spell.ends_on, (ref_of(spell),))


def _born_here(file: CaseFile, today: date, spans: Spans) -> Iterator[Remark]:
    for person in file.persons:
        until = born_here_until(person, file.residence, spans)
        if until and until < today < full_age_on(person.birth_date, spans):
            yield Remark("born_here_late", person.id, None, until + DAY, None, (ref_of(person),))


def _ukraine(file: CaseFile, law: Law) -> Iterator[Remark]:
    """Yield what a planned law would change for people from Ukraine titled late (§ 24 AufenthG)."""
    people: dict[str, Person] = {one.id: one for one in file.persons if UKRAINE in one.nationalities}
    for spell in file.regimes:
        runs_then = spell.ends_on is None or spell.ends_on >= law.ukraine_from
        if spell.person_id not in people or spell.regime != SGB2 or not runs_then:
            continue
        titled = [
            one.valid_from
            for one in file.residence
            if one.person_id == spell.person_id and _SECTION_24.search(one.paragraph) and one.valid_from
        ]
        if titled and min(titled) >= law.ukraine_since:
            starts = max(law.ukraine_from, spell.starts_on or law.ukraine_from)
            yield Remark(
                "ukraine_planned", spell.person_id, Lane.BENEFIT, starts, spell.ends_on, (ref_of(spell),)
            )
