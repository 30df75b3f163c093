"""The dates of the law that follow from facts of a case: recognition, title, training, work, stays abroad.

Each is worked out by its rule in ``resources/rules/deadlines.toml`` (``Law.last_day``); a rule that a layer
lacks tells nothing. The day it counts from is told with it (``counted_on``).
"""

from collections.abc import Iterator
from datetime import date

from kimdesk.domain.agenda.due import Due
from kimdesk.domain.kinds import ref_of
from kimdesk.domain.law import titles
from kimdesk.domain.law.claims import RECOGNISED, full_age_on, recognised_on, suspended_until
from kimdesk.domain.law.paragraphs import read
from kimdesk.domain.law.periods import DAY, full_on, month_end
from kimdesk.domain.law.regime_law import Law, TitleList
from kimdesk.domain.law.spans import SpanName
from kimdesk.domain.records import CaseFile, Record, RegimeSpell, ResidenceSpell, Standing
from kimdesk.domain.regimes import ASYLBLG, current, gaps
from kimdesk.domain.terms import Lane

_EMPLOYED = frozenset({"full_time", "part_time", "apprenticeship"})  # work
_EARNING = _EMPLOYED | {"marginal", "self_employed", "internship"}  # work
_COURSES = frozenset({"integration", "integration_special", "waiting"})  # course
_REFUGEES = frozenset({"asylum", "refugee"})  # asylum_decision
_MAY_WORK = frozenset({"allowed", "no_self_employment"})  # employment_permission
_WORKING_AGE = 15  # § 2 JArbSchG
_FICTIONS = frozenset({"fiction_81_3", "fiction_81_4"})  # residence_status
_OWN_LIVING = frozenset({"sgb2", "sgb12"})  # legal_regime


def of_work(file: CaseFile, law: Law) -> Iterator[Due]:
    """Yield what the beginning and the end of work ask for."""
    for spell in file.regimes:
        if spell.lane is Lane.WORK and spell.regime in _EARNING and spell.starts_on:
            benefit = current(file.regimes, spell.person_id, Lane.BENEFIT, spell.starts_on)
            if benefit and benefit.regime in ASYLBLG:
                yield from _of_spell("work_in_asylblg", "asylblg_work_report", spell.starts_on, spell, law)
        if spell.lane is Lane.WORK and spell.regime == "apprenticeship" and spell.starts_on:
            yield from _training(spell.person_id, spell.starts_on, spell, file, law)
    for gap in gaps(one for one in file.regimes if one.lane is Lane.WORK):
        before = gap.before
        if gap.ends_on is None and before.regime in _EMPLOYED:
            yield from _of_spell("unemployed", "unemployed_report", gap.starts_on, before, law)
            if before.regime != "apprenticeship":
                yield from _of_spell("work_ends", "job_seeker", gap.starts_on - DAY, before, law)


def _of_spell(rule: str, deadline: str, day: date, spell: RegimeSpell, law: Law) -> Iterator[Due]:
    facts = {"regime": spell.regime, "lane": str(spell.lane), "person_id": spell.person_id}
    yield from _derived(rule, deadline, day, spell, facts, law)


def _derived(
    rule: str, deadline: str, day: date, record: Record, facts: dict[str, str], law: Law
) -> Iterator[Due]:
    """Yield the day by the rule ``deadline`` of the law, counted from ``day``, which stands in ``record``."""
    due, ref = law.last_day(deadline, day), ref_of(record)
    if due:
        yield Due(rule, due, ref.kind, ref.id, facts | {"counted_on": day.isoformat()})


def of_titles(file: CaseFile, law: Law) -> Iterator[Due]:
    """Yield what the first days of titles ask for, once for those of a household that ask alike."""
    seen: set[tuple[str, date]] = set()
    for person in file.persons:
        for found in _of_person(person.id, file, law):
            if (found.rule, found.due_on) not in seen:
                seen.add((found.rule, found.due_on))
                yield found


def _of_person(person_id: str, file: CaseFile, law: Law) -> Iterator[Due]:
    """Yield what the titles of a person ask for: family, a course, another benefit."""
    own = titles.of_person(file.residence, person_id)
    permits = [one for one in own if one.status == titles.PERMIT and one.valid_from]
    permits.sort(key=lambda one: one.valid_from or date.min)
    if not any(one.person_id == person_id and one.asylum_final_on for one in file.standings):
        yield from _family_unknown(permits)
    yield from _course(person_id, permits, file, law)
    yield from _suspended(person_id, permits, own, file, law)
    yield from _leaves_asylblg(own, file, law)
    yield from _may_work(person_id, own, file, law)


def _family_unknown(permits: list[ResidenceSpell]) -> Iterator[Due]:
    """Yield that the day is missing from which the three months of family reunion run: they run already."""
    for permit in permits:
        named = read(permit.paragraph)
        refugee = named.lies_in("25.1") or (named.lies_in("25.2") and named.alternative != "2")
        if refugee and permit.valid_from:
            yield Due("family_unknown", permit.valid_from, "residence_spell", permit.id, _told(permit))
            return


def _course(person_id: str, permits: list[ResidenceSpell], file: CaseFile, law: Law) -> Iterator[Due]:
    """Yield when the right to the integration course ends (§ 44 Abs. 2 AufenthG), unless one is entered."""
    learns = any(
        one.person_id == person_id and one.lane is Lane.COURSE and one.regime in _COURSES
        for one in file.regimes
    )
    giving = [one for one in permits if law.names(TitleList.COURSE_RIGHT, read(one.paragraph))]
    if learns or not giving or not giving[0].valid_from:
        return
    first, day = giving[0], giving[0].valid_from
    birth = next((one.birth_date for one in file.persons if one.id == person_id), None)
    if birth is None or full_age_on(birth, law.spans) <= day:
        yield from _derived("course_right_ends", "integration_course", day, first, _told(first), law)


def _suspended(
    person_id: str, permits: list[ResidenceSpell], own: list[ResidenceSpell], file: CaseFile, law: Law
) -> Iterator[Due]:
    """Yield until when an application for SGB II reaches back to the end of AsylbLG by § 25 Abs. 5."""
    permit = next((one for one in permits if read(one.paragraph).lies_in("25.5")), None)
    last = suspended_until(own, law.spans)
    if permit is None or last is None or last >= date.max - DAY:
        return
    starts, begun = last + DAY, permit.valid_from or date.min
    living = current(file.regimes, person_id, Lane.BENEFIT, last)
    follows = any(
        one.person_id == person_id and one.regime in _OWN_LIVING and one.starts_on and one.starts_on >= begun
        for one in file.regimes
    )
    if begun <= last and living and living.regime in ASYLBLG and not follows:
        first = starts.isoformat()
        days = {"starts_on": first, "ended_on": last.isoformat(), "counted_on": first}
        due = month_end(starts)
        yield Due("asylblg_18_months", due, "residence_spell", permit.id, _told(permit) | days)


def _leaves_asylblg(own: list[ResidenceSpell], file: CaseFile, law: Law) -> Iterator[Due]:
    """Yield that a paper ends AsylbLG where that is entered as going on (§ 1 Abs. 2 to 3a AsylbLG)."""
    giving = [one for one in own if one.valid_from and _gives_sgb2(one, law)]
    paper = min(giving, key=lambda one: one.valid_from or date.max, default=None)
    if paper and paper.valid_from:
        known = recognised_on(paper, file)
        day = min(known, paper.valid_from) if known else paper.valid_from
        yield from _over(day, paper, paper.person_id, _told(paper), file)


def _may_work(person_id: str, own: list[ResidenceSpell], file: CaseFile, law: Law) -> Iterator[Due]:
    """Yield from when somebody who waits for the asylum decision can be allowed to work (§ 61 Abs. 2 AsylG).

    Not told of a child, of who works or may, and of who has had another paper since.
    """
    begun = sorted((one for one in own if one.valid_from), key=lambda one: one.valid_from or date.min)
    waiting = [one for one in begun if one.status in titles.ASYLUM]
    works = any(
        one.person_id == person_id and one.lane is Lane.WORK and one.regime in _EARNING
        for one in file.regimes
    )
    if not waiting or begun[-1].status not in titles.ASYLUM or begun[-1].employment in _MAY_WORK or works:
        return
    first, day = waiting[0], waiting[0].valid_from or date.max
    due = full_on(day, law.spans.length(SpanName.WORK_IN_ASYLUM, day).months)
    birth = next((one.birth_date for one in file.persons if one.id == person_id), None)
    if birth is None or full_on(birth.latest(), _WORKING_AGE * 12) <= due:
        facts = _told(first) | {"counted_on": day.isoformat()}
        yield Due("work_possible", due, "residence_spell", first.id, facts)


def _gives_sgb2(paper: ResidenceSpell, law: Law) -> bool:
    """Return whether somebody with the paper surely is not in AsylbLG; § 25 Abs. 5 has a date of its own."""
    named = read(paper.paragraph)
    if paper.status in _FICTIONS:
        return named.section == "24"
    if paper.status == titles.PERMIT:
        return bool(named.section) and not law.may_name(TitleList.MAYBE_ASYLBLG, named)
    return paper.status in titles.TITLED


def _over(day: date, record: Record, person_id: str, facts: dict[str, str], file: CaseFile) -> Iterator[Due]:
    """Yield until when SGB II reaches back to the month after ``day``, while nothing follows AsylbLG."""
    last = month_end(day)
    if last >= date.max - DAY:
        return
    begins, ref = last + DAY, ref_of(record)
    living = current(file.regimes, person_id, Lane.BENEFIT, begins)
    follows = any(
        one.person_id == person_id and one.regime in _OWN_LIVING and (one.ends_on or date.max) >= begins
        for one in file.regimes
    )
    if living and living.regime in ASYLBLG and living.starts_on and living.starts_on <= last and not follows:
        first = begins.isoformat()
        days = {"starts_on": first, "ended_on": last.isoformat(), "counted_on": first}
        told = facts | days | {"titled_on": day.isoformat()}
        yield Due("asylblg_by_title", month_end(begins), ref.kind, ref.id, told)


def _told(paper: ResidenceSpell) -> dict[str, str]:
    return {"status": paper.status, "paragraph": paper.paragraph, "person_id": paper.person_id}


def of_standings(file: CaseFile, law: Law) -> Iterator[Due]:
    """Yield what a recognition grants for a time, and when a stay abroad ends a title."""
    for one in file.standings:
        final = one.asylum_final_on
        if final and one.asylum_decision in _REFUGEES:
            facts = {"person_id": one.person_id}
            yield from _derived("family_reunion", "family_reunion_3_months", final, one, facts, law)
        titled = any(_gives_sgb2(paper, law) for paper in titles.of_person(file.residence, one.person_id))
        if one.asylum_decided_on and one.asylum_decision in RECOGNISED and not titled:
            yield from _over(one.asylum_decided_on, one, one.person_id, {"person_id": one.person_id}, file)
        yield from _abroad(one, file, law)


def _abroad(standing: Standing, file: CaseFile, law: Law) -> Iterator[Due]:
    """Yield when the title of somebody who is abroad lapses; a Blaue Karte lasts longer (§ 51 Abs. 10)."""
    own = titles.in_force_of(standing.person_id, file, law)
    facts = {"person_id": standing.person_id}
    for absence in standing.absences:
        left = absence.starts_on
        valid = [one for one in own if one.status in titles.TITLED and titles.covers(one, left)]
        if absence.ends_on is None and valid:
            blue = any(one.status == "blue_card" for one in valid)
            deadline = "title_lapse_abroad_blue_card" if blue else "title_lapse_abroad"
            yield from _derived("title_lapses", deadline, left, standing, facts | {"deadline": deadline}, law)


def of_achievements(file: CaseFile, law: Law) -> Iterator[Due]:
    """Yield from when a title or a Duldung for a training can be applied for."""
    for one in file.achievements:
        if one.kind == "training" and one.starts_on and one.level != "preparation":
            yield from _training(one.person_id, one.starts_on, one, file, law)


def _training(person_id: str, starts_on: date, record: Record, file: CaseFile, law: Law) -> Iterator[Due]:
    """Yield the start of a training of whoever has no title, shown from when one may apply."""
    papers = titles.of_person(file.residence, person_id)
    without = [one for one in papers if one.status in titles.TOLERATIONS | titles.ASYLUM]
    titled = any(one.status in titles.TITLED and titles.covers(one, starts_on) for one in papers)
    since = law.last_day("training_title_window", starts_on)
    if since and without and not titled:
        facts = {"person_id": person_id, "opens_on": since.isoformat(), "counted_on": starts_on.isoformat()}
        ref = ref_of(record)
        yield Due("training_title", starts_on, ref.kind, ref.id, facts, since=since)
