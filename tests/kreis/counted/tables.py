"""A registry of rows that a test says in a few words, on either database."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, text

from kimdesk.kreis.registry import RECORDS, metadata

END = date(2026, 12, 31)
_ARRIVED = {"desk_id": "desk", "shared": "identified", "epoch": 1, "rev": 1, "scope": 1, "received_seq": 1}


def fill(engine: Engine, rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
    """Make the tables of a registry and write rows by kind, each value as it is stored."""
    metadata.create_all(engine, [*RECORDS.values()])
    with engine.begin() as connection:
        write(connection, rows)


def write(connection: Connection, rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
    """Write rows by kind; those without an identity get one. Rows with the same names go together."""
    for kind, several in rows.items():
        alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for number, row in enumerate(several):
            values = _ARRIVED | {"id": f"{kind}-{number}"} | dict(row)
            alike.setdefault(tuple(values), []).append(values)
        for names, found in alike.items():
            said = ", ".join(f'"{each}"' for each in names)
            marks = ", ".join(f":{each}" for each in names)
            connection.execute(text(f"INSERT INTO registry_{kind} ({said}) VALUES ({marks})"), found)
