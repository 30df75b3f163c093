"""A vector: a file of ours with a head that says what it is, who reads it and what must come of it.

The head is lines ``name: value`` and an empty line; the bytes of the file follow. Names: ``about``, ``kind``
(what is expected), ``reader`` (whose key opens it; none for clear files), ``senders`` and ``revoked`` (who is
known, who no longer counts), ``compared`` (a fingerprint somebody read out), ``own`` (who takes a
certificate), ``present`` (the keys that new ones follow), ``offered`` (digest of an offer the reader has
made), ``day`` (today), ``scans`` (``none``: what stands for a scan
is no picture), ``outcome`` (``ok`` or a code). Keys lie beside it.
The idea is that of C2SP's test kit for age.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KEY = "{}.TEST-ONLY-private-key.json"


@dataclass(frozen=True, slots=True)
class Vector:
    """One file and its head."""

    name: str
    head: dict[str, str]
    data: bytes

    def write(self, folder: Path) -> None:
        """Write it as ``<name>.kimv`` into ``folder``."""
        head = "".join(f"{name}: {value}\n" for name, value in self.head.items())
        (folder / f"{self.name}.kimv").write_bytes(head.encode() + b"\n" + self.data)


def read(path: Path) -> Vector:
    """Return the vector in ``path``."""
    head, data = path.read_bytes().split(b"\n\n", 1)
    lines = (line.split(": ", 1) for line in head.decode().splitlines())
    return Vector(path.stem, dict(lines), data)


def one(outcome: str, name: str, about: str, head: dict[str, str], data: bytes) -> Vector:
    """Return a vector by what must come of it and its name; ``about`` says what is wrong."""
    return Vector(f"{outcome}-{name}", {"about": about, **head, "outcome": outcome}, data)


def several(head: dict[str, str], *cases: tuple[str, str, str, bytes]) -> Iterator[Vector]:
    """Yield vectors that share a head: outcome, name, what is wrong, the file."""
    for outcome, name, about, data in cases:
        yield one(outcome, name, about, head, data)
