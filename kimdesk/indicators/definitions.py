"""What an indicator is: ``resources/indicators``, one file each, in versions with their dates.

What an indicator counted before stands beside it (``active_cases@1.toml``).
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, Final, Literal

import msgspec

import resources
from kimdesk.domain.dates import today
from kimdesk.domain.errors import ContentError
from kimdesk.forms.shape import shaped
from kimdesk.indicators.beside import FIELDS
from kimdesk.indicators.breakdowns import Breakdown, breakdown
from kimdesk.indicators.query import Condition, Either, UnknownWordError, read
from kimdesk.indicators.subjects import SUBJECTS, CountedThing
from kimdesk.indicators.values import Says

FOLDER: Final = "indicators"
_BESIDE: Final = frozenset(f"{of}.{name}" for of, names in FIELDS.items() for name in names)


class IndicatorSheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An indicator as its file says it.

    ``where``: what is counted, ``having``: the property (``share``), lines of ``query``; ``days``: from which
    date to which (``median_days``), or one field with days; ``hours``: the field with minutes of which every
    hour begun is counted.
    """

    code: str
    number: int
    version: int
    title: str
    definition: str  # one sentence
    counted: str  # what the number is of
    counts: Literal["cases", "persons", "events"]
    dated: Literal["day", "period"]  # the state of the last day, or what happened in the period
    says: Says = Says.COUNT
    subject: str
    where: tuple[str, ...] = ()
    having: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    hours: str = ""
    breakdowns: tuple[str, ...]
    source: str
    checked: bool = False
    valid_from: date
    valid_until: date | None = None

    def holds(self, on: date) -> bool:
        """Return whether this version counts on the day ``on``."""
        return self.valid_from <= on <= (self.valid_until or on)


class Indicator(msgspec.Struct, frozen=True, kw_only=True):
    """An indicator ready to be counted: what its sheet says, and its lines read."""

    sheet: IndicatorSheet
    where: tuple[Condition, ...]
    having: tuple[Condition, ...]
    breakdowns: tuple[Breakdown, ...]

    @property
    def code(self) -> str:
        """Return its code."""
        return self.sheet.code

    @property
    def title(self) -> str:
        """Return its title."""
        return self.sheet.title

    @property
    def definition(self) -> str:
        """Return what is counted, in a sentence."""
        return self.sheet.definition

    @property
    def version(self) -> int:
        """Return its version."""
        return self.sheet.version

    @property
    def says(self) -> Says:
        """Return what its numbers say."""
        return self.sheet.says

    @property
    def names(self) -> frozenset[str]:
        """Return the fields of what is counted that are looked at."""
        asked = (*self.where, *self.having)
        clauses = (each for one in asked for each in (one.clauses if isinstance(one, Either) else (one,)))
        fields = {*(each.field for each in clauses), *(each.field for each in self.breakdowns)}
        fields |= {*self.sheet.days, self.sheet.hours} - {""}
        return frozenset(fields - _BESIDE) | ({"ags"} if self.subject.kind == "finding" else set())

    @property
    def subject(self) -> CountedThing:
        """Return what is counted."""
        return SUBJECTS[self.sheet.subject]


def indicators(on: date | None = None) -> tuple[Indicator, ...]:
    """Return the indicators on the day ``on`` (today when None), by number.

    Of one whose versions all begin later it is the first: what is counted now can be counted of earlier days.
    """
    day = on or today()
    return tuple(_in_force(versions, day) for _, versions in sorted(_all().items()))


def indicator(code: str, on: date | None = None) -> Indicator:
    """Return the indicator ``code`` on the day ``on``. Raises ContentError E700 when there is none."""
    found = next((each for each in indicators(on) if each.code == code), None)
    if found is None:
        raise ContentError("E700", name=f"{FOLDER}/{code}", place="code")
    return found


def version_of(code: str, version: int) -> Indicator:
    """Return the indicator ``code`` in ``version``. Raises ContentError E700 when there is none."""
    versions = (each for found in _all().values() for each in found)
    found = next((each for each in versions if (each.code, each.version) == (code, version)), None)
    if found is None:
        raise ContentError("E700", name=f"{FOLDER}/{code}", place=f"version {version}")
    return found


def _in_force(versions: tuple[Indicator, ...], day: date) -> Indicator:
    return next((each for each in reversed(versions) if each.sheet.holds(day)), versions[0])


@cache
def _all() -> dict[int, tuple[Indicator, ...]]:
    found: dict[int, list[Indicator]] = {}
    for path in resources.names(FOLDER):
        read_ = parse(resources.read_toml(path), path, resources.read_text(path))
        found.setdefault(read_.sheet.number, []).append(read_)
    if any(len({each.code for each in versions}) > 1 for versions in found.values()):
        raise ContentError("E700", name=FOLDER, place="number")
    return {number: tuple(sorted(each, key=lambda one: one.version)) for number, each in found.items()}


def parse(table: Mapping[str, Any], path: str, text: str = "") -> Indicator:
    """Return the indicator that ``table`` describes; ``text`` is its file, to name the line at fault.

    Raises ContentError E700 when it is broken: for a word nobody knows with its line.
    """
    sheet = shaped(table, IndicatorSheet, path)
    for complaint in _complaints(sheet, path):
        raise ContentError("E700", name=path, place=complaint)
    fields = SUBJECTS[sheet.subject].fields | _BESIDE
    where = tuple(_line(each, fields, path, text) for each in sheet.where)
    having = tuple(_line(each, fields, path, text) for each in sheet.having)
    found = tuple(breakdown(each) for each in sheet.breakdowns)
    for each in (*(one.field for one in found), *sheet.days, *filter(None, [sheet.hours])):
        if each not in fields:
            raise ContentError("E700", name=path, place=_placed(each, text))
    return Indicator(sheet=sheet, where=where, having=having, breakdowns=found)


def _complaints(sheet: IndicatorSheet, path: str) -> Iterator[str]:
    if sheet.code != path.rpartition("/")[2].removesuffix(".toml").partition("@")[0]:
        yield "code"
    if sheet.subject not in SUBJECTS:
        yield f"subject: {sheet.subject}"
    if not all(each.strip() for each in (sheet.title, sheet.definition, sheet.counted, sheet.source)):
        yield "title, definition, counted, source"
    if len(set(sheet.breakdowns)) != len(sheet.breakdowns):
        yield "breakdowns"
    if bool(sheet.having) != (sheet.says is Says.SHARE) or bool(sheet.days) != (
        sheet.says is Says.MEDIAN_DAYS
    ):
        yield "says, having, days"


def _line(line: str, fields: frozenset[str], path: str, text: str) -> Condition:
    try:
        return read(line, fields)
    except UnknownWordError as error:
        place = f"{_placed(line, text)}: {error.word}"
        raise ContentError("E700", name=path, place=place) from error


def _placed(said: str, text: str) -> str:
    """Return ``said`` with the number of its line."""
    found = next((n for n, line in enumerate(text.splitlines(), 1) if f'"{said}"' in line), 0)
    return f"{found}: {said}" if found else said
