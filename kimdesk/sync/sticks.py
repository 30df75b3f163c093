"""What lies on a stick or in a folder: files of KIMdesk, known by their header, whatever they are called."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kimdesk.domain import media
from kimdesk.domain.errors import BundleError
from kimdesk.sync.sealing.envelope import inspect


class Lying(NamedTuple):
    """A file that lies there; ``recipient`` is the key it says it is sealed to, None when it is illegible."""

    path: Path
    recipient: str | None


def lying(folder: Path, kind: str, suffix: str) -> list[Lying]:
    """Return the files of ``kind`` in ``folder`` and in the folders directly in it, by name.

    One that begins like a file of KIMdesk, or is called like one of ``kind``, and cannot be read counts too:
    whoever reads it in is told what is wrong with it. Hidden files are passed over. Raises BundleError E105
    when there is none, StoreError E920, E923 for the medium.
    """
    with media.understood(folder):
        found = [each for path in _files(folder) if (each := _looked_at(path, kind, suffix))]
    if not found:
        raise BundleError("E105")
    return found


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield from (each for each in sorted(path.iterdir()) if _is_shown_file(each))
        elif path.is_file():
            yield path


def _is_shown_file(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".")


def _looked_at(path: Path, kind: str, suffix: str) -> Lying | None:
    try:
        header = inspect(path)
    except BundleError as error:
        named = path.suffix.casefold() == suffix
        return Lying(path, None) if named or error.code != "E101" else None
    return Lying(path, header.recipient) if header.kind == kind else None
