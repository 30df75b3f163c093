"""``kimdeskctl rules screen`` and ``case screening``: rights to stay and naturalisation; no legal advice."""

from argparse import Namespace
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kimdesk.casework import cases, perspective
from kimdesk.casework.screening_facts import NO_DATE, facts_of
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.cli.facts_in import read_facts
from kimdesk.cli.outcome import Outcome
from kimdesk.cli.secrets_in import opened
from kimdesk.domain.dates import FIRST_YEAR, LAST_YEAR, today
from kimdesk.domain.errors import ContentError
from kimdesk.domain.screening import engine
from kimdesk.domain.screening.result import Light, Screened, ScreenedCondition, Screening
from kimdesk.texts import say
from kimdesk.texts import screening as told


def screen(args: Namespace) -> Outcome:
    """Screen one person from the facts in a file."""
    day = args.today or today()
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ContentError(NO_DATE, place="--today")
    law = SHIPPED.rules.screening
    found = engine.screen(facts_of(read_facts(args.facts)), law, day)
    return _outcome({"": found}, law.state)


def of_case(args: Namespace) -> Outcome:
    """Screen everybody in a case by its records; ``person`` in the answer is the id of the person."""
    with opened(args.vault, args.passphrase_file) as desk:
        file = cases.load(desk, args.id)
        found = perspective.of_file(desk.catalogue, file, today())
        return _outcome(found, desk.catalogue.rules.screening.state)


def _outcome(found: Mapping[str, Screening], state: date) -> Outcome:
    rules = [
        {**({"person": person} if person else {}), **_plain(one)}
        for person, screening in found.items()
        for one in screening.shown
    ]
    lines = [line for screening in found.values() for one in screening.shown for line in _lines(one)]
    end = say("cli_screening.no_advice", state=state)
    return Outcome({"rules": rules}, (*(lines or [say("cli_screening.nothing_fits")]), end))


def _plain(one: Screened) -> dict[str, Any]:
    step = one.step
    return {
        "rule": one.rule,
        "light": str(one.light),
        "earliest": _iso(one.earliest),
        "last_day": _iso(one.last_day),
        "conditions": [_condition(each) for each in one.conditions],
        "lack": str(one.lack) or None,
        "urgent": one.urgent,
        "second_earliest": _iso(one.second_earliest),
        "granted_from": _iso(one.granted_from),
        "paragraph": one.paragraph,
        "step": {"code": step.code, "what": told.step(step), "day": _iso(step.day)} if step else None,
        "alarms": [
            {"day": _iso(each.day), "code": each.code, "about": _iso(each.about)} for each in one.alarms
        ],
        "source": one.source,
        "checked": one.checked,
    }


def _condition(one: ScreenedCondition) -> dict[str, Any]:
    return {
        "id": one.id,
        "light": str(one.light),
        "why": told.said(one.why),
        "state": str(one.state),
        "code": one.why.code,
        "paragraph": one.paragraph,
        "evidence": list(one.evidence),
        "day": _iso(one.day),
        "second_day": _iso(one.second_day),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _lines(one: Screened) -> Iterator[str]:
    light = told.light(one)
    if one.urgent:
        light = say("cli_screening.urgent", light=light)
    yield say("cli_screening.line", rule=told.rule(one.rule), paragraph=one.paragraph, light=light)
    if one.earliest and one.second_earliest:
        yield say("cli_screening.earliest_or", day=one.earliest, other=one.second_earliest)
    elif one.earliest:
        yield say("cli_screening.earliest", day=one.earliest)
    if one.last_day:
        yield say("cli_screening.last_day", day=one.last_day)
    if one.step:
        yield say("cli_screening.step", what=told.step(one.step))
    for each in one.conditions:
        if each.light is not Light.GREY:
            words = say(f"screening.state_{each.state}")
            why = told.said(each.why)
            yield say("cli_screening.condition", light=words, what=told.condition(each.id), why=why)
