"""Everything KIMdesk knows that is not code: forms, code lists, checklists, texts, theme, help."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parent  # importlib.resources costs a twentieth of the start-up budget


def read_text(path: str) -> str:
    """Return the resource at ``path`` (slashes, relative to this package) as text.

    Raises FileNotFoundError when there is none.
    """
    return (_ROOT / path).read_text(encoding="utf-8")


def read_bytes(path: str) -> bytes:
    """Return the resource at ``path`` as bytes. Raises FileNotFoundError when there is none."""
    return (_ROOT / path).read_bytes()


@cache
def read_toml(path: str) -> dict[str, Any]:
    """Return the parsed TOML resource at ``path``; parsed once. The caller must not change it."""
    return tomllib.loads(read_text(path))


def names(folder: str, suffix: str = ".toml") -> Iterator[str]:
    """Yield the paths of the resources in ``folder`` that end in ``suffix``, sorted by name."""
    for entry in sorted((_ROOT / folder).iterdir(), key=lambda item: item.name):
        if entry.is_file() and entry.name.endswith(suffix):
            yield f"{folder}/{entry.name}"


def folders(folder: str) -> tuple[str, ...]:
    """Return the names of the folders in ``folder``, sorted."""
    return tuple(sorted(entry.name for entry in (_ROOT / folder).iterdir() if entry.is_dir()))
