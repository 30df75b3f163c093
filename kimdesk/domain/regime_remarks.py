"""What is wrong in the spells of a household, and since when: gaps, overlaps, missing papers.

A remark names a rule by its code; words, source and validity of each rule stand in
``resources/rules/regimes.toml``. What the law excludes beside each other comes in as ``Law``.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from kimdesk.domain import title_remarks
from kimdesk.domain.kinds import ref_of
from kimdesk.domain.law.claims import analog_on
from kimdesk.domain.law.regime_law import Law
from kimdesk.domain.records import CaseFile, RegimeSpell
from kimdesk.domain.regimes import ASYLBLG, RegimeGap, certain_gaps, overlaps
from kimdesk.domain.remark import Remark
from kimdesk.domain.terms import Lane

SGB2 = "sgb2"
_VERDICTS = {"excluded": "excluded_pair", "allowed": "", "": "unknown_pair"}


def remarks(file: CaseFile, today: date, law: Law) -> tuple[Remark, ...]:
    """Return what is to be said on ``today``: what lasts first, then the latest."""
    found = [
        *_gaps(file.regimes, today),
        *_overlaps(file.regimes, law),
        *title_remarks.of_titles(file, today, law),
        *title_remarks.without_right(file, law),
        *title_remarks.unclear(file, today, law),
        *_analog(file, today, law),
        *title_remarks.of_children(file, today, law),
        *title_remarks.of_ukraine(file, law),
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


def _analog(file: CaseFile, today: date, law: Law) -> Iterator[Remark]:
    for spell in file.regimes:
        reached = analog_on(spell, file, law.spans, surely=True)
        if reached and reached <= today and (spell.ends_on is None or spell.ends_on >= today):
            starts = max(reached, spell.starts_on or reached)
            yield Remark("analog_due", spell.person_id, Lane.BENEFIT, starts, spell.ends_on, (ref_of(spell),))
