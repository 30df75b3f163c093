"""Sticks and folders: what their refusals mean for a person, one place for all of them."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kimdesk.domain.errors import StoreError
from kimdesk.domain.files import temporary_beside, write_atomically

_MISSING: Final = "E920"
_READ_ONLY: Final = "E921"
_FULL: Final = "E922"
_LOST: Final = "E923"
REFUSALS: Final = frozenset({_MISSING, _READ_ONLY, _FULL, _LOST})
"""The codes of what a stick or folder refuses."""

_MEANING: Final = {
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.EROFS: _READ_ONLY,
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
}


@contextmanager
def understood(folder: Path) -> Iterator[None]:
    """Turn a refusal of the medium under ``folder`` into a StoreError; nothing was written.

    E920 no such folder or stick, E921 read-only, E922 full, E923 it fails or was pulled out.
    """
    if not folder.is_dir():
        raise StoreError(_MISSING)
    try:
        yield
    except OSError as error:
        raise StoreError(_MEANING.get(error.errno or 0, _LOST)) from None


def write(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``, wholly or not at all. Raises StoreError as ``understood`` does."""
    with understood(path.parent):
        write_atomically(path, data)


@contextmanager
def laid(path: Path, data: bytes) -> Iterator[None]:
    """Bring ``data`` onto the medium; it gets the name ``path`` when the block succeeds, else it is gone.

    Raises StoreError as ``understood`` does.
    """
    with understood(path.parent), temporary_beside(path) as unnamed:
        with unnamed.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield
