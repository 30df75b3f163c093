"""The rows of a list as persons, with what is troubling about each."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kimdesk.casework import admission
from kimdesk.casework.person_lists.columns import LISTS, codes_of
from kimdesk.casework.person_lists.days import DayOrder
from kimdesk.casework.person_lists.reading import TableFile
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.person_columns import PersonColumns
from kimdesk.domain.characters import is_writable, tidy
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.records import LanguageSkill, Person
from kimdesk.store.folding import fold

DATES = frozenset({"birth_date", "arrived_on", "opened_on"})
CASE = frozenset({"file_number", "opened_on", "ags"})
_NAMES = ("family_name", "given_names")
_NAMES_OUT = {admission.NAMELESS: "no_name"}
_NOBODY = Person()
_SEVERAL = re.compile(r"[,;/|]+|\sund\s")
_AGS = re.compile(r"\d{8}")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something about a row: a code, and a German sentence."""

    code: str
    text: str

    @property
    def fatal(self) -> bool:
        """Return whether the row cannot be taken in."""
        return self.code in ("no_name", "unfit_name", "unwritable")


def trouble(known: PersonColumns, code: str, value: str = "", target: str = "") -> Trouble:
    """Return the trouble ``code`` with what the cell says in a column that means ``target``."""
    return Trouble(code, known.trouble[code].format(value=value, label=known.label(target)))


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: its number in the list (from 1, heads not counted), the person, what the case gets of it."""

    number: int
    person: Person
    file_number: str = ""
    opened_on: date | None = None
    ags: str = ""
    troubles: tuple[Trouble, ...] = ()

    @property
    def fatal(self) -> bool:
        """Return whether the row cannot be taken in."""
        return any(each.fatal for each in self.troubles)


def rows_of(
    catalogue: Catalogue, table: TableFile, mapping: Sequence[str], today: date | None = None
) -> tuple[ListRow, ...]:
    """Return the rows of ``table``; ``mapping`` says what each column means ("" for nothing)."""
    reading = _Reading(catalogue, table, mapping, today or calendar_day())
    return tuple(
        _told_twice(
            catalogue.rules.person_columns,
            [reading.row(number, cells) for number, cells in enumerate(table.rows, 1)],
        )
    )


class _Reading:
    """One list on its way to rows."""

    def __init__(self, catalogue: Catalogue, table: TableFile, mapping: Sequence[str], today: date) -> None:
        self._catalogue = catalogue
        self._known = catalogue.rules.person_columns
        self._codes = {name: codes_of(catalogue, name) for name in LISTS if name in mapping}
        self._columns = [(number, name) for number, name in enumerate(mapping) if name]
        self._orders = {name: DayOrder.of(table.column(at)) for at, name in self._columns if name in DATES}
        self._today = today

    def row(self, number: int, cells: Sequence[str]) -> ListRow:
        troubles: list[Trouble] = []
        found = ((name, cells[at]) for at, name in self._columns)
        given = dict(_written(self._known, found, troubles))
        values = _names(given) | self._values(given, troubles)
        case = {name: values.pop(name) for name in CASE & values.keys()}
        if opened := case.get("opened_on"):
            case["opened_on"] = opened.earliest()
        person = self._fit(Person(**values), troubles)
        return ListRow(number, person, **case, troubles=tuple(troubles))

    def _fit(self, person: Person, troubles: list[Trouble]) -> Person:
        """Return ``person`` without the entries that would not be let in; a name among them is fatal."""
        found = admission.objections(self._catalogue, person, day=self._today)
        names = [each for each in found if each.field in _NAMES]
        troubles.extend(trouble(self._known, _NAMES_OUT.get(each.code, "unfit_name")) for each in names)
        others = [each.field for each in found if each.field not in _NAMES]
        troubles.extend(trouble(self._known, "unfit", target=each) for each in others)
        return replace(person, **{name: getattr(_NOBODY, name) for name in others})

    def _values(self, given: Mapping[str, str], troubles: list[Trouble]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, cell in given.items():
            if name in DATES:
                found |= self._date(name, cell, troubles)
            elif name in LISTS:
                found |= self._coded(name, cell, troubles)
            elif name == "ags" and not _AGS.fullmatch(cell):
                troubles.append(trouble(self._known, "ags", cell, name))
            elif name not in ("full_name", "family_name", "given_names"):
                found[name] = cell
        return found

    def _date(self, name: str, cell: str, troubles: list[Trouble]) -> dict[str, Any]:
        order = self._orders[name]
        try:
            found = order.read(cell, self._today)
        except ValueError:
            troubles.append(trouble(self._known, "date", cell, name))
            return {}
        if found.earliest() > self._today:
            troubles.append(trouble(self._known, "future_date", cell, name))
            return {}
        if order.unsure(cell):
            troubles.append(trouble(self._known, "unsure_date", cell, name))
        return {name: found}

    def _coded(self, name: str, cell: str, troubles: list[Trouble]) -> dict[str, Any]:
        codes = self._codes[name]
        whole = codes.get(fold(cell))
        parts = [cell] if whole else [each for each in _SEVERAL.split(cell) if each.strip()]
        known = [code for each in parts if (code := codes.get(fold(each)))]
        unknown = (each.strip() for each in parts if fold(each) not in codes)
        troubles.extend(trouble(self._known, "code", each, name) for each in unknown)
        if not known:
            return {}
        if name == "languages":
            return {name: tuple(LanguageSkill(code) for code in dict.fromkeys(known))}
        return {name: known[0] if name == "sex" else tuple(dict.fromkeys(known))}


def _written(
    known: PersonColumns, given: Iterable[tuple[str, str]], troubles: list[Trouble]
) -> Iterator[tuple[str, str]]:
    """Yield the cells that say something, tidy; one that cannot be written is troubling."""
    for name, cell in given:
        if not is_writable(cell):
            troubles.append(trouble(known, "unwritable", "", name))
        elif cell:
            yield name, tidy(cell)


def _names(given: Mapping[str, str]) -> dict[str, str]:
    names = {name: given[name] for name in ("family_name", "given_names") if name in given}
    if names or "full_name" not in given:
        return names
    whole = given["full_name"]
    if "," in whole:
        family, _, first = whole.partition(",")
    else:
        first, _, family = whole.rpartition(" ")
    return {"family_name": family.strip(), "given_names": first.strip()}


def _told_twice(known: PersonColumns, rows: Sequence[ListRow]) -> Iterator[ListRow]:
    seen: dict[tuple[str, str, str], int] = {}
    for row in rows:
        person = row.person
        born = person.birth_date.iso() if person.birth_date else ""
        key = (fold(person.family_name), fold(person.given_names), born)
        first = seen.setdefault(key, row.number)
        if first == row.number or row.fatal:
            yield row
        else:
            twice = trouble(known, "twice", str(first))
            yield ListRow(row.number, person, row.file_number, row.opened_on, row.ags, (*row.troubles, twice))
