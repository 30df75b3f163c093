"""Code lists that stand in no document: the words for what is chosen while documents are edited."""

from collections.abc import Iterable
from datetime import date

import resources
from kimdesk.forms.codes import Code, CodeList


def codes(name: str, entries: Iterable[tuple[str, str]]) -> CodeList:
    """Return a code list that stands in no document."""
    found = tuple(Code(code=code, label=label) for code, label in entries)
    return CodeList(name=name, title=name, source=name, valid_from=date.min, codes=found)


def said(name: str, wanted: Iterable[str] | None = None) -> CodeList:
    """Return a list of ``resources/editing/lists.toml``, all of it or the ``wanted`` codes."""
    known = words(name)
    return codes(name, ((code, known[code]) for code in (known if wanted is None else wanted)))


def word(name: str, code: str) -> str:
    """Return what ``code`` of the list ``name`` in ``resources/editing/lists.toml`` is called."""
    return words(name).get(code, code)


def lists_said() -> frozenset[str]:
    """Return the names of the lists in ``resources/editing/lists.toml``."""
    return frozenset(resources.read_toml("editing/lists.toml"))


def words(name: str) -> dict[str, str]:
    """Return what the codes of the list ``name`` are called."""
    found: dict[str, str] = resources.read_toml("editing/lists.toml")[name]
    return found
