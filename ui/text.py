"""What users read: English in the source, German from ``resources/translations/de/``.

The tables are read on first need, those of the unlock window first: the others cost nothing at the start.
"""

from collections import deque

import resources

_FIRST = ("translations/de/unlock.toml", "translations/de/kit.toml")
_table: dict[str, str] = {}
_unread: deque[str] = deque(_FIRST)
_all_listed = False


def tr(source: str, **values: object) -> str:
    """Return ``source`` in German, ``{name}`` replaced by ``values``; the source itself if untranslated."""
    german = _lookup(source)
    return german.format(**values) if values else german


def _lookup(source: str) -> str:
    while source not in _table:
        if not _unread and not _list_rest():
            return missing(source)
        _table.update(resources.read_toml(_unread.popleft()))
    return _table[source]


def missing(source: str) -> str:
    """Say what to show for a text without translation: the text. Tests replace this by an error."""
    return source


def _list_rest() -> bool:
    global _all_listed  # noqa: PLW0603
    if _all_listed:
        return False
    _all_listed = True
    _unread.extend(path for path in resources.names("translations/de") if path not in _FIRST)
    return bool(_unread)
