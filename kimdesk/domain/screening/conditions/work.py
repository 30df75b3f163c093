"""Conditions about livelihood, jobs and the pension insurance."""

from collections.abc import Iterable
from datetime import date

from kimdesk.domain.law.periods import DAY, full_on, month_start, months_later
from kimdesk.domain.screening.conditions.verdict import ConditionVerdict, by_day, plain, unknown, waived
from kimdesk.domain.screening.facts import Job, Timespan
from kimdesk.domain.screening.person_view import PersonView
from kimdesk.domain.screening.result import ConditionState
from kimdesk.domain.screening.rules import ConditionRule
from kimdesk.domain.screening.runs import Weight, run, timeline


def livelihood(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge the livelihood: a share of the need from work, or no benefits of certain kinds."""
    if found := waived(view, rule):
        return found
    if excuse := next((one for one in rule.excused if EXCUSES[one](view, rule)), ""):
        return plain(ConditionState.MET, excuse)
    if rule.share and view.facts.income_share is not None:
        return _by_share(rule, view.facts.income_share)
    return _by_benefits(view, rule)


def _by_benefits(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    share = view.facts.income_share
    if drawn := view.draws(rule.regimes):
        return unknown("share_unknown") if 0 < rule.share < 1 else plain(rule.short, "draws", regime=drawn[0])
    if view.facts.benefits is not None or (share is not None and share >= 1):
        return plain(ConditionState.MET, "no_benefits")
    if any(_is_running(one, view.today) and _is_full_time(one, view) for one in view.facts.jobs or ()):
        return plain(ConditionState.MET, "full_time")
    return unknown("livelihood_unknown")


def _by_share(rule: ConditionRule, share: float) -> ConditionVerdict:
    enough = share > rule.share if rule.above else share >= rule.share
    state, code = (ConditionState.MET, "share") if enough else (rule.short, "share_short")
    return plain(state, code, percent=round(share * 100), needed=round(rule.share * 100))


def _is_running(span: Timespan, today: date) -> bool:
    return span.may_hold(today)


def _is_full_time(job: Job, view: PersonView) -> bool:
    return job.hours is not None and job.hours >= view.law.full_time


def _worked(view: PersonView, rule: ConditionRule) -> bool:
    return _full_time_for(view, rule, view.facts.jobs or ())


def _partner_worked(view: PersonView, rule: ConditionRule) -> bool:
    child = view.is_minor_child_on(view.today)
    return bool(child) and _full_time_for(view, rule, view.facts.partner_jobs or ())


def _full_time_for(view: PersonView, rule: ConditionRule, jobs: Iterable[Job]) -> bool:
    """Return whether of the last ``months_before`` months ``months`` were worked full time."""
    today = view.today
    begin = months_later(today, -rule.months_before)
    needed = (today - months_later(today, -rule.months)).days
    days: set[int] = set()
    for one in jobs:
        if one.first is None or not _is_full_time(one, view):
            continue
        first, last = max(one.first, begin), min(one.last or today, today - DAY)
        days.update(range(first.toordinal(), last.toordinal() + 1))
    return len(days) >= needed > 0


def _at_school(view: PersonView, _: ConditionRule) -> bool:
    schools = view.facts.school or ()
    training = view.facts.training or ()
    learning = any(one.start and one.start <= view.today and not one.diploma for one in training)
    return learning or any(_is_running(one, view.today) for one in schools)


EXCUSES = {"worked": _worked, "partner_worked": _partner_worked, "at_school": _at_school}
"""What makes benefits harmless, by the code it is said with."""


def no_benefits(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge whether no benefits of certain kinds were drawn in the last months."""
    if view.facts.benefits is None:
        return unknown("benefits_unknown", months=rule.months)
    drawn = [one for one in view.facts.benefits if one.regime in rule.regimes]
    running = next((one for one in drawn if one.last is None or one.last >= view.today), None)
    if running:
        return plain(rule.short, "draws", regime=running.regime)
    last = max((one.last for one in drawn if one.last), default=None)
    if last is None:
        return plain(ConditionState.MET, "no_benefits")
    return by_day(full_on(last + DAY, rule.months), view.today, "without_benefits", months=rule.months)


def job(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge how long a job of so many hours a week, insured or skilled, has gone on."""
    jobs = view.facts.jobs
    if jobs is None:
        return unknown("jobs_unknown")
    running = [one for one in jobs if _weight(one, rule) is not Weight.BREAKS]
    reading = run(timeline(jobs, view.today), rule.months, lambda span: _weight(span, rule), rule.gap_months)
    if reading.generous is None or not any(_is_running(one, view.today) for one in running):
        unsure = any(one.first is None for one in running)
        return unknown("jobs_unknown") if unsure else plain(rule.short, "no_job")
    found = by_day(reading.generous, view.today, "job", months=rule.months)
    sure = reading.strict is not None or found.state is ConditionState.TIME
    return found if sure else unknown("job_details_unknown")


def _weight(span: Timespan, rule: ConditionRule) -> Weight:
    if not isinstance(span, Job):
        return Weight.BREAKS
    answers = [None if span.hours is None else span.hours >= rule.hours] if rule.hours else []
    answers.append(span.skilled if rule.skilled else span.insured)
    if False in answers:
        return Weight.BREAKS
    return Weight.MAYBE if None in answers else Weight.COUNTS


def job_goes_on(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge whether there is a job today."""
    jobs = view.facts.jobs
    if jobs is None:
        return unknown("jobs_unknown")
    running = any(_is_running(one, view.today) for one in jobs)
    return plain(ConditionState.MET, "job_runs") if running else plain(rule.short, "no_job")


def matching_job(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge whether there is a skilled job, now or promised."""
    going = [one for one in view.facts.jobs or () if one.last is None or one.last >= view.today]
    promised = any(one.promised for one in view.facts.training or ())
    if promised or any(one.skilled for one in going):
        return plain(ConditionState.MET, "matching_job")
    if view.facts.jobs is None or any(one.skilled is None for one in going):
        return unknown("jobs_unknown")
    return plain(rule.short, "no_matching_job")


def pension(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge months of contributions; the rest is counted on from next month while there is work."""
    months = view.facts.pension_months
    if months is None:
        return unknown("pension_unknown", months=rule.months)
    if months >= rule.months:
        return plain(ConditionState.MET, "pension", months=months)
    missing = rule.months - months
    jobs = view.facts.jobs
    if jobs is not None and not any(one.last is None or one.last >= view.today for one in jobs):
        return plain(rule.short, "pension_short", months=months, missing=missing)
    day = month_start(view.today, 1 + missing)
    told = {"months": months, "missing": missing, "day": day}
    return ConditionVerdict(state=ConditionState.TIME, code="pension_to_come", facts=told, day=day)
