"""What lies behind a number: which cases were counted, as far as each may be told."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from kimdesk.domain.terms import SharingLevel
from kimdesk.indicators.counting import CountedUnit, units
from kimdesk.indicators.definitions import indicator
from kimdesk.indicators.values import Wish
from kimdesk.kreis.registry import RECORDS, desk_table, open_registry
from kimdesk.kreis.rows import transaction
from kimdesk.kreis.steering.source import registry_source

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from kimdesk.casework.desk import Desk

_PSEUDONYM: Final = 8  # signs of an identity that tell cases apart
_AT_ONCE: Final = 400


@dataclass(frozen=True, slots=True)
class CountedCase:
    """A case with how often it was counted; ``named``: by its file number, else by a pseudonym."""

    case_id: str
    name: str
    desk: str
    times: int
    named: bool


@dataclass(frozen=True, slots=True)
class CountedBehind:
    """The cases behind a number; ``untold``: things counted of which only the number may be told."""

    code: str
    title: str
    cases: tuple[CountedCase, ...]
    untold: int


def read_behind(desk: "Desk", wish: Wish, code: str) -> CountedBehind:
    """Return what was counted for ``wish``. Raises StoreError for the database."""
    with transaction(open_registry(desk)) as connection:
        found = units(registry_source(connection), wish, (code,) * len(wish.breakdowns))
        known = connection.execute(select(desk_table.c.id, desk_table.c.name))
        desks = {row.id: row.name for row in known}
        numbers = _file_numbers(connection, {each.case_id for each in found})
    cases: dict[str, list[CountedUnit]] = {}
    untold = 0
    for each in found:
        if each.case_id and each.shared in (SharingLevel.IDENTIFIED, SharingLevel.PSEUDONYMISED):
            cases.setdefault(each.case_id, []).append(each)
        else:
            untold += 1
    told = tuple(_case(own, numbers, desks) for own in cases.values())
    title = indicator(wish.code, wish.span.last).title
    return CountedBehind(wish.code, title, tuple(sorted(told, key=lambda one: (one.desk, one.name))), untold)


def _case(own: list[CountedUnit], numbers: dict[str, str], desks: dict[str, str]) -> CountedCase:
    first = own[0]
    number = numbers.get(first.case_id, "")
    named = first.shared == SharingLevel.IDENTIFIED and bool(number)
    name = number if named else first.case_id[-_PSEUDONYM:]
    return CountedCase(first.case_id, name, desks.get(first.desk_id, ""), len(own), named)


def _file_numbers(connection: "Connection", case_ids: set[str]) -> dict[str, str]:
    case, wanted, found = RECORDS["case"], sorted(case_ids), dict[str, str]()
    for start in range(0, len(wanted), _AT_ONCE):
        part = case.c.id.in_(wanted[start : start + _AT_ONCE])
        rows = connection.execute(select(case.c.id, case.c.file_number).where(part))
        found |= {row.id: row.file_number for row in rows if row.file_number}
    return found
