"""Rows on their way into the registry, as they come out of the cage: one statement for all of a shape."""

from collections.abc import Sequence
from functools import cache

import msgspec
from sqlalchemy import Connection, Executable, bindparam, tuple_

from kimdesk.kreis.registry import RECORDS
from kimdesk.kreis.taking.said import Incoming, Level
from kimdesk.kreis.taking.shapes import LEVELS, shape
from kimdesk.store.dialect import Insert
from kimdesk.store.sql import Statement

_HEAD, _TAIL = ("scope", "digest"), ("desk_id", "shared", "epoch", "received_seq")


def merge(connection: Connection, rows: Sequence[Incoming], desk_id: str, epoch: int, seq: int) -> None:
    """Write rows of one kind, unless a row as new, or of another desk, stands there.

    What a row does not say is empty afterwards.
    """
    values = msgspec.structs.astuple
    for level in LEVELS:
        tail = (desk_id, level, epoch, seq)
        found = [values(each) + tail for each in rows if each.shared == level]
        if found:
            _statement(rows[0].of_kind, level).run_all(connection, found)


@cache
def _statement(kind: str, level: Level) -> Statement:
    table, known = RECORDS[kind], shape(kind, level)
    names = (*_HEAD, *(known.members if known else ()), *_TAIL)

    def say(insert: Insert) -> Executable:
        new = insert(table).values({name: bindparam(name) for name in names})
        there, come = table.c, new.excluded
        newer = tuple_(come.epoch, come.rev, come.scope) > tuple_(there.epoch, there.rev, there.scope)
        said: Executable = new.on_conflict_do_update(
            index_elements=["id"],
            set_={each.name: come[each.name] for each in there if each.name != "id"},
            where=newer & (come.desk_id == there.desk_id),
        )
        return said

    return Statement(say, *names)
