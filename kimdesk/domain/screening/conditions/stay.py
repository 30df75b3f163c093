"""Conditions about papers, titles, entry and the asylum procedure."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from kimdesk.domain.law.paragraphs import read
from kimdesk.domain.law.periods import full_on
from kimdesk.domain.screening.conditions.verdict import ConditionVerdict, by_day, plain, unknown, waived
from kimdesk.domain.screening.facts import LOST_ASYLUM, AsylumKind, Spell, SpellKind, Timespan
from kimdesk.domain.screening.person_view import TITLED, TOLERATED, PersonView
from kimdesk.domain.screening.result import ConditionState
from kimdesk.domain.screening.rules import ConditionRule, SafeCountries, SixtyB
from kimdesk.domain.screening.runs import RunReading, StaySegment, Weight, run, timeline

_SIXTY_B = {
    SixtyB.COUNTS: Weight.COUNTS,
    SixtyB.MAYBE: Weight.MAYBE,
    SixtyB.SKIPPED: Weight.SKIPPED,
}


def run_of_papers(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge an unbroken time with certain papers."""
    if found := waived(view, rule):
        return found
    if not view.spells:
        return unknown("spells_unknown", months=rule.months)
    segments = _segments(view, rule)
    reading = _reading(view, rule, segments, rule.months)
    shorter = _with_child(view, rule, segments)
    chosen = shorter or reading
    if chosen.generous is None:
        return _not_running(view, rule)
    months = rule.months_with_child if shorter else rule.months
    told = {"months": months, "day": chosen.generous}
    if shorter and reading.generous:
        told |= {"without": reading.generous}
    found = _read(view, rule, chosen, "run_child" if shorter else "run", told)
    until = view.child_until()
    ends = shorter and until and reading.generous and until < reading.generous
    return replace(found, last_day=until) if ends else found


def _segments(view: PersonView, rule: ConditionRule) -> tuple[StaySegment, ...]:
    """Return the papers; with ``absence_months`` longer absences are taken out of them."""
    if not rule.absence_months:
        return view.stay
    long = [one for one in view.facts.absences or () if _is_long(one, rule.absence_months, view.today)]
    return timeline((*view.spells, *long), view.today) if long else view.stay


def _is_long(absence: Timespan, months: int, today: date) -> bool:
    return absence.first is not None and full_on(absence.first, months) <= (absence.last or today)


def _reading(
    view: PersonView, rule: ConditionRule, segments: tuple[StaySegment, ...], months: int
) -> RunReading:
    return run(segments, months, _weighing(view, rule), view.law.hole_months)


def _with_child(
    view: PersonView, rule: ConditionRule, segments: tuple[StaySegment, ...]
) -> RunReading | None:
    """Return the shorter time of who lives with a minor child while it is full, None for others."""
    if not rule.months_with_child:
        return None
    found = _reading(view, rule, segments, rule.months_with_child)
    if found.generous is None:
        return None
    return found if view.is_minor_child_on(max(view.today, found.generous)) else None


def _weighing(view: PersonView, rule: ConditionRule) -> Callable[[Timespan], Weight]:
    def weigh(span: Timespan) -> Weight:
        if not isinstance(span, Spell):
            return Weight.SKIPPED
        if span.kind is SpellKind.NONE:
            return Weight.HOLE
        if span.kind not in rule.spells:
            return _beside(view, rule, span)
        if span.kind is SpellKind.PERMISSION and rule.recognised:
            return _sure(view.recognised)
        if span.kind is SpellKind.FICTION_4 and not span.paragraph:
            return Weight.COUNTS
        patterns = rule.titles if span.kind in TITLED else rule.tolerations
        return _sure(read(span.paragraph).is_one_of(patterns)) if patterns else Weight.COUNTS

    return weigh


def _sure(answer: bool | None) -> Weight:
    if answer is None:
        return Weight.MAYBE
    return Weight.COUNTS if answer else Weight.BREAKS


def _beside(view: PersonView, rule: ConditionRule, span: Spell) -> Weight:
    """Return what a paper does that is not one of those that are counted."""
    noted = span.kind is SpellKind.TOLERATION_60B
    if noted and SpellKind.TOLERATION in rule.spells:
        if rule.sixty_b_counts_for and (held := view.has_title(rule.sixty_b_counts_for)) is not False:
            return _sure(held)
        return _SIXTY_B[rule.sixty_b]
    return Weight.SKIPPED if rule.tolerated_between and span.kind in TOLERATED else Weight.BREAKS


def _read(
    view: PersonView, rule: ConditionRule, reading: RunReading, code: str, facts: Mapping[str, object]
) -> ConditionVerdict:
    day, second = reading.generous, reading.strict
    later = second if second != day else None
    if day is None or day > view.today:
        open_start = any(one.first is None and one.kind in rule.spells for one in view.spells)
        state = ConditionState.UNKNOWN if open_start else ConditionState.TIME
        code = "start_unknown" if open_start else code
    elif not view.is_covered:
        state, code = ConditionState.UNKNOWN, "paper_ended"
    elif second is None or second > view.today:
        state, code = ConditionState.DISCRETION, "two_readings" if second else "one_reading"
        facts = {"first": day} | ({"second": second} if second else {})
    else:
        state, day, later = ConditionState.MET, second, None
        facts = {**facts, "day": second}
    return ConditionVerdict(state=state, code=code, facts=facts, day=day, second_day=later)


def _not_running(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    if view.now is None or any(one.first is None for one in view.spells):
        return unknown("start_unknown", months=rule.months)
    day = full_on(view.first_title, rule.months) if view.first_title else None
    code = "after_title" if day else "not_running"
    told = {"months": rule.months} | ({"day": day} if day else {})
    return ConditionVerdict(state=rule.short, code=code, facts=told, day=day)


def run_by_age(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge whether a time was full at the birthday with an age: then the right is there from that day."""
    birthday = view.birthday(rule.age)
    if birthday is None:
        return unknown("born_unknown")
    found = run_of_papers(view, rule)
    if found.day is None:
        return found
    if found.day > birthday:
        return plain(rule.short, "full_after_age", age=rule.age, day=found.day)
    return by_day(birthday, view.today, "full_at_age", age=rule.age)


def status(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge whether one of certain papers or titles is held today."""
    if view.now is None:
        return unknown("status_unknown")
    held: bool | None = view.now.kind in rule.spells
    if view.now.kind in TITLED:
        held = view.has_title(rule.titles)
    elif held and rule.tolerations:
        held = read(view.now.paragraph).is_one_of(rule.tolerations)
    if held is None:
        return unknown("paragraph_unknown")
    if not held:
        return plain(rule.short, "other_status")
    if not view.is_covered:
        return unknown("paper_ended")
    return plain(ConditionState.MET, "status_held")


def note_60b(view: PersonView, rule: ConditionRule) -> ConditionVerdict | None:
    """Judge whether the Duldung bears the note of § 60b."""
    if view.now is None or view.now.kind not in TOLERATED:
        return None
    noted = view.now.kind is SpellKind.TOLERATION_60B
    if noted:
        return plain(rule.short, "note_60b")
    return plain(ConditionState.MET, "no_note_60b")


def purpose(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge whether the title of today is one with which one can be naturalised."""
    if view.is_titled is None:
        return unknown("status_unknown")
    if not view.is_titled:
        return plain(ConditionState.TITLE, "no_title")
    excluded = view.title.is_one_of(rule.not_titles)
    if excluded is None:
        return unknown("paragraph_unknown")
    if excluded:
        return plain(ConditionState.TITLE, "purpose_excluded", paragraph=_spoken(view))
    if rule.titles and view.title.is_one_of(rule.titles) is False:
        return plain(ConditionState.TITLE, "not_unlimited")
    return plain(ConditionState.MET, "title_fits") if view.is_covered else unknown("paper_ended")


def _spoken(view: PersonView) -> str:
    held = view.title
    return f"{held.section} Abs. {held.part}" if held.part else held.section


def before_title_ends(view: PersonView, rule: ConditionRule) -> ConditionVerdict | None:
    """Judge until when a title that is not prolonged lets one apply; not asked without such a title."""
    if view.now is None or not view.has_title(rule.titles):
        return None
    if view.now.last is None:
        return unknown("title_end_unknown")
    if view.now.last < view.today:
        return unknown("title_ended", day=view.now.last)
    found = plain(ConditionState.MET, "before_title_ends", day=view.now.last)
    return replace(found, last_day=view.now.last)


def apply_first(view: PersonView, _: ConditionRule) -> ConditionVerdict:
    """Say that something else must be applied for before the title ends."""
    ends = view.now.last if view.now else None
    if ends is None:
        return unknown("title_end_unknown")
    if ends < view.today:
        return unknown("title_ended", day=ends)
    return ConditionVerdict(
        state=ConditionState.MISSING, code="apply_first", facts={"day": ends}, last_day=ends
    )


def protection(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge whether it is known what protection was granted; whom it excludes is not shown the rule."""
    if view.protection is None and view.has_title(rule.titles) is not False:
        return unknown("protection_unknown")
    return plain(ConditionState.MET, "protection_known")


def unfounded(view: PersonView, _: ConditionRule) -> ConditionVerdict | None:
    """Judge the bar after an asylum application refused as manifestly unfounded (§ 10 Abs. 3 S. 2)."""
    asylum = view.facts.asylum
    if asylum is None or asylum.kind is not AsylumKind.UNFOUNDED:
        return None
    return plain(ConditionState.DISCRETION, "unfounded")


def entry_by(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge whether the entry was not after a fixed day."""
    entry, on = view.facts.entry, rule.on
    if entry is None or on is None:
        return unknown("entry_unknown")
    if entry > on:
        return plain(rule.short, "entered_after", entry=entry, day=on)
    if (view.facts.entry_until or entry) > on:
        return unknown("entry_day_unknown", day=on)
    return plain(ConditionState.MET, "entered_in_time", entry=entry)


def safe_country(view: PersonView, rule: ConditionRule) -> ConditionVerdict:
    """Judge the bar for countries of origin that count as safe (§ 60a Abs. 6 S. 1 Nr. 3)."""
    nations = view.facts.nationality
    if nations is None:
        return unknown("nationality_unknown")
    groups = [one for one in rule.safe if set(one.countries) & set(nations)]
    if not groups or _applied_before(view, rule.on):
        return plain(ConditionState.MET, "no_safe_country")
    if any(_excepted(view, one) for one in groups):
        return plain(ConditionState.MET, "safe_country_excepted")
    lost = _lost_asylum(view)
    if lost is None:
        return unknown("asylum_unknown")
    return plain(rule.short, "safe_country") if lost else plain(ConditionState.MET, "no_safe_country")


def _applied_before(view: PersonView, on: date | None) -> bool:
    asylum = view.facts.asylum
    return bool(on and asylum and asylum.applied and asylum.applied <= on)


def _lost_asylum(view: PersonView) -> bool | None:
    """Return whether an asylum application was lost or none made; a Duldung tells that it is one of both."""
    kind = view.facts.asylum.kind if view.facts.asylum else None
    if kind is not None:
        return kind in LOST_ASYLUM
    if view.now is None or (view.facts.asylum is None and view.facts.entry is None):
        return None
    return True if view.now.kind in TOLERATED else None


def _excepted(view: PersonView, group: SafeCountries) -> bool:
    """Return whether what is recorded takes the person out (§ 104 Abs. 18)."""
    asylum = view.facts.asylum
    applied = bool(group.applied_by and asylum and asylum.applied and asylum.applied <= group.applied_by)
    on = group.tolerated_on
    tolerated = on and any(one.kind in TOLERATED and one.holds(on) for one in view.spells)
    worked = group.working_on and any(one.holds(group.working_on) for one in view.facts.jobs or ())
    return bool(applied or tolerated or worked)
