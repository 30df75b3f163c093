"""Deadlines of the law as data: rules and fictions by version."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import msgspec

from kimdesk.catalogue.calendar import holiday_name
from kimdesk.domain.errors import CaseworkError, ContentError
from kimdesk.domain.law import derivation
from kimdesk.domain.law.deadline_rule import FIXED, AgencyWords, Derivation, Effect, Facts, Fiction, Rule
from kimdesk.domain.law.periods import after_event, working_day_before
from kimdesk.forms.shape import shaped

PATH = "rules/deadlines.toml"
_OF_FEW = frozenset({"portal", "reception", "returned"})  # delivery


class _Sheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The document as it stands in its file."""

    state: date
    rule: list[dict[str, Any]]
    fiction: list[dict[str, Any]]
    effect: list[dict[str, Any]] = []
    agency: list[dict[str, Any]] = []


@dataclass(frozen=True, slots=True)
class DeadlineRules:
    """Every rule, and when letters count as known, each in every version and in the order of the file.

    ``state`` is the day on which the rules stood as they are here.
    """

    state: date
    every: tuple[Rule, ...]
    fictions: tuple[Fiction, ...]
    effects: tuple[Effect, ...] = ()
    agencies: tuple[AgencyWords, ...] = ()

    @property
    def newest(self) -> tuple[Rule, ...]:
        """Return the newest version of each rule."""
        return tuple({one.code: one for one in self.every}.values())

    def versions(self, code: str) -> tuple[Rule, ...]:
        """Return the rule ``code`` as it stood one after the other. Raises CaseworkError E892 for no rule."""
        found = tuple(one for one in self.every if one.code == code)
        if not found:
            raise CaseworkError("E892")
        return found

    def rule(self, code: str) -> Rule:
        """Return the newest version of the rule ``code``, for as long as nothing is known of what happened.

        Raises CaseworkError E892 when there is none.
        """
        return self.versions(code)[-1]

    def derive(self, code: str, facts: Facts) -> Derivation:
        """Return the day by the rule ``code`` in NRW, with its steps and the version that was applied.

        It is the last day, or the earliest one where the rule gives that (``Derivation.earliest``).

        Raises CaseworkError E890 when a date is missing, E891 when it is beyond the calendar, E892 for no
        rule, E893 when a letter arrived before it was posted.
        """
        return derivation.derive(self.versions(code), facts, self.fictions, holiday_name)

    def remedy_of(self, agency: str) -> str:
        """Return the rule that a notice of ``agency`` is attacked by as far as its name says, else ""."""
        return next((one.rule for one in self.agencies if one.meant(agency)), "")

    def helping(self, rule: Rule) -> tuple[Rule, ...]:
        """Return the rules, as they stand now, that may still help when the day of ``rule`` has passed."""
        return tuple(self.rule(code) for code in rule.late)

    def effect(self, found: Derivation, facts: Facts) -> Effect | None:
        """Return what is known of whether the appeal suspends the decision, None for nothing.

        What is known of this kind of decision goes before what is known of any.
        """
        asked, code = found.counted_from, found.rule.code
        kinds = dict.fromkeys((facts.decision, ""))
        return next((one for kind in kinds for one in self.effects if one.holds(code, kind, asked)), None)

    def urgent_on(self, found: Derivation, effect: Effect | None) -> date:
        """Return by when the urgent application is to be made: the working day at which it is surely in time.

        It is the day of the appeal unless less time is left for it.
        """
        if effect is None or effect.within is None:
            return found.due
        end = after_event(found.counted_from, effect.within)
        return min(found.due, working_day_before(end, holiday_name))

    def delivers(self, law: str, delivery: str) -> bool:
        """Return whether letters under ``law`` can come in the way ``delivery``; few laws know some ways."""
        told = {(one.law, one.delivery) for one in self.fictions}
        return delivery not in _OF_FEW or (law, delivery) in told

    def decisions(self, code: str) -> tuple[str, ...]:
        """Return the kinds of decision on which it depends whether an appeal by ``code`` suspends them."""
        return tuple(dict.fromkeys(one.decision for one in self.effects if one.rule == code and one.decision))


def parse(table: Mapping[str, Any]) -> DeadlineRules:
    """Return the rules that ``table`` describes. Raises ContentError E700 when it is broken."""
    sheet = shaped(table, _Sheet, PATH)
    rules = tuple(_convert(entry, Rule) for entry in sheet.rule)
    effects = tuple(_convert(entry, Effect) for entry in sheet.effect)
    agencies = tuple(_convert(entry, AgencyWords) for entry in sheet.agency)
    _demand_known(rules, (*(one.rule for one in effects), *(one.rule for one in agencies)))
    fictions = tuple(_convert(entry, Fiction) for entry in sheet.fiction)
    return DeadlineRules(sheet.state, rules, fictions, effects, agencies)


def _demand_known(rules: Iterable[Rule], others: Iterable[str]) -> None:
    """Raise ContentError E700 when a rule, or one of ``others``, names no rule, or when a day is missing."""
    known = {one.code for one in rules}
    named = {code for one in rules for code in one.late} | set(others)
    dayless = {one.code for one in rules if (one.counts_from == FIXED) != (one.on is not None)}
    if wrong := (named - known) | dayless:
        raise ContentError("E700", name=PATH, place=min(wrong))


def _convert(entry: dict[str, Any], kind: Any) -> Any:
    if unknown := entry.keys() - {each.name for each in fields(kind)}:
        raise ContentError("E700", name=PATH, place=min(unknown))
    return shaped(entry, kind, PATH)
