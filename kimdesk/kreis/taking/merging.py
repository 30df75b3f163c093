"""Rows on their way into the registry, as they come out of the cage: one statement for all of a sheet."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from kimdesk.kreis.registry import RECORDS
from kimdesk.kreis.taking.said import Level
from kimdesk.store.sql import run_worded


class BundlePlace(NamedTuple):
    """The bundle that rows come with."""

    desk_id: str
    epoch: int
    seq: int


_TAIL: Final = ("shared", "desk_id", "epoch", "received_seq")
_ORDER: Final = ("epoch", "rev", "scope")


def merge(
    connection: Connection,
    kind: str,
    level: Level,
    names: Sequence[str],
    rows: Iterable[Any],
    place: BundlePlace,
) -> None:
    """Write rows of one kind, unless a row as new, or of another desk, stands there.

    What a row does not say is empty afterwards. The words are our own: writing them out by SQLAlchemy costs
    as much as a thousand rows.
    """
    run_worded(connection, _words(kind, level, tuple(names), place), rows)


@lru_cache(256)
def _words(kind: str, level: Level, names: tuple[str, ...], place: BundlePlace) -> str:
    table = RECORDS[kind].name
    values = ("?",) * len(names), map(_literal, (level, place.desk_id)), map(str, (place.epoch, place.seq))
    others = [_name(each.name) for each in RECORDS[kind].columns if each.name != "id"]
    return " ".join((
        "INSERT INTO", table, f"({_listed(map(_name, (*names, *_TAIL)))})",
        "VALUES", f"({_listed(chain(*values))})",
        "ON CONFLICT (id) DO UPDATE SET", _listed(f"{each} = excluded.{each}" for each in others),
        "WHERE", f"({_listed(f'excluded.{each}' for each in _ORDER)})",
        ">", f"({_listed(f'{table}.{each}' for each in _ORDER)})",
        "AND", f"excluded.desk_id = {table}.desk_id",
    ))  # fmt: skip


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _name(name: str) -> str:
    return f'"{name}"'


def _literal(text: str) -> str:
    quoted = text.replace("'", "''")
    return f"'{quoted}'"
