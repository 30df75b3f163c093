"""What a client may see on the screen: their goals and next appointments, no one else. Knows no Qt.

Everything else of the case stays out by construction: only the texts named here are ever taken, and names of
other people, addresses and ways to reach somebody are taken out of those.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kimdesk.catalogue.client_words import GERMAN, ClientWords, fitting
from kimdesk.domain.chain import is_blocked, is_open
from kimdesk.domain.naming import call_name
from kimdesk.domain.records import CaseFile, FollowUp, Goal, PlanStep
from kimdesk.domain.sentences import filled
from kimdesk.domain.terms import FollowUpKind, GoalState
from kimdesk.domain.translations import Translated, german_of, translation_of
from kimdesk.texts.bidi import FIRST_STRONG, POP
from kimdesk.texts.guarding import guarded

_MOST_GOALS, _MOST_DATES, _MOST_STEPS = 4, 4, 4
_OWN_STEPS = {"client", "together"}  # step_owner


@dataclass(frozen=True, slots=True)
class BothLanguages:
    """A fixed text in the person's language ("" when there are no words in it) and in German."""

    own: str
    german: str


@dataclass(frozen=True, slots=True)
class ShownGoal:
    """A goal in the words agreed and translated, its level (−2 to +2 or None) and that in words."""

    text: str
    own: str
    level: int | None
    word: BothLanguages


@dataclass(frozen=True, slots=True)
class ShownDate:
    """An appointment: when, what and where in German, and what it is as somebody translated it."""

    when: BothLanguages
    text: str
    own: str


@dataclass(frozen=True, slots=True)
class ShownStep:
    """What the client does next, and until when ("" without a date)."""

    text: str
    own: str
    until: BothLanguages


@dataclass(frozen=True, slots=True)
class OfferedLanguage:
    """A language that can be chosen: its code, and its name as its speakers say it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything that stands on the screen."""

    language: str
    languages: tuple[OfferedLanguage, ...]  # to choose from; none where there is nothing to choose
    choose: BothLanguages
    right_to_left: bool
    greeting: BothLanguages
    goals_title: BothLanguages
    dates_title: BothLanguages
    steps_title: BothLanguages
    goals: tuple[ShownGoal, ...]
    dates: tuple[ShownDate, ...]
    steps: tuple[ShownStep, ...]
    no_goals: BothLanguages
    no_dates: BothLanguages
    remark: BothLanguages  # that the German text counts, and whether anybody has checked the translation


def screen(known: Mapping[str, ClientWords], file: CaseFile, today: date, language: str = "") -> Screen:
    """Return what the client of ``file`` may see on ``today``; ``known`` are all languages of the screen.

    Without a ``language`` it is the first one the client speaks besides German.
    """
    client, german = file.client, known[GERMAN]
    spoken = tuple(skill.language for skill in client.languages) if client else ()
    offered = fitting(known.values(), spoken)
    own = _chosen(offered, language)
    name = call_name(client) if client else ""
    goals = sorted((one for one in file.goals if one.state is GoalState.ACTIVE), key=lambda one: one.number)
    return Screen(
        (own or german).language,
        tuple(OfferedLanguage(one.language, one.name) for one in offered) if len(offered) > 1 else (),
        _pair(own, german, "choose"),
        own is not None and own.direction == "rtl",
        BothLanguages(_greeting(own, name) if own else "", _greeting(german, name)),
        _pair(own, german, "goals"),
        _pair(own, german, "appointments"),
        _pair(own, german, "steps"),
        tuple(_goal(one, file, own, german) for one in goals[:_MOST_GOALS]),
        tuple(_date(one, file, own, german, today) for one in _next(file, today)),
        tuple(_step(one, file, own, german, today) for one in _steps(file)),
        _pair(own, german, "no_goals"),
        _pair(own, german, "no_appointments"),
        BothLanguages(_remark(own, own), _remark(german, own)) if own else BothLanguages("", ""),
    )


def _chosen(offered: Sequence[ClientWords], language: str) -> ClientWords | None:
    """Return the language to show beside German, None for German alone."""
    foreign = [one for one in offered if one.language != GERMAN]
    if language == GERMAN or not foreign:
        return None
    return next((one for one in foreign if one.language == language), foreign[0])


def _remark(words: ClientWords, own: ClientWords) -> str:
    return words.words.aid if own.checked else f"{words.words.aid} {words.words.unchecked}."


def _translated(one: Translated, file: CaseFile, own: ClientWords | None) -> str:
    """Return what somebody translated, if nothing in the German text is kept from the screen.

    In another script nobody can find the name of a child: where one stands in the German text, it may stand
    in the translation too.
    """
    german = " ".join(german_of(one).split())
    if own is None or guarded(german, file) != german:
        return ""
    return guarded(translation_of(one, own.language), file)


def _pair(own: ClientWords | None, german: ClientWords, word: str) -> BothLanguages:
    return BothLanguages(getattr(own.words, word) if own else "", getattr(german.words, word))


def _greeting(words: ClientWords, name: str) -> str:
    return filled(words.words.greeting, {"name": f"{words.comma} {FIRST_STRONG}{name}{POP}" if name else ""})


def _goal(goal: Goal, file: CaseFile, own: ClientWords | None, german: ClientWords) -> ShownGoal:
    word = BothLanguages(own.level(goal.level) if own else "", german.level(goal.level))
    return ShownGoal(guarded(goal.text, file), _translated(goal, file, own), goal.level, word)


def _steps(file: CaseFile) -> list[PlanStep]:
    """Return the open steps the client takes, where a measure can go on; the nearest date first."""
    going = [one for one in file.measures if is_open(one) and not is_blocked(one, file.measures)]
    found = [each for one in going for each in one.steps if each.done_on is None and each.by in _OWN_STEPS]
    return sorted(found, key=lambda one: one.due_on or date.max)[:_MOST_STEPS]


def _step(
    one: PlanStep, file: CaseFile, own: ClientWords | None, german: ClientWords, today: date
) -> ShownStep:
    until = BothLanguages(_until(one, own, today) if own else "", _until(one, german, today))
    return ShownStep(guarded(one.text, file), _translated(one, file, own), until)


def _until(one: PlanStep, words: ClientWords, today: date) -> str:
    if one.due_on is None or one.due_on < today:
        return ""
    return filled(words.words.until, {"day": words.spelled(one.due_on, today)})


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
    return ShownDate(when, f"{title}, {place}" if place else title, _translated(one, file, own))


def _when(one: FollowUp, words: ClientWords, today: date) -> str:
    day = words.spelled(one.due_on, today)
    if not one.time:
        return day
    return f"{day}{words.comma} {filled(words.words.at, {'time': one.time})}"
