"""The closed language in which an indicator says which things it counts.

A line is a clause, or several joined by " or "; several lines must all hold::

    opened_on until last            on or before the last day of the period
    closed_on after last or closed_on missing
    sent_on within period
    state is accepted, done
    gap over 0
    intake.criteria names no_access_elsewhere       among several

A date that came cut to its month counts from its first day; of a date that ends something
(``ENDS``) it is the last one.
"""

from collections.abc import Container
from dataclasses import dataclass
from typing import Final, Literal, get_args

Bound = Literal["first", "last"]
Order = Literal["until", "before", "from", "after"]

ENDS: Final = frozenset({"ends_on", "until", "valid_until", "closed_on", "done_on"})
"""Dates of an end: cut to a month they mean its last day."""


class UnknownWordError(ValueError):
    """``word`` is none of the language, or not in its place."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@dataclass(frozen=True, slots=True)
class Codes:
    """The field holds one of ``codes``; ``negated``: it holds none of them, perhaps nothing."""

    field: str
    codes: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """The code stands among those of the field."""

    field: str
    code: str


@dataclass(frozen=True, slots=True)
class Present:
    """Something stands in the field; ``negated``: nothing does."""

    field: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """A date, and the first or last day of the period."""

    field: str
    order: Order
    bound: Bound


@dataclass(frozen=True, slots=True)
class Within:
    """A date in the period."""

    field: str


@dataclass(frozen=True, slots=True)
class Over:
    """A whole number above ``least``."""

    field: str
    least: int


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the clauses holds."""

    clauses: "tuple[Clause, ...]"


Clause = Codes | Names | Present | Compared | Within | Over
Condition = Clause | Either


def read(line: str, fields: Container[str]) -> Condition:
    """Return what a line says of ``fields``. Raises UnknownWordError."""
    clauses = tuple(_clause(each.split(), fields) for each in line.split(" or "))
    return clauses[0] if len(clauses) == 1 else Either(clauses)


def _clause(words: list[str], fields: Container[str]) -> Clause:
    if not words or words[0] not in fields:
        raise UnknownWordError(words[0] if words else "")
    field, verb, rest = words[0], " ".join(words[1:2]), words[2:]
    if verb in ("is", "is_not") and rest:
        return Codes(field, _listed(rest), verb == "is_not")
    if verb in ("given", "missing") and not rest:
        return Present(field, verb == "missing")
    if verb == "names" and len(rest) == 1:
        return Names(field, rest[0])
    if verb == "within" and rest == ["period"]:
        return Within(field)
    if verb == "over" and len(rest) == 1 and rest[0].isdecimal():
        return Over(field, int(rest[0]))
    if verb in get_args(Order) and len(rest) == 1 and rest[0] in get_args(Bound):
        return Compared(field, verb, rest[0])  # type: ignore[arg-type]
    raise UnknownWordError(" ".join(words[1:]))


def _listed(words: list[str]) -> tuple[str, ...]:
    codes = tuple(each.strip() for each in " ".join(words).split(","))
    wrong = next((each for each in codes if not each or " " in each), None)
    if wrong is not None or len(set(codes)) != len(codes):
        raise UnknownWordError(wrong or " ".join(words))
    return codes
