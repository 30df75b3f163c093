"""The registry on a server as a dump in a database under the vault's key; it lies nowhere in clear.

pg_dump makes it and pg_restore reads it again: what comes out is compared, row by row, with what the tables
held in the very moment of the dump.
"""

import hashlib
import subprocess
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from threading import Thread
from typing import IO, TYPE_CHECKING, Any, Final, cast

import msgspec
from sqlalchemy import text

from kimdesk.domain.errors import StoreError
from kimdesk.domain.identity import new_id
from kimdesk.store.failures import understood
from kimdesk.store.postgresql.address import ServerAddress, read_address
from kimdesk.store.postgresql.contents import NAMED, Contents, contents_in, contents_on, tables_on
from kimdesk.store.postgresql.engine import build_engine
from kimdesk.store.postgresql.programs import DUMP, RESTORE, WayThere, demand_program, line_to

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PIECE: Final = 1024 * 1024
_TABLES: Final = ("server_dump", "server_dump_said")
_MADE: Final = (
    "CREATE TABLE server_dump (number INTEGER PRIMARY KEY, body BLOB NOT NULL)",
    "CREATE TABLE server_dump_said (version INTEGER NOT NULL, sha256 TEXT NOT NULL, tables TEXT NOT NULL)",
)
_KNOWN: Final = "SELECT count(*) FROM sqlite_master WHERE name = 'server_dump_said'"
_BODIES: Final = "SELECT body FROM server_dump ORDER BY number"
_MAY_CREATE: Final = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
_STEP: Final = "registry_version"
_EXACT: Final = "SET LOCAL extra_float_digits = 3; SET LOCAL datestyle = ISO"  # as pg_dump does
_DUMPING: Final = ("--format=custom", "--compress=1", "--no-owner", "--no-privileges", f"--table={NAMED}")
_RESTORING: Final = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges")


def dump_steps(address: str, kept: Any) -> Generator[float, None, None]:
    """Write a dump of the registry at ``address`` to the vault's database ``kept``, compared; yield how far.

    Raises StoreError E970 without PostgreSQL's programs, E971 when they are older than the server, E972 when
    pg_dump fails, E973 when the dump is not what the server holds, and as ``failures.understood``.
    """
    server = read_address(address)
    with _connected(address) as connection:
        connection.execute(text(_EXACT))
        version = _version(connection)
        for program in (DUMP, RESTORE):
            demand_program(program, version)
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        tables = contents_on(connection)
        yield 0.3
        kept.execute("BEGIN")
        forget_dump(kept)
        for each in _MADE:
            kept.execute(each)
        sha256 = ""
        if tables:  # a server that nobody has opened yet holds nothing to dump
            with line_to(server) as line, _dumping(line, version, snapshot) as stream:
                sha256 = yield from _keep_steps(kept, stream)
    said = (version, sha256, msgspec.json.encode(tables).decode())
    kept.execute("INSERT INTO server_dump_said VALUES (?, ?, ?)", said)
    kept.execute("COMMIT")
    yield 0.7
    if not is_whole(kept):
        raise StoreError("E973")


def has_dump(kept: Any) -> bool:
    """Return whether a dump is in the vault's database ``kept``."""
    return bool(kept.execute(_KNOWN).fetchone()[0])


def forget_dump(kept: Any) -> None:
    """Remove the dump that is in ``kept``, if any."""
    for name in _TABLES:
        kept.execute(f"DROP TABLE IF EXISTS {name}")


def dumped(kept: Any) -> Contents:
    """Return what the dump in ``kept`` should hold."""
    said: str = kept.execute("SELECT tables FROM server_dump_said").fetchone()[0]
    return msgspec.json.decode(said, type=Contents)


def is_whole(kept: Any) -> bool:
    """Read the dump in ``kept`` by pg_restore and return whether each row is there; no server is asked.

    Raises StoreError E970 or E971.
    """
    version, sha256 = kept.execute("SELECT version, sha256 FROM server_dump_said").fetchone()
    if not dumped(kept):
        return True
    digest = hashlib.sha256()
    for (body,) in kept.execute(_BODIES):
        digest.update(body)
    if digest.hexdigest() != sha256:
        return False
    command = [demand_program(RESTORE, version), "--data-only", "--file=-"]
    with _fed(kept, command) as running:
        found = contents_in(_said(running))
    return running.returncode == 0 and found == dumped(kept)


def comes_back(kept: Any, address: str) -> bool:
    """Restore the dump into a database made for it beside the registry, compare it, and remove it again.

    True as well where the role may make none: then only ``is_whole`` can tell. Raises as ``put_back``.
    """
    with _scratch(address) as database:
        return database is None or _restored(kept, replace(read_address(address), database=database))


def put_back(kept: Any, address: str) -> None:
    """Bring the dump in ``kept`` back to a server where the registry holds nothing.

    Raises StoreError E977 when something stands there, E970, E971, E974 when it does not go in or is not the
    same there, and as ``failures.understood``.
    """
    if not is_whole(kept):
        raise StoreError("E974")
    _clear(address)
    if not _restored(kept, read_address(address)):
        raise StoreError("E974")


def _clear(address: str) -> None:
    """Drop the tables of the registry, which must be empty."""
    with _connected(address) as connection:
        names = tables_on(connection)
        for name in names:
            found = connection.execute(text(f'SELECT 1 FROM "{name}" LIMIT 1')).first()  # noqa: S608 - ours
            if found and name != _STEP:
                raise StoreError("E977")
        for name in names:
            connection.execute(text(f'DROP TABLE "{name}" CASCADE'))


def _restored(kept: Any, server: ServerAddress) -> bool:
    if not dumped(kept):
        return True
    with _connected(server) as connection:
        program = demand_program(RESTORE, _version(connection))
    with line_to(server) as line, _fed(kept, [program, *_RESTORING, *line.arguments], line) as running:
        _said(running).read()
    if running.returncode:
        return False
    with _connected(server) as connection:
        connection.execute(text(_EXACT))
        return contents_on(connection) == dumped(kept)


def _keep_steps(kept: Any, stream: IO[bytes]) -> Generator[float, None, str]:
    """Write the pieces of a dump into ``kept``; return their digest."""
    digest = hashlib.sha256()
    for number, piece in enumerate(iter(lambda: stream.read(_PIECE), b"")):
        kept.execute("INSERT INTO server_dump VALUES (?, ?)", (number, piece))
        digest.update(piece)
        yield 0.5
    return digest.hexdigest()


@contextmanager
def _connected(address: str | ServerAddress) -> Iterator["Connection"]:
    """Yield a connection of its own that sees one moment."""
    engine = build_engine(address)
    try:
        with understood(), engine.connect() as free:
            connection = free.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection
    finally:
        engine.dispose()


def _version(connection: "Connection") -> int:
    return int(connection.execute(text("SHOW server_version_num")).scalar_one()) // 10_000


@contextmanager
def _dumping(line: WayThere, version: int, snapshot: str) -> Iterator[IO[bytes]]:
    """Yield what pg_dump says. Raises StoreError E972 when it does not come to a good end."""
    command = [demand_program(DUMP, version), *_DUMPING, f"--snapshot={snapshot}", *line.arguments]
    with subprocess.Popen(  # noqa: S603 - PostgreSQL's own
        command, env=line.environment, pass_fds=line.handed,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as running:  # fmt: skip
        try:
            yield _said(running)
        except BaseException:
            running.kill()
            raise
    if running.returncode:
        raise StoreError("E972")


@contextmanager
def _fed(kept: Any, command: list[str], line: WayThere | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Yield pg_restore at work on the dump in ``kept``."""
    with subprocess.Popen(  # noqa: S603 - PostgreSQL's own
        command, env=line.environment if line else None, pass_fds=line.handed if line else (),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as running:  # fmt: skip
        feeder = Thread(target=_feed, args=(kept, cast("IO[bytes]", running.stdin)))
        feeder.start()
        try:
            yield running
        except BaseException:
            running.kill()
            raise
        finally:
            feeder.join()


def _said(running: subprocess.Popen[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", running.stdout)


def _feed(kept: Any, to: IO[bytes]) -> None:
    with suppress(OSError), to:  # who ends early says so by how it ended
        for (body,) in kept.execute(_BODIES):
            to.write(body)


@contextmanager
def _scratch(address: str) -> Iterator[str | None]:
    """Yield a database made beside the registry's, which goes again; None where the role may make none."""
    name = f"kim_drill_{new_id().replace('-', '')}"
    engine = build_engine(address)
    try:
        with understood(), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if not connection.execute(text(_MAY_CREATE)).scalar():
                yield None
                return
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
            try:
                yield name
            finally:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        engine.dispose()
