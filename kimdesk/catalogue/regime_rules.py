"""The rules on gaps, overlaps and papers as data."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

import msgspec

from kimdesk.domain.errors import ContentError
from kimdesk.domain.law.paragraphs import PLACE
from kimdesk.domain.law.regime_law import Continuation, LastDay, Law, TitleList
from kimdesk.domain.law.spans import Spans
from kimdesk.forms.shape import shaped

PATH = "rules/regimes.toml"


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


class BenefitPair(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
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


class Titles(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Titles that the law names together; ``paragraphs`` as „25.3“."""

    code: TitleList
    title: str
    paragraphs: tuple[str, ...]
    source: str
    checked: bool = False


class RegimeRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``resources/rules/regimes.toml``."""

    state: date
    without_sgb2: tuple[str, ...]  # residence_status
    ukraine_since: date
    ukraine_from: date
    free_movement: tuple[str, ...]  # nationality: EU, EEA, Switzerland
    continuations: tuple[Continuation, ...] = msgspec.field(name="continuation")
    titles: tuple[Titles, ...]
    labels: tuple[Label, ...] = msgspec.field(name="label")
    rules: tuple[RegimeRule, ...] = msgspec.field(name="rule")
    pairs: tuple[BenefitPair, ...] = msgspec.field(name="pair")

    def law(self, spans: Spans, last_day: LastDay) -> Law:
        """Return what agenda and remarks need to know, with the lengths of ``spans`` and deadline rules."""
        verdicts = {
            frozenset({one, other}): pair.verdict
            for pair in self.pairs
            for one in pair.one
            for other in pair.other
        }
        return Law(
            spans,
            verdicts,
            frozenset(self.without_sgb2),
            self.ukraine_since,
            self.ukraine_from,
            self.continuations,
            frozenset(self.free_movement),
            last_day,
            {one.code: one.paragraphs for one in self.titles},
        )

    def rule(self, code: str, on: date | None = None) -> RegimeRule:
        """Return the version of the rule ``code`` that is said on the day ``on``, else the newest.

        Raises ContentError E700 when there is none.
        """
        found = [one for one in self.rules if one.code == code]
        if not found:
            raise ContentError("E700", name=PATH, place=code)
        return next((one for one in found if on and one.holds(on)), found[-1])

    def label(self, code: str, on: date) -> str:
        """Return what the benefit ``code`` is called on the day ``on`` by these rules, "" for nothing."""
        return next((one.label for one in self.labels if one.code == code and one.holds(on)), "")

    def pair(self, one: str, other: str) -> BenefitPair | None:
        """Return what is said about two benefits beside each other, None for nothing."""
        both = frozenset({one, other})
        return next(
            (
                pair
                for pair in self.pairs
                if any(frozenset({first, second}) == both for first in pair.one for second in pair.other)
            ),
            None,
        )


def parse(table: Mapping[str, Any]) -> RegimeRules:
    """Return the rules that ``table`` describes. Raises ContentError E700 when it is broken."""
    rules = shaped(table, RegimeRules, PATH)
    if missing := set(TitleList) - {one.code for one in rules.titles}:
        raise ContentError("E700", name=PATH, place=min(missing))
    if strange := [each for one in rules.titles for each in one.paragraphs if not PLACE.fullmatch(each)]:
        raise ContentError("E700", name=PATH, place=strange[0])
    return rules
