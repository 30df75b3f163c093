"""The rules on gaps, overlaps and papers as data."""

from datetime import date
from functools import cache
from typing import Literal

import msgspec

import resources
from kimdesk.catalogue.agenda_rules import agenda_rules
from kimdesk.catalogue.codes import code_list
from kimdesk.domain.errors import ContentError
from kimdesk.domain.regime_remarks import Law

_PATH = "rules/regimes.toml"


class RegimeRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule; ``open`` is said instead of ``sentence`` while it lasts."""

    code: str
    tone: Literal["bad", "warn", "info"]
    title: str
    sentence: str
    open: str = ""
    advice: str = ""
    source: str
    checked: bool = False
    planned: bool = False
    valid_from: date
    valid_until: date | None = None

    def holds(self, on: date) -> bool:
        """Return whether it is said on the day ``on``."""
        return self.valid_from <= on <= (self.valid_until or on)


class Pair(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Benefits of ``one`` beside benefits of ``other``, each person for themselves."""

    one: tuple[str, ...]  # legal_regime
    other: tuple[str, ...]
    verdict: Literal["excluded", "allowed"]
    why: str
    source: str


class Label(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a benefit is called from one day to another."""

    code: str  # legal_regime
    label: str
    valid_from: date | None = None
    valid_until: date | None = None
    source: str = ""

    def holds(self, on: date) -> bool:
        """Return whether it is called so on the day ``on``."""
        return (self.valid_from or on) <= on <= (self.valid_until or on)


class Book(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``resources/rules/regimes.toml``."""

    state: date
    without_sgb2: tuple[str, ...]  # residence_status
    ukraine_since: date
    ukraine_from: date
    labels: tuple[Label, ...] = msgspec.field(name="label")
    rules: tuple[RegimeRule, ...] = msgspec.field(name="rule")
    pairs: tuple[Pair, ...] = msgspec.field(name="pair")

    @property
    def law(self) -> Law:
        """Return what ``regime_remarks`` needs to know."""
        verdicts = {
            frozenset({one, other}): pair.verdict
            for pair in self.pairs
            for one in pair.one
            for other in pair.other
        }
        return Law(
            agenda_rules().spans,
            verdicts,
            frozenset(self.without_sgb2),
            self.ukraine_since,
            self.ukraine_from,
        )


@cache
def book() -> Book:
    """Return all rules. Raises ContentError E700 when the file is broken."""
    try:
        return msgspec.convert(resources.read_toml(_PATH), Book)
    except msgspec.ValidationError as error:
        raise ContentError("E700", name=_PATH, place=str(error)) from error


def rule(code: str) -> RegimeRule:
    """Return the rule ``code``. Raises ContentError E700 when there is none."""
    found = next((one for one in book().rules if one.code == code), None)
    if found is None:
        raise ContentError("E700", name=_PATH, place=code)
    return found


def benefit_label(code: str, on: date) -> str:
    """Return what the benefit ``code`` is called on the day ``on``."""
    dated = next((one.label for one in book().labels if one.code == code and one.holds(on)), "")
    return dated or code_list("legal_regime").short(code)
