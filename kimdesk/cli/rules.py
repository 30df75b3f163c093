"""``kimdeskctl rules``: what the rules say of facts alone, without a vault."""

import re
from argparse import Namespace
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Final

from kimdesk.casework import deadlines
from kimdesk.casework.deadlines import Derived
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.cli.facts_in import named, read_facts
from kimdesk.cli.outcome import Outcome
from kimdesk.domain.dates import today
from kimdesk.domain.errors import ContentError
from kimdesk.domain.law.deadline_rule import CODES, Facts
from kimdesk.texts import dates, derivation, say
from kimdesk.texts.effects import effect_words

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FACTS: Final = frozenset(one.name for one in fields(Facts))


def derive(args: Namespace) -> Outcome:
    """Work one deadline out from the facts in a file; codes may be written with hyphens too."""
    code = args.rule.replace("-", "_")
    SHIPPED.rules.deadlines.versions(code)
    facts = deadline_facts(read_facts(args.facts))
    day = args.today or today()
    derived = deadlines.compute(SHIPPED.rules.deadlines, code, facts, day)
    return Outcome(_answer(derived), tuple(_lines(derived, day)))


def deadline_facts(table: Mapping[str, Any]) -> Facts:
    """Return the facts of a deadline as they stand in ``table``; null is unknown.

    Raises ContentError E895 for a fact that no deadline asks for, E896 for a day or a code that is none.
    """
    told = {name: value for name, value in table.items() if value is not None}
    if unknown := told.keys() - _FACTS:
        raise ContentError("E895", place=named(min(unknown)))
    return Facts(**{name: _value(name, value) for name, value in told.items()})


def _value(name: str, value: object) -> Any:
    return _code(name, value) if name in CODES else _day(name, value)


def _code(name: str, value: object) -> str:
    known = {one.code for one in SHIPPED.code_list(CODES[name]).codes}
    if not isinstance(value, str) or value not in known | {""}:
        raise ContentError("E896", place=name)
    return value


def _day(name: str, value: object) -> date:
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise ContentError("E896", place=name)


def _answer(derived: Derived) -> dict[str, Any]:
    found, rule = derived.found, derived.rule
    days: dict[str, Any] = {"earliest_day" if found.earliest else "last_day": found.due.isoformat()}
    if found.opens_on:
        days["earliest_day"] = found.opens_on.isoformat()
    steps = derivation.sentences(found)
    asks = {"asks": ["stated"]} if derived.unstated else {}
    return (
        days
        | asks
        | {
            "steps": [{"text": one.text, "source": one.source, "checked": one.checked} for one in steps],
            "version": {
                "title": rule.title,
                "source": rule.source,
                "valid_from": rule.valid_from and rule.valid_from.isoformat(),
                "valid_until": rule.valid_until and rule.valid_until.isoformat(),
            },
            "checked": derived.checked,
        }
    )


def _lines(derived: Derived, day: date) -> Iterator[str]:
    """Yield the day, what must be asked or done besides, each step, and what else is to be known."""
    found = derived.found
    told = say(
        "deadline.earliest_day" if found.earliest else "case.last_day_day", day=dates.spelled(found.due)
    )
    yield say("deadline.and_when", day=told, when=dates.distance(found.due, day))
    if derived.unstated:
        yield f"{say('deadline.stated')} {say('deadline.stated_why')}"
    if derived.late and (hint := derivation.late_hint(derived.helping)):
        yield hint
    if derived.effect or derived.appeal:
        effect = effect_words(derived.effect, depends=bool(derived.decisions), by=derived.urgent_on)
        yield f"{effect.title} {effect.text}"
    for one in derivation.sentences(found):
        source = one.source if one.checked else say("derivation.unchecked", source=one.source)
        yield " ".join(filter(None, (one.text, source and say("deadline.source", source=source))))
    if derived.rule.note:
        yield derived.rule.note
