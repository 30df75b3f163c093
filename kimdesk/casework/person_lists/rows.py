"""The rows of a list as persons, with what is troubling about each."""

import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from kimdesk.casework import admission
from kimdesk.casework.person_lists import names
from kimdesk.casework.person_lists.columns import LISTS, codes_of, named_codes
from kimdesk.casework.person_lists.days import DayOrder
from kimdesk.casework.person_lists.reading import TableFile
from kimdesk.casework.person_lists.table import says_something
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.person_columns import PersonColumns
from kimdesk.domain.characters import is_writable, tidy
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.naming import apart, list_name
from kimdesk.domain.records import LanguageSkill, Person
from kimdesk.domain.sentences import filled
from kimdesk.store.folding import fold, written

DATES = frozenset({"birth_date", "arrived_on", "opened_on"})
CASE = frozenset({"file_number", "opened_on", "ags"})
FATAL = frozenset({"no_name", "unfit_name", "unwritable"})
DOUBTFUL = frozenset({"sum_row", "remark_row", "struck", "broken_name", "twice"})
_NAMES = ("family_name", "given_names")
_NAMES_OUT = {admission.NAMELESS: "no_name"}
_NOBODY = Person()
_UNREAD = "\ufffd"
_NUMBERS = frozenset({"postcode", "file_number", "phone", "azr_number", *DATES})
_AGS = re.compile(r"\d{8}")
_POSTCODE, _NUMERIC = re.compile(r"\d{5}"), re.compile(r"[\d.,]+")
_COUNT = re.compile(r"[\d\s.,:=()]+$")
_OTHER_CALENDARS = (range(1200, 1500), range(2440, 2620))  # Islamic and Iranian, Buddhist and Thai
_MANY_WORDS, _FEW_COLUMNS = 4, 3
_A_STEP = 1000  # rows, about a tenth of a second

T = TypeVar("T")
Steps = Generator[tuple[int, int], None, T]
"""Long work in short steps: each tells how much is done of how much; what it comes to is returned."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something about a row: a code, and a German sentence."""

    code: str
    text: str

    @property
    def fatal(self) -> bool:
        """Return whether the row cannot be taken in."""
        return self.code in FATAL


def trouble(known: PersonColumns, code: str, value: str = "", target: str = "") -> Trouble:
    """Return the trouble ``code`` with what the cell says in a column that means ``target``."""
    return Trouble(code, filled(known.trouble[code], {"value": value, "label": known.label(target)}))


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: its number in the file as a spreadsheet counts, the person, what the case gets of it."""

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

    @property
    def doubtful(self) -> bool:
        """Return whether the row is taken in only when somebody wants it: perhaps no person, or one twice."""
        return any(each.code in DOUBTFUL for each in self.troubles)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How cells are read: whether the month comes first, which sign parts decimals; what is not said is
    guessed (None, "")."""

    month_first: bool | None = None
    decimal: str = ""


def rows_of(
    catalogue: Catalogue,
    table: TableFile,
    mapping: Sequence[str],
    today: date | None = None,
    reckoning: Reckoning | None = None,
) -> tuple[ListRow, ...]:
    """Return the rows of ``table``; ``mapping`` says what each column means ("" for nothing)."""
    return whole(row_steps(catalogue, table, mapping, today, reckoning))


def row_steps(
    catalogue: Catalogue,
    table: TableFile,
    mapping: Sequence[str],
    today: date | None = None,
    reckoning: Reckoning | None = None,
) -> Steps[tuple[ListRow, ...]]:
    """Do what ``rows_of`` does, step by step."""
    reading = _Reading(catalogue, table, mapping, today or calendar_day(), reckoning or Reckoning())
    found = []
    for done, (number, cells, marks) in enumerate(table.numbered()):
        if not done % _A_STEP:
            yield done, len(table.rows)
        found.append(reading.row(number, cells, marks))
    return tuple(_told_twice(catalogue.rules.person_columns, found))


def whole(steps: Steps[T]) -> T:
    """Take all steps and return what they come to."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: T = end.value
            return found


class _Reading:
    """One list on its way to rows."""

    def __init__(
        self, catalogue: Catalogue, table: TableFile, mapping: Sequence[str], today: date, how: Reckoning
    ) -> None:
        self._catalogue, self._today = catalogue, today
        known = self._known = catalogue.rules.person_columns
        self._codes = {name: codes_of(catalogue, name) for name in LISTS if name in mapping}
        self._columns = [(number, name) for number, name in enumerate(mapping) if name]
        self._orders = {
            name: DayOrder.of(
                table.column(at),
                month_first=how.month_first,
                starts_1904=table.starts_1904,
                months=known.months,
            )
            for at, name in self._columns
            if name in DATES
        }
        self._whole = {
            name: _needless(how.decimal, table.column(at)) for at, name in self._columns if name in _NUMBERS
        }
        self._particles = catalogue.rules.likeness.particles
        self._headless = not table.head_row
        self._sums = frozenset(map(fold, known.sums))

    def row(self, number: int, cells: Sequence[str], marks: Sequence[str]) -> ListRow:
        troubles = [trouble(self._known, each) for each in dict.fromkeys(marks) if each != "broken_letter"]
        given = dict(self._written(cells, troubles))
        values = self._names(given, troubles) | self._values(given, troubles)
        case = {name: values.pop(name) for name in CASE & values.keys()}
        if opened := case.get("opened_on"):
            case["opened_on"] = opened.earliest()
        person = self._fit(Person(**values), troubles)
        troubles += [trouble(self._known, code) for code in self._no_person(cells, person)]
        if self._headless and person.given_names:
            troubles.append(trouble(self._known, "unsure_name", list_name(person)))
        return ListRow(number, person, **case, troubles=tuple(troubles))

    def _written(self, cells: Sequence[str], troubles: list[Trouble]) -> Iterator[tuple[str, str]]:
        """Yield the cells that say something, tidy; one that cannot be written or read is troubling."""
        for at, name in self._columns:
            if not is_writable(cells[at]):
                troubles.append(trouble(self._known, "unwritable", "", name))
                continue
            cell = " ".join(cells[at].split())
            if _UNREAD in cell and name not in (*_NAMES, *names.WHOLE):
                troubles.append(trouble(self._known, "broken_letter", "", name))
            elif cell:
                if _UNREAD in cell:
                    troubles.append(trouble(self._known, "broken_name"))
                yield name, self._whole[name].sub(r"\1", tidy(cell)) if name in self._whole else tidy(cell)

    def _names(self, given: Mapping[str, str], troubles: list[Trouble]) -> dict[str, str]:
        parts = {name: given[name] for name in _NAMES if name in given}
        target = next((each for each in names.WHOLE if each in given), "")
        if parts or not target:
            return parts
        family_first = target == "last_name_first"
        first, family = apart(given[target], self._particles, family_first=family_first)
        if not names.is_sure(given[target], target):
            troubles.append(trouble(self._known, "unsure_name", f"{family}, {first}"))
        return {"family_name": family, "given_names": first}

    def _values(self, given: Mapping[str, str], troubles: list[Trouble]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, cell in given.items():
            if name in DATES:
                found |= self._date(name, cell, troubles)
            elif name in LISTS:
                found |= self._coded(name, cell, troubles)
            elif name == "ags" and not _AGS.fullmatch(cell):
                troubles.append(trouble(self._known, "ags", cell, name))
            elif name not in (*_NAMES, *names.WHOLE):
                found[name] = cell
            if name == "postcode" and _NUMERIC.fullmatch(cell) and not _POSTCODE.fullmatch(cell):
                troubles.append(trouble(self._known, "postcode", cell))
        return found

    def _date(self, name: str, cell: str, troubles: list[Trouble]) -> dict[str, Any]:
        order = self._orders[name]
        try:
            found = order.read(cell, self._today)
        except ValueError:
            troubles.append(trouble(self._known, "date", cell, name))
            return {}
        if code := _odd(found, self._today):
            troubles.append(trouble(self._known, code, cell, name))
            return {}
        if order.unsure(cell):
            troubles.append(trouble(self._known, "unsure_date", cell, name))
        return {name: found}

    def _coded(self, name: str, cell: str, troubles: list[Trouble]) -> dict[str, Any]:
        found, half = named_codes(self._codes[name], name, cell)
        if not found:
            troubles.append(trouble(self._known, "half_known" if half else "code", cell, name))
            return {}
        if name == "languages":
            return {name: tuple(map(LanguageSkill, found))}
        return {name: found if name == "nationalities" else found[0]}

    def _fit(self, person: Person, troubles: list[Trouble]) -> Person:
        """Return ``person`` without the entries that would not be let in; a name among them is fatal."""
        found = admission.objections(self._catalogue, person, day=self._today)
        if not found:
            return person
        wrong = [each for each in found if each.field in _NAMES]
        troubles.extend(trouble(self._known, _NAMES_OUT.get(each.code, "unfit_name")) for each in wrong)
        others = [each.field for each in found if each.field not in _NAMES]
        troubles.extend(trouble(self._known, "unfit", target=each) for each in others)
        return replace(person, **{name: getattr(_NOBODY, name) for name in others})

    def _no_person(self, cells: Sequence[str], person: Person) -> Iterator[str]:
        """Yield why a row is perhaps no person: it counts others, or is a remark below them."""
        if person.birth_date:
            return
        said = [each for each in cells if says_something(each)]
        first = said[0] if said else ""
        counts = fold(_COUNT.sub("", first)) in self._sums
        if counts and not admission.is_named(person.given_names):
            yield "sum_row"
        elif len(said) == 1 and len(cells) >= _FEW_COLUMNS and _is_remark(person.family_name):
            yield "remark_row"


def _is_remark(said: str) -> bool:
    return ":" in said or any(map(str.isdigit, said)) or len(said.split()) >= _MANY_WORDS


def _odd(found: PartialDate, today: date) -> str:
    """Return the code of what is wrong with a date in a list, "" for nothing."""
    if any(found.year in years for years in _OTHER_CALENDARS):
        return "other_calendar"
    if found.earliest() > today:
        return "future_date"
    return "old_date" if found.year < admission.FIRST_YEAR else ""


def _needless(decimal: str, cells: Iterable[str]) -> re.Pattern[str]:
    """Return what takes decimals of nothing from a number: „48683,0“, where a column is written so."""
    signs = re.escape(decimal) if decimal else ".,"
    pattern = re.compile(rf"^(\d+)[{signs}]0+$")
    said = [each for each in cells if each]
    return pattern if decimal or (said and all(map(pattern.match, said))) else _NOTHING


_NOTHING = re.compile(r"(?!)()")


def _told_twice(known: PersonColumns, rows: Sequence[ListRow]) -> Iterator[ListRow]:
    seen: dict[tuple[str, str, str], int] = {}
    numbers: set[str] = set()
    for row in rows:
        more = []
        if row.file_number in numbers:
            more.append(trouble(known, "number_twice", row.file_number))
        if not row.fatal:
            first = seen.setdefault(_key(row.person), row.number)
            more += [trouble(known, "twice", str(first))] if first != row.number else []
            numbers.update(filter(None, [row.file_number]))
        yield replace(row, troubles=(*row.troubles, *more)) if more else row


def _key(person: Person) -> tuple[str, str, str]:
    born = person.birth_date.iso() if person.birth_date else ""
    return written(person.family_name), written(person.given_names), born
