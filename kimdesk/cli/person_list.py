"""``kimdeskctl case import`` of a list of persons: what it would become, or cases."""

import re
from argparse import ArgumentTypeError, Namespace
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from kimdesk.casework import person_lists
from kimdesk.casework.desk import Desk
from kimdesk.casework.document_shape import readable
from kimdesk.casework.people import Match
from kimdesk.casework.person_lists import Choices, ListOutcome, ListRow, TableFile
from kimdesk.casework.sheets.raw import MOST_ROWS
from kimdesk.cli.outcome import Outcome, progress_bar
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import ContentError, StoreError
from kimdesk.domain.records import Person
from kimdesk.texts import say

NOTHING_TAKEN = "E738"
_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".ods"})
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_LONGEST_START = 8
_ROW = re.compile(r"[1-9][0-9]{0,6}")
_TOLD = frozenset({"family_name", "given_names", "birth_date", "postcode", "nationalities"})
"""What stands in every row that is told; the rest where the list says it."""


def is_list(path: Path) -> bool:
    """Return whether a file is a list of persons and no case document. Raises StoreError E910."""
    try:
        with path.open("rb") as file:
            start = file.read(_LONGEST_START)
    except OSError:
        raise StoreError("E910") from None
    return path.suffix.lower() in _SUFFIXES or start.startswith(_WORKBOOKS)


def choices(args: Namespace) -> Choices:
    """Return how the list is to be read."""
    return Choices(args.sheet, args.head_row, args.separator or "", args.encoding or "")


def head_row(text: str) -> int:
    """Return the number of a row, 0 for „none“. Raises ArgumentTypeError for anything else."""
    if text == "none":
        return 0
    if not _ROW.fullmatch(text) or int(text) > MOST_ROWS:
        raise ArgumentTypeError(say("cli_usage.no_row", value=text, most=MOST_ROWS))
    return int(text)


def separator(text: str) -> str:
    """Return the one character that parts columns; „tab“ stands for a tab."""
    found = {"tab": "\t", "\\t": "\t"}.get(text.lower(), text)
    if len(found) != 1 or found in '"\r\n':
        raise ArgumentTypeError(say("cli_usage.no_separator", value=text))
    return found


def encoding(text: str) -> str:
    """Return the name of an encoding of texts."""
    try:
        "".encode(text)
    except (LookupError, ValueError):
        raise ArgumentTypeError(say("cli_usage.no_encoding", value=text)) from None
    return text


def import_list(desk: Desk, args: Namespace) -> Outcome:
    """Take in a list of persons, or tell what it would become; every row is accounted for."""
    known = desk.catalogue.rules.person_columns
    table = person_lists.read_table(args.file, known, choices(args))
    mapping = person_lists.guess(known, table)
    rows = person_lists.rows_of(desk.catalogue, table, mapping)
    matches = _looked_up(desk, rows)
    read = _read(table, mapping)
    if args.dry_run:
        return Outcome(
            {**read, "rows": [_row(each, matches) for each in rows]},
            (_sum(table), *(_line(each.number, each.troubles) for each in rows if each.troubles)),
        )
    wanted = person_lists.wanted_first(rows, matches)
    progress = progress_bar(say("cli.reading_in"))
    taken = person_lists.take(desk, rows, wanted, args.file.name, progress)
    return _taken(taken.outcomes, read, table, matches)


def _looked_up(desk: Desk, rows: Sequence[ListRow]) -> Mapping[int, Match]:
    """Return who is perhaps known already; that takes a while."""
    steps, show = person_lists.look_up_steps(desk, rows), progress_bar(say("cli.looking_up"))
    while True:
        try:
            done, total = next(steps)
        except StopIteration as end:
            found: Mapping[int, Match] = end.value
            return found
        if show:
            show(done, total)


def _taken(
    outcomes: Collection[ListOutcome], read: Mapping[str, Any], table: TableFile, known: Collection[int]
) -> Outcome:
    by_state = {state: [one for one in outcomes if one.state == state] for state in ("created", "skipped")}
    created, skipped = len(by_state["created"]), len(by_state["skipped"])
    refused = [one for one in outcomes if one.state == "refused"]
    data = {
        "created": created,
        "updated": 0,
        "conflicts": 0,
        "skipped": skipped,
        "refused": [
            {
                "index": at,
                "row": one.number,
                "code": one.troubles[-1].code if one.troubles else "",
                "message": " ".join(each.text for each in one.troubles),
            }
            for at, one in enumerate(outcomes)
            if one.state == "refused"
        ],
        **read,
        "fates": [
            {
                "row": one.number,
                "fate": one.state,
                "file_number": one.file_number,
                "known": one.number in known,
                "troubles": [each.code for each in one.troubles],
            }
            for one in outcomes
        ],
    }
    lines = [_sum(table), _became(created, skipped, len(refused))]
    lines += [_line(one.number, one.troubles) for one in outcomes if one.troubles or one.state != "created"]
    return Outcome(data, tuple(lines), None if created else ContentError(NOTHING_TAKEN))


def _read(table: TableFile, mapping: Collection[str]) -> dict[str, Any]:
    """Return how the file was read and what became of its lines."""
    return {
        "read": table.read,
        "empty": table.empty,
        "repeated": table.repeated,
        "above": table.above,
        "sheets": list(table.sheets),
        "sheet": table.sheet,
        "head_row": table.head_row or None,
        "separator": table.separator,
        "encoding": table.encoding,
        "columns": [{"head": head, "means": means} for head, means in zip(table.heads, mapping, strict=True)],
    }


def _row(row: ListRow, known: Collection[int]) -> dict[str, Any]:
    given = {name: _plain(getattr(row.person, name)) for name in readable(Person)}
    case = {"ags": row.ags, "opened_on": row.opened_on.isoformat() if row.opened_on else ""}
    return {
        "row": row.number,
        **{name: value for name, value in given.items() if value or name in _TOLD},
        "file_number": row.file_number,
        **{name: value for name, value in case.items() if value},
        "known": row.number in known,
        "taken": not row.fatal and not row.doubtful,
        "troubles": [each.code for each in row.troubles],
    }


def _plain(value: object) -> Any:
    if value is None:
        return ""
    return value.iso() if isinstance(value, PartialDate) else msgspec.to_builtins(value)


def _sum(table: TableFile) -> str:
    return say(
        "cli.list_read", read=say("cli.rows", n=table.read), rows=len(table.rows), empty=table.empty,
        repeated=table.repeated,
    )  # fmt: skip


def _became(created: int, skipped: int, refused: int) -> str:
    return say(
        "cli.list_taken", created=say("cli.cases", n=created), skipped=say("cli.rows", n=skipped),
        refused=say("cli.rows", n=refused),
    )  # fmt: skip


def _line(number: int, troubles: Collection[person_lists.Trouble]) -> str:
    return say("cli.list_row", number=number, text=" ".join(each.text for each in troubles))
