"""A second, slow reading of the deadlines: written from the statutes, sharing nothing with the program.

It has its own table of rules, finds its own holidays, and goes day by day on a wall calendar.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

ONE = timedelta(days=1)
REFORM = date(2026, 6, 12)  # GEAS: asylum suits without instruction
LETTERS = date(2025, 1, 1)  # Postrechtsmodernisierungsgesetz: the fourth day


@dataclass(frozen=True)
class Slow:
    """One deadline: ``how`` it hangs on its day, ``long`` („3m“), whether it goes on to a working day."""

    how: str
    long: str = ""
    rolls: bool = True
    first: bool = False  # the day after it is what counts
    law: str = ""  # of a letter
    without: str = ""  # without instruction
    abroad: str = ""
    opens: str = ""
    limit: str = ""


def letter(law: str, long: str, without: str = "1y", abroad: str = "") -> Slow:
    """A remedy against a notice."""
    return Slow("after", long, law=law, without=without, abroad=abroad)


RULES: Mapping[str, Slow] = {
    "objection_social": letter("sgb10", "1m", abroad="3m"),
    "objection_asylblg": letter("vwvfg", "1m", abroad="3m"),
    "lawsuit_social": letter("sgb10", "1m", abroad="3m"),
    "objection_admin": letter("sgb10", "1m"),
    "objection_school": letter("vwvfg", "1m"),
    "lawsuit_admin": letter("vwvfg", "1m"),
    "objection_tax": letter("ao", "1m"),
    "lawsuit_asylum": letter("asylg", "2w"),
    "lawsuit_asylum_urgent": letter("asylg", "1w"),
    "asylum_reasons": letter("asylg", "1m", without=""),
    "fine_objection": Slow("after", "2w"),
    "penal_order": Slow("after", "2w"),
    "payment_order": Slow("after", "2w"),
    "enforcement_order": Slow("after", "2w"),
    "review_four_years": Slow("year_end", "4y", rolls=False),
    "review_one_year": Slow("year_end", "1y", rolls=False),
    "reinstatement_sgg": Slow("after", "1m", limit="1y"),
    "reinstatement_vwgo": Slow("after", "2w", limit="1y"),
    "reinstatement_sgb10": Slow("after", "2w", limit="1y"),
    "reinstatement_vwvfg": Slow("after", "2w", limit="1y"),
    "reinstatement_ao": Slow("after", "1m", limit="1y"),
    "reinstatement_stpo": Slow("after", "1w"),
    "reinstatement_kschg": Slow("after", "2w", limit="6m"),
    "reinstatement_zpo": Slow("after", "2w", limit="1y"),
    "inaction_social": Slow("after", "6m", first=True, rolls=False),
    "inaction_objection": Slow("after", "3m", first=True, rolls=False),
    "inaction_admin": Slow("after", "3m", first=True, rolls=False),
    "advance_payment": Slow("after", "1m", first=True, rolls=False),
    "sgb2_application": Slow("month_end", rolls=False),
    "late_application": Slow("month_end", "6m"),
    "late_application_sgb2": Slow("month_end", rolls=False),
    "child_benefit": Slow("month_end", "6m", rolls=False),
    "parental_allowance": Slow("from", "4m", rolls=False),
    "advance_maintenance": Slow("month_end", "1m", rolls=False),
    "housing_benefit": Slow("month_end", rolls=False),
    "housing_benefit_late": Slow("month_end", "1m"),
    "housing_benefit_renewal": Slow("before_end", "2m", first=True),
    "asylblg_end": Slow("month_end", rolls=False),
    "analog_benefits": Slow("from", "36m", first=True, rolls=False),
    "sgb2_renewal": Slow("before_end"),
    "sgb12_renewal": Slow("before_end"),
    "final_proofs_sgb2": Slow("before_end"),
    "co_operation": Slow("before_end"),
    "pension": Slow("month_end", "3m", rolls=False),
    "care_benefit": Slow("month_end", rolls=False),
    "title_renewal": Slow("before_end"),
    "section104c_end": Slow("before_end"),
    "section24_end": Slow("2027-03-04"),
    "child_title": Slow("after", "6m"),
    "residence_rule": Slow("after", "3y", rolls=False),
    "integration_course": Slow("after", "1y", rolls=False),
    "family_reunion_3_months": Slow("after", "3m", rolls=False),
    "title_lapse_abroad": Slow("after", "6m", rolls=False),
    "title_lapse_abroad_blue_card": Slow("after", "12m", rolls=False),
    "training_title_window": Slow("before", "7m", first=True),
    "training_title_grant": Slow("before", "6m", first=True),
    "address_registration": Slow("after", "2w"),
    "birth_notice": Slow("after", "1w"),
    "dismissal": Slow("after", "3w"),
    "job_seeker": Slow("before_end", "3m"),
    "job_seeker_short": Slow("after", "3d"),
    "unemployed_report": Slow("from", "1d", opens="3m"),
    "training_grant": Slow("month_end", rolls=False),
    "voluntary_insurance": Slow("after", "3m"),
    "follow_on_exit": Slow("after", "2w"),
    "fund_choice": Slow("after", "2w"),
    "asylblg_work_report": Slow("after", "3d"),
    "measles_shelter": Slow("after", "8w"),
    "measles_school": Slow("before"),
    "eviction_arrears": Slow("after", "2m"),
    "information_block": Slow("after", "2y", rolls=False),
}
POSTED = {"sgb10": "post electronic registered portal", "vwvfg": "post electronic registered",
          "ao": "post electronic portal", "asylg": "registered reception"}  # fmt: skip
FIXED = ((1, 1), (5, 1), (10, 3), (11, 1), (12, 25), (12, 26))
Facts = Mapping[str, date | str]
Mark = Callable[[date], bool]


def easter(year: int) -> date:
    """The first Sunday after the first full moon of spring (Butcher's way)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    whole = moon + week - 7 * late + 114
    return date(year, whole // 31, whole % 31 + 1)


@cache
def holidays(year: int) -> frozenset[date]:
    """§ 2 Feiertagsgesetz NW."""
    sunday = easter(year)
    moving = {sunday + ONE * n for n in (-2, 1, 39, 50, 60)}
    return frozenset(
        moving | {date(year, *day) for day in ((1, 1), (5, 1), (10, 3), (11, 1), (12, 25), (12, 26))}
    )


def free(day: date) -> bool:
    """Saturday, Sunday or holiday."""
    return day.isoweekday() > 5 or day in holidays(day.year)


def on_to_work(day: date) -> date:
    """§ 193 BGB."""
    while free(day):
        day += ONE
    return day


def is_last(day: date) -> bool:
    """The last of its month."""
    return (day + ONE).day == 1


def walk(day: date, step: timedelta, marks: int, mark: Mark) -> date:
    """Go until the ``marks``-th day that is one."""
    while marks:
        day += step
        marks -= mark(day)
    return day


def counted(long: str) -> tuple[int, bool]:
    """How many marks, and whether they are months."""
    number, unit = int(long[:-1] or 0) if long else 0, long[-1:]
    return number * {"": 0, "d": 1, "w": 7, "m": 1, "y": 12}[unit], unit in ("m", "y")


def numbered(start: date) -> Mark:
    """A day with the number of ``start``, or the last of a month that has no such day (§ 188 BGB)."""
    return lambda day: day.day == start.day or (is_last(day) and day.day < start.day)


def after(day: date, long: str, step: timedelta = ONE) -> date:
    """The day itself does not count (§ 187 Abs. 1 BGB)."""
    marks, months = counted(long)
    return walk(day, step, marks, numbered(day) if months else lambda _: True)


def from_day(day: date, long: str) -> date:
    """The day counts (§ 187 Abs. 2 BGB): it ends on the day before the same number."""
    marks, months = counted(long)
    if not months:
        return walk(day - ONE, ONE, marks, lambda _: True)
    if day.day == 1:
        return walk(day - ONE, ONE, marks, is_last)
    wanted = day.day - 1
    return walk(day - ONE, ONE, marks, lambda one: one.day == wanted or (is_last(one) and one.day < wanted))


def end_of(day: date, months_of_year: int = 0) -> date:
    """The last of the month, or of the year."""
    while not is_last(day) or (months_of_year and day.month != months_of_year):
        day += ONE
    return day


def known_on(law: str, facts: Facts) -> date | None:
    """When a letter counts as known; None while nothing is known of it."""
    way = str(facts.get("delivery", ""))
    sent, came = facts.get("posted_on") or facts.get("dated_on"), facts.get("delivered_on")
    assert not isinstance(sent, str)
    assert not isinstance(came, str)
    if law == "vwvfg" and way == "portal" and came:
        return came + ONE
    if sent and law == "asylg" and way == "returned":
        return sent
    if sent and law == "ao" and way == "abroad":
        presumed = on_to_work(after(sent, "1m"))
        return max(presumed, came) if came else presumed
    if sent and way in POSTED[law].split():
        presumed = after(sent, "3d" if sent < LETTERS else "4d")
        presumed = on_to_work(presumed) if law == "ao" else presumed
        return presumed if not came else min(came, presumed) if way == "reception" else max(came, presumed)
    return came


def length(code: str, rule: Slow, day: date, facts: Facts) -> str:
    """How long it is."""
    if rule.without and facts.get("instruction") in ("missing", "wrong"):
        return "3m" if rule.law == "asylg" and day >= REFORM else rule.without
    if code.startswith("lawsuit_asylum") and facts.get("stated"):
        return {"one_week": "1w", "two_weeks": "2w"}[str(facts["stated"])]
    return rule.abroad if rule.abroad and facts.get("delivery") == "abroad" else rule.long


def slow_day(code: str, facts: Facts) -> date | None:
    """The last day, or the earliest one; None while a fact is missing."""
    rule = RULES[code]
    if rule.how[:1].isdigit():
        return date.fromisoformat(rule.how)
    day = known_on(rule.law, facts) if rule.law else facts.get("day")
    if day is None:
        return None
    assert not isinstance(day, str)
    end = _end(rule, day, length(code, rule, day, facts))
    if rule.first:
        return end + ONE
    end = on_to_work(end) if rule.rolls and not rule.how.startswith("before") else end
    missed = facts.get("missed_on")
    if rule.limit and isinstance(missed, date):
        end = min(end, on_to_work(after(missed, rule.limit)))
    return end


def opens_on(code: str, facts: Facts) -> date | None:
    """From when it can be done, where a rule says so."""
    day, rule = facts.get("day"), RULES[code]
    return after(day, rule.opens, -ONE) if rule.opens and isinstance(day, date) else None


def _end(rule: Slow, day: date, long: str) -> date:
    ways: Mapping[str, Callable[[], date]] = {
        "after": lambda: after(day, long),
        "from": lambda: from_day(day, long),
        "month_end": lambda: from_day(end_of(day) + ONE, long),
        "year_end": lambda: from_day(end_of(day, 12) + ONE, long),
        "before": lambda: after(day, long, -ONE) - ONE,
        "before_end": lambda: after(day + ONE, long, -ONE) - ONE,
    }
    return ways[rule.how]()
