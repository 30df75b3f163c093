"""The rules on gaps, overlaps and papers as data, and what they say in German."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

import msgspec

import resources
from kimdesk.catalogue.codes import code_list
from kimdesk.domain.errors import ContentError
from kimdesk.domain.regime_remarks import Law, Remark

_PATH = "rules/regimes.toml"
_LISTS = {
    "benefit": "legal_regime",
    "health_insurance": "insurance",
    "course": "course",
    "school": "school",
    "work": "work",
}


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
        return Law(verdicts, frozenset(self.without_sgb2), self.ukraine_since, self.ukraine_from)


@dataclass(frozen=True, slots=True)
class Told:
    """A remark in German. ``standing`` is „Stand …“, „ungeprüft“ or „geplant, unbestätigt“."""

    tone: str
    title: str
    sentence: str
    advice: str
    source: str
    standing: str


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


def tell(remark: Remark, today: date, people: Sequence[str]) -> Told | None:
    """Return ``remark`` in German for ``people``, None when its rule does not hold on ``today``."""
    found = rule(remark.rule)
    if not found.holds(today):
        return None
    facts = _facts(remark, today, people)
    text = found.open if found.open and remark.ends_on is None else found.sentence
    checked = f"Stand {german(book().state)}" if found.checked else f"Stand {german(book().state)}, ungeprüft"
    return Told(
        found.tone,
        found.title.format_map(facts),
        text.format_map(facts),
        found.advice,
        found.source.format_map(facts),
        "geplant, unbestätigt" if found.planned else checked,
    )


def german(day: date) -> str:
    """Return ``TT.MM.JJJJ``."""
    return f"{day:%d.%m.%Y}"


def days_words(days: int, *, dative: bool = False) -> str:
    """Return „1 Tag“, „14 Tage“; in the dative „einem Tag“, „14 Tagen“."""
    if days == 1:
        return "einem Tag" if dative else "1 Tag"
    return f"{days} Tagen" if dative else f"{days} Tage"


def _facts(remark: Remark, today: date, people: Sequence[str]) -> dict[str, str]:
    facts, days = remark.facts, remark.days(today)
    pair = _pair(remark)
    return {
        "people": ", ".join(people),
        "days": days_words(days),
        "days_dative": days_words(days, dative=True),
        "start": german(remark.starts_on),
        "end": german(remark.ends_on) if remark.ends_on else "heute",
        "before": _regime(remark, "before"),
        "after": _regime(remark, "after"),
        "status": code_list("residence_status").short(facts.get("status", "")),
        "applied": _day(facts, "applied_on"),
        "until": _day(facts, "valid_until"),
        "planned": _planned(remark),
        "verdict": pair.why if pair else "",
        "pair_source": pair.source if pair else "",
    }


def _planned(remark: Remark) -> str:
    if "planned_on" not in remark.facts:
        return ""
    return f"; {_regime(remark, 'after')} wird ab {_day(remark.facts, 'planned_on')} erwartet"


def _regime(remark: Remark, name: str) -> str:
    return code_list(_LISTS[remark.lane or "benefit"]).short(remark.facts.get(name, ""))


def _pair(remark: Remark) -> Pair | None:
    both = frozenset({remark.facts.get("before", ""), remark.facts.get("after", "")})
    return next(
        (
            pair
            for pair in book().pairs
            if any(frozenset({one, other}) == both for one in pair.one for other in pair.other)
        ),
        None,
    )


def _day(facts: Mapping[str, str], name: str) -> str:
    return german(date.fromisoformat(facts[name])) if name in facts else ""
