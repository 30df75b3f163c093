"""What the tables of a registry hold, told by the server and by a dump in the same words, to be compared."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sqlalchemy import Connection

Contents = dict[str, list[int | str]]
"""By table: how many rows, and a digest of all of them in whatever order."""

NAMED: Final = "registry_*"
_BEGIN: Final = re.compile(rb'COPY (?:"?\w+"?\.)?"?(\w+)"? .*FROM stdin;\n')
_END: Final = b"\\.\n"
_TABLES: Final = """
    SELECT tablename FROM pg_tables
    WHERE schemaname = current_schema() AND tablename LIKE 'registry\\_%' ORDER BY tablename
"""


def tables_on(connection: "Connection") -> list[str]:
    """Return the tables of the registry on a server."""
    from sqlalchemy import text

    return list(connection.execute(text(_TABLES)).scalars())


def contents_on(connection: "Connection") -> Contents:
    """Return what the tables on a server hold, as this transaction sees them."""
    driver: Any = connection.connection.driver_connection
    return {name: _summed(_copied(driver, name)) for name in tables_on(connection)}


def contents_in(script: Iterable[bytes]) -> Contents:
    """Return what the lines that pg_restore writes hold, with --data-only."""
    lines = iter(script)
    found = {}
    for line in lines:
        if begin := _BEGIN.fullmatch(line):
            found[begin[1].decode()] = _summed(_rows(lines))
    return found


def _copied(driver: Any, name: str) -> Iterator[bytes]:
    rest = b""
    with driver.cursor().copy(f'COPY "{name}" TO STDOUT') as copy:
        for block in copy:
            *whole, rest = (rest + bytes(block)).split(b"\n")
            yield from whole


def _rows(lines: Iterator[bytes]) -> Iterator[bytes]:
    for line in lines:
        if line == _END:
            return
        yield line.removesuffix(b"\n")


def _summed(rows: Iterable[bytes]) -> list[int | str]:
    number, total = 0, 0
    for row in rows:
        number += 1
        total += int.from_bytes(hashlib.blake2b(row, digest_size=32).digest())
    return [number, f"{total % 2**256:064x}"]
