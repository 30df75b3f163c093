"""What a client may see on the screen: their goals and next appointments, no one else. Knows no Qt.

Everything else of the case stays out by construction: only the texts named here are ever taken, and names of
other people, addresses and ways to reach somebody are taken out of those.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kimdesk.catalogue.client_words import GERMAN, ClientWords, words_for
from kimdesk.domain.naming import call_name
from kimdesk.domain.records import CaseFile, FollowUp, Goal
from kimdesk.domain.sentences import filled
from kimdesk.domain.terms import FollowUpKind, GoalState
from kimdesk.texts import say
from kimdesk.texts.bidi import FIRST_STRONG, POP
from kimdesk.texts.guarding import guarded

_MOST_GOALS, _MOST_DATES = 4, 4


@dataclass(frozen=True, slots=True)
class BothLanguages:
    """A fixed text in the person's language ("" when there are no words in it) and in German."""

    own: str
    german: str


@dataclass(frozen=True, slots=True)
class ShownGoal:
    """A goal in the words agreed, its level (−2 to +2 or None) and that in words."""

    text: str
    level: int | None
    word: BothLanguages


@dataclass(frozen=True, slots=True)
class ShownDate:
    """An appointment: when, and what and where in German."""

    when: BothLanguages
    text: str


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything that stands on the screen."""

    right_to_left: bool
    greeting: BothLanguages
    goals_title: BothLanguages
    dates_title: BothLanguages
    goals: tuple[ShownGoal, ...]
    dates: tuple[ShownDate, ...]
    no_goals: BothLanguages
    no_dates: BothLanguages
    remark: str  # „Übersetzung ungeprüft“, or nothing


def screen(known: Mapping[str, ClientWords], file: CaseFile, today: date) -> Screen:
    """Return what the client of ``file`` may see on ``today``; ``known`` are all languages of the screen."""
    client = file.client
    spoken = tuple(skill.language for skill in client.languages) if client else ()
    own, german = words_for(known.values(), spoken), known[GERMAN]
    name = call_name(client) if client else ""
    goals = sorted((one for one in file.goals if one.state is GoalState.ACTIVE), key=lambda one: one.number)
    return Screen(
        own is not None and own.direction == "rtl",
        BothLanguages(_greeting(own, name) if own else "", _greeting(german, name)),
        _pair(own, german, "goals"),
        _pair(own, german, "appointments"),
        tuple(_goal(one, file, own, german) for one in goals[:_MOST_GOALS]),
        tuple(_date(one, file, own, german, today) for one in _next(file, today)),
        _pair(own, german, "no_goals"),
        _pair(own, german, "no_appointments"),
        say("client.translation_unchecked") if own and not own.checked else "",
    )


def _pair(own: ClientWords | None, german: ClientWords, word: str) -> BothLanguages:
    return BothLanguages(getattr(own.words, word) if own else "", getattr(german.words, word))


def _greeting(words: ClientWords, name: str) -> str:
    return filled(words.words.greeting, {"name": f"{words.comma} {FIRST_STRONG}{name}{POP}" if name else ""})


def _goal(goal: Goal, file: CaseFile, own: ClientWords | None, german: ClientWords) -> ShownGoal:
    word = BothLanguages(own.level(goal.level) if own else "", german.level(goal.level))
    return ShownGoal(guarded(goal.text, file), goal.level, word)


def _next(file: CaseFile, today: date) -> list[FollowUp]:
    found = [
        one
        for one in file.follow_ups
        if one.kind is FollowUpKind.APPOINTMENT and one.done_on is None and one.due_on >= today
    ]
    return sorted(found, key=lambda one: (one.due_on, one.time))[:_MOST_DATES]


def _date(
    one: FollowUp, file: CaseFile, own: ClientWords | None, german: ClientWords, today: date
) -> ShownDate:
    when = BothLanguages(_when(one, own, today) if own else "", _when(one, german, today))
    title = guarded(one.title, file) or german.words.appointment
    place = guarded(one.place, file)
    place = place if re.search(r"\w", place) else ""
    return ShownDate(when, f"{title}, {place}" if place else title)


def _when(one: FollowUp, words: ClientWords, today: date) -> str:
    day = words.spelled(one.due_on, today)
    if not one.time:
        return day
    return f"{day}{words.comma} {filled(words.words.at, {'time': one.time})}"
