"""PostgreSQL's own programs, pg_dump and pg_restore: nobody sees in the list of processes where they go."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from kimdesk.domain import files
from kimdesk.domain.errors import StoreError
from kimdesk.store.postgresql.address import ServerAddress

DUMP: Final = "pg_dump"
RESTORE: Final = "pg_restore"
_SERVICE: Final = "kim"
_OF_THE_MACHINE: Final = "PG"


@dataclass(frozen=True, slots=True)
class WayThere:
    """How a program reaches a server: what it is told, its environment, and the open files it inherits."""

    arguments: tuple[str, ...]
    environment: dict[str, str]
    handed: tuple[int, ...]


def demand_program(name: str, version: int) -> str:
    """Return where a program is that knows a server of this major version.

    Raises StoreError E970 when there is none, E971 when it is older than the server.
    """
    found = shutil.which(name)
    if found is None:
        raise StoreError("E970", program=name)
    asked = subprocess.run(  # noqa: S603 - PostgreSQL's own
        [found, "--version"], capture_output=True, text=True, check=False
    )
    number = re.search(r"\d+", asked.stdout)
    if number is None or int(number[0]) < version:
        raise StoreError("E971", program=name, version=version)
    return found


@contextmanager
def line_to(address: ServerAddress) -> Iterator[WayThere]:
    """Yield how a program reaches the server, with nothing of the address in arguments or environment.

    Where it is stands in a service file and the password in a password file: both in memory where the system
    has such files, else in a folder of this user alone that goes again.
    """
    named = address.open_parameters().items()
    service = "".join(f"{key}={value}\n" for key, value in named if value)
    password = re.sub(r"([\\:])", r"\\\1", address.password)
    with ExitStack() as stack:
        where, number = _private(stack, f"[{_SERVICE}]\n{service}")
        word, other = _private(stack, f"*:*:*:*:{password}\n")
        own = {name: each for name, each in os.environ.items() if not name.startswith(_OF_THE_MACHINE)}
        told = {"PGSERVICEFILE": where, "PGPASSFILE": word}
        handed = tuple(each for each in (number, other) if each >= 0)
        yield WayThere(("--no-password", f"--dbname=service={_SERVICE}"), own | told, handed)


def _private(stack: ExitStack, text: str) -> tuple[str, int]:
    """Return the path of a file with ``text`` that this user alone can read; its number if it has no name."""
    if not hasattr(os, "memfd_create"):
        path = Path(stack.enter_context(TemporaryDirectory(prefix="kimdesk-"))) / "line"
        files.private_file(path)
        path.write_text(text, encoding="utf-8")
        return str(path), -1
    number = os.memfd_create("kimdesk", 0)
    stack.callback(os.close, number)
    os.fchmod(number, 0o600)
    os.write(number, text.encode())
    return f"/proc/self/fd/{number}", number
