"""What lists show of a case, rewritten in the transaction that changes the case.

A page of a list then reads one index, whatever the number of stored cases.
"""

from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from kimdesk.domain.agenda.rules import AgendaRules
from kimdesk.domain.dates import now
from kimdesk.domain.naming import list_name
from kimdesk.domain.records import Case, Member, Person, RegimeSpell
from kimdesk.domain.shielding import any_shielded
from kimdesk.domain.terms import CaseStatus, Lane, Role
from kimdesk.store import dues, search
from kimdesk.store.columns import moment_text
from kimdesk.store.folding import sort_key
from kimdesk.store.mapping import shape
from kimdesk.store.passages import PASSAGE
from kimdesk.store.sql import Statement
from kimdesk.store.tables import RECORD_TABLES, case_row, change
from kimdesk.store.words import names_of

_COLUMNS = tuple(column.name for column in case_row.c)
_OLD = Statement(select(case_row).where(case_row.c.case_id == bindparam("case_id_")))
_VALUES: dict[str, Any] = {name: bindparam(name) for name in _COLUMNS}
_INSERT = Statement(insert(case_row).values(_VALUES), *_COLUMNS)
_UPDATE = Statement(
    update(case_row).where(case_row.c.case_id == bindparam("case_id_")).values(_VALUES), *_COLUMNS, "case_id_"
)
_NEXT_DATE = Statement(
    update(case_row)
    .where(case_row.c.case_id == bindparam("case_id_"))
    .values({name: bindparam(name) for name in ("next_due", "next_rule", "next_facts")}),
    "next_due",
    "next_rule",
    "next_facts",
    "case_id_",
)
_LISTS_UNTIL = Statement(
    update(case_row)
    .where(case_row.c.case_id == bindparam("case_id_"))
    .values(lists_until=bindparam("lists_until")),
    "lists_until",
    "case_id_",
)
_LAST_NUMBER = Statement(select(func.max(case_row.c.number)))
_DELETE = Statement(delete(case_row).where(case_row.c.case_id == bindparam("case_id_")))
_LAST_CHANGE = Statement(select(func.max(change.c.seq)))

NO_DATE = "~"  # sorts after every date

SEARCHED = 3
"""To be raised when names and texts are folded otherwise, or other fields are searched."""

_EVERYTHING = dues.ALL | {"case", "member", "person", "contact", "regime_spell"}
_EMPTY: dict[str, Any] = dict.fromkeys(_COLUMNS, "") | {"number": None, "protected": 0, "next_due": NO_DATE}


def _regime() -> Statement:
    table = RECORD_TABLES[RegimeSpell].c
    wanted = (
        table.case_id == bindparam("case_id_"),
        table.person_id == bindparam("person_id_"),
        table.lane == bindparam("lane_"),
        table.expected == bindparam("expected_"),
    )
    return Statement(select(table.regime).where(*wanted).order_by(table.starts_on.desc(), table.id.desc()))


_REGIME = _regime()


def refresh(
    connection: Connection, case_id: str, kinds: AbstractSet[str], rules: AgendaRules, today: date
) -> None:
    """Bring the row of a case up to date after records of ``kinds`` were saved or removed."""
    row, before = _known(connection, case_id)
    _take(connection, row, before, kinds, rules, today)
    row["changed"] = _LAST_CHANGE.scalar(connection) or 0
    row["updated"] = moment_text(now())
    if row["number"] is None:
        row["derived"] = version(rules)
    _write(connection, row, before)


def rebuild(connection: Connection, case_id: str, rules: AgendaRules, today: date) -> None:
    """Work out the whole row of a case again, with its dates; nobody changed the case."""
    row, before = _known(connection, case_id)
    _take(connection, row, before, _EVERYTHING, rules, today)
    row["derived"] = version(rules)
    _write(connection, row, before)


def follow_passages(connection: Connection, case_id: str, rules: AgendaRules, today: date) -> None:
    """Bring the dates of a case in step after it went a step between desks. Nobody changed it."""
    row, _ = _known(connection, case_id)
    found = shape(Case).by_id.first(connection, case_id)
    if row["number"] is not None and found:
        dues.refresh(connection, shape(Case).decode(found), {PASSAGE}, rules, today)
        refresh_date(connection, case_id, rules, today)


def turn_lists(connection: Connection, case_id: str, rules: AgendaRules, today: date) -> None:
    """Work out again what conditions decide over in a case, as on ``today``. Nobody changed it."""
    found = shape(Case).by_id.first(connection, case_id)
    if found:
        until = dues.refresh(connection, shape(Case).decode(found), dues.JUDGED, rules, today)
        _LISTS_UNTIL.run(connection, until or "", case_id)


def refresh_date(connection: Connection, case_id: str, rules: AgendaRules, today: date) -> bool:
    """Name the date of a case that counts on ``today``; return whether it is another. Nobody changed it."""
    row, _ = _known(connection, case_id)
    named = _next(connection, case_id, rules, today)
    if named == (row["next_due"], row["next_rule"], row["next_facts"]):
        return False
    _NEXT_DATE.run(connection, *named, case_id)
    return True


def version(rules: AgendaRules) -> str:
    """Return what rows of cases are derived by now: the rules, and the code that reads names and texts."""
    return f"{rules.version}.{SEARCHED}"


def _known(connection: Connection, case_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the row of a case, empty for a new one, and a copy."""
    found = _OLD.first(connection, case_id)
    row = dict(zip(_COLUMNS, found, strict=True)) if found else {**_EMPTY, "case_id": case_id}
    return row, dict(row)


def _take(
    connection: Connection,
    row: dict[str, Any],
    before: dict[str, Any],
    kinds: AbstractSet[str],
    rules: AgendaRules,
    today: date,
) -> None:
    if "case" in kinds:
        _take_case(connection, row)
    if _named_anew(row, before, kinds) or row["number"] is None:
        _take_names(connection, row)
    if kinds & {"regime_spell", "member"}:
        regime = _REGIME.first(connection, row["case_id"], row["client_id"], Lane.BENEFIT, 0)
        row["regime"] = regime[0] if regime else ""
    _take_dates(connection, row, before, kinds, rules, today)


def forget(connection: Connection, case_id: str) -> None:
    """Drop the row of a case that is removed."""
    if found := _OLD.first(connection, case_id):
        search.forget_names(connection, found[_COLUMNS.index("number")])
    dues.forget(connection, case_id)
    _DELETE.run(connection, case_id)


def _take_case(connection: Connection, row: dict[str, Any]) -> None:
    found = shape(Case).by_id.first(connection, row["case_id"])
    if found:
        stored = dict(zip(shape(Case).names, found, strict=True))
        row |= {name: stored[name] for name in ("status", "file_number", "phase", "ags", "worker")}


def _named_anew(row: dict[str, Any], before: dict[str, Any], kinds: AbstractSet[str]) -> bool:
    return bool(kinds & {"member", "person"}) or row["file_number"] != before["file_number"]


def _take_names(connection: Connection, row: dict[str, Any]) -> None:
    persons = _of_case(connection, Person, row["case_id"])
    members = _of_case(connection, Member, row["case_id"])
    wanted = next((each.person_id for each in members if each.role is Role.CLIENT), "")
    client = next((each for each in persons if each.id == wanted), None)
    row["client_id"] = client.id if client else ""
    row["name"] = list_name(client) if client else ""
    row["sort_name"] = sort_key(client.family_name, client.given_names) if client else ""
    row["protected"] = int(any_shielded(persons))
    row["words"] = names_of(persons, row["file_number"])


def _of_case(connection: Connection, record_type: type[Any], case_id: str) -> list[Any]:
    return [shape(record_type).decode(row) for row in shape(record_type).of_case.rows(connection, case_id)]


def _take_dates(
    connection: Connection,
    row: dict[str, Any],
    before: dict[str, Any],
    kinds: AbstractSet[str],
    rules: AgendaRules,
    today: date,
) -> None:
    """Take over what is due. Closing, opening, handing over, letting go decide over all dates of a case."""
    closed = row["status"] == CaseStatus.CLOSED
    turned = row["status"] != before["status"] or "case" in kinds or (closed and "phase_entry" in kinds)
    concerned = dues.ALL if turned else dues.ALL & kinds
    found = shape(Case).by_id.first(connection, row["case_id"]) if concerned else None
    if found:
        there = None if row["number"] else kinds
        until = dues.refresh(connection, shape(Case).decode(found), concerned, rules, today, there)
        row["lists_until"] = row["lists_until"] if until is None else until
        row["next_due"], row["next_rule"], row["next_facts"] = _next(connection, row["case_id"], rules, today)
    if "contact" in kinds:
        row["last_contact"] = dues.last_contact(connection, row["case_id"])


def _next(connection: Connection, case_id: str, rules: AgendaRules, today: date) -> tuple[str, str, str]:
    """Return day, rule and facts (JSON) of the date a list names, ``NO_DATE`` and nothing without one."""
    found = dues.next_of(connection, case_id, rules, today)
    if found is None:
        return NO_DATE, "", ""
    return found.due_on.isoformat(), found.rule, msgspec.json.encode(dict(found.facts)).decode()


def _write(connection: Connection, row: dict[str, Any], before: dict[str, Any]) -> None:
    if row["number"] is None:
        row["number"] = (_LAST_NUMBER.scalar(connection) or 0) + 1
        _INSERT.run(connection, *row.values())
    else:
        _UPDATE.run(connection, *row.values(), row["case_id"])
    if row["words"] != before["words"]:
        search.index_names(connection, row["number"], row["words"])
