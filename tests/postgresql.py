"""A PostgreSQL server of the tests' own: thrown away afterwards, reached by a socket in its folder only."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from kimdesk.store.postgresql.engine import build_engine

_INSTALLED = Path("/usr/lib/postgresql")
_OWNER = "postgres"  # whom the server steps down to when the tests run as root, which it refuses
_FAST = ("fsync=off", "full_page_writes=off")  # for a server that outlives no system


@dataclass(frozen=True)
class Server:
    """A server at work in ``home``; ``kreis`` owns it."""

    home: Path

    def address(self, database: str = "postgres", role: str = "kreis") -> str:
        """Return how SQLAlchemy reaches one of its databases."""
        return f"postgresql+psycopg://{role}@/{database}?host={self.home}"

    def start(self, *settings: str) -> None:
        """Start it, with further ``settings`` ("max_connections=8")."""
        own = ("listen_addresses=", f"unix_socket_directories={self.home}", *_FAST, *settings)
        options = " ".join(f"-c {each}" for each in own)
        _run("pg_ctl", "-D", self.data, "-w", "-s", "-l", self.home / "log", "-o", options, "start")

    def stop(self) -> None:
        """Stop it as a power cut would."""
        _run("pg_ctl", "-D", self.data, "-m", "immediate", "-s", "stop")

    @property
    def data(self) -> Path:
        """Return the folder of its data."""
        return self.home / "data"

    @contextmanager
    def database(self, name: str) -> Iterator[Engine]:
        """Yield an engine on a new, empty database that is dropped afterwards."""
        self.run(f"CREATE DATABASE {name}")
        made = build_engine(self.address(name))
        try:
            yield made
        finally:
            made.dispose()
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def run(self, statement: str) -> None:
        """Execute a statement that stands in no transaction."""
        office = build_engine(self.address())
        with office.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(statement))
        office.dispose()


@contextmanager
def server() -> Iterator[Server]:
    """Yield a server that was just made and started."""
    home = Path(tempfile.mkdtemp(prefix="kim-pg-"))
    made = Server(home)
    try:
        if os.geteuid() == 0:
            shutil.chown(home, _OWNER)
        _run(
            "initdb",
            "-D",
            made.data,
            "-U",
            "kreis",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        made.start()
        yield made
        made.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(program: str, *arguments: object) -> None:
    installed = max(_INSTALLED.iterdir(), key=lambda each: int(each.name))
    down: dict[str, Any] = {}
    if os.geteuid() == 0:
        who = pwd.getpwnam(_OWNER)
        down = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
    command: list[str | Path] = [installed / "bin" / program, *map(str, arguments)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, cwd="/", **down)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server for the whole session; each test takes a database of its own."""
    with server() as made:
        yield made
