"""What lies ahead of a household: open gaps, and the dates that matter. Plain values, no widgets."""

from dataclasses import dataclass
from datetime import date, timedelta

from kimdesk.casework import rules
from kimdesk.domain import deadlines
from kimdesk.domain.records import CaseFile
from kimdesk.domain.regimes import gaps
from kimdesk.domain.terms import Lane
from ui import dates
from ui.pages.case.cards import person_name, regime_label
from ui.text import tr

_MOST = 5
_KINDS = {"regime_spell", "residence_spell", "consent"}
_AHEAD = timedelta(days=240)


@dataclass(frozen=True, slots=True)
class Coming:
    """One date ahead with its number in the picture."""

    number: int
    day: date
    text: str
    pressing: bool


@dataclass(frozen=True, slots=True)
class OpenGap:
    """A gap that is open today: since when, for whom, after what."""

    title: str
    text: str


def coming(file: CaseFile, today: date) -> tuple[Coming, ...]:
    """Return the next dates of titles, benefits and consents, the earliest first, each once."""
    found: dict[tuple[date, str], None] = {}
    for one in deadlines.of_file(file):
        if one.kind in _KINDS and today <= one.due_on <= today + _AHEAD:
            found.setdefault((one.due_on, rules.words(one.rule, one.due_on, one.facts).title))
    days = list(found)[:_MOST]
    return tuple(
        Coming(number, day, text, (day - today).days <= _PRESSING)
        for number, (day, text) in enumerate(days, 1)
    )


_PRESSING = 14


def open_gaps(file: CaseFile, today: date) -> list[OpenGap]:
    """Return the gaps in benefit or insurance open on ``today``, people with the same one together."""
    groups: dict[tuple[date, Lane], list[tuple[str, str]]] = {}
    sure = [one for one in file.regimes if not one.expected]
    for gap in gaps(sure):
        watched = gap.before.lane in (Lane.BENEFIT, Lane.HEALTH_INSURANCE)
        if watched and gap.starts_on <= today and (gap.ends_on is None or gap.ends_on >= today):
            who = person_name(file, gap.before.person_id)
            groups.setdefault((gap.starts_on, gap.before.lane), []).append((who, regime_label(gap.before)))
    return [_words(start, lane, people, today) for (start, lane), people in groups.items()]


def _words(start: date, lane: Lane, people: list[tuple[str, str]], today: date) -> OpenGap:
    days = (today - start).days + 1
    long = tr("1 day") if days == 1 else tr("{n} days", n=days)
    title = tr("Gap since {day}", day=dates.full(start)) + f"\u00a0– {long}"
    names = ", ".join(dict.fromkeys(name for name, _ in people))
    before = ", ".join(dict.fromkeys(regime for _, regime in people))
    if lane is Lane.BENEFIT:
        return OpenGap(
            title, tr("{people}: without benefit. {regime} has ended.", people=names, regime=before)
        )
    return OpenGap(
        title, tr("{people}: without health insurance. {regime} has ended.", people=names, regime=before)
    )
