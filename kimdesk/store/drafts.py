"""Half-filled forms: kept in the vault until they are saved or discarded, never exported."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import msgspec
from sqlalchemy import bindparam, delete, func, select

from kimdesk.domain.dates import now
from kimdesk.store.columns import moment_text
from kimdesk.store.dialect import place_of, putting
from kimdesk.store.sql import Statement
from kimdesk.store.tables import draft
from kimdesk.store.work import Reader, Writer

_GET = Statement(select(draft).where(draft.c.key == bindparam("key_")))
_KEYS = Statement(
    select(draft.c.key)
    .where(func.substr(draft.c.key, 1, func.length(bindparam("start"))) == bindparam("start"))
    .order_by(draft.c.key)
)
_PUT = Statement(putting(draft, "key"))
_ABOUT = Statement(select(draft.c.key).where(place_of(draft.c.key, bindparam("part")) > 0).limit(1))
_DROP = Statement(delete(draft).where(draft.c.key == bindparam("key_")))


@dataclass(frozen=True, slots=True)
class Draft:
    """A half-filled form."""

    key: str
    body: dict[str, Any]
    saved_at: datetime


def save(writer: Writer, key: str, body: dict[str, Any]) -> None:
    """Keep ``body`` (JSON-able) under ``key``, in place of an earlier draft."""
    text = msgspec.json.encode(body).decode()
    _PUT.run(writer.connection, key, text, moment_text(now()))


def load(reader: Reader, key: str) -> Draft | None:
    """Return the draft under ``key``, or None."""
    found = _GET.first(reader.connection, key)
    if found is None:
        return None
    body = cast("dict[str, Any]", msgspec.json.decode(found[1]))
    return Draft(found[0], body, datetime.fromisoformat(found[2]))


def discard(writer: Writer, key: str) -> None:
    """Forget the draft under ``key``, if there is one."""
    _DROP.run(writer.connection, key)


def is_begun(reader: Reader, identity: str) -> bool:
    """Return whether there is a draft whose key names ``identity``."""
    return _ABOUT.scalar(reader.connection, identity) is not None


def keys(reader: Reader, start: str = "") -> list[str]:
    """Return the keys of all drafts that begin with ``start``."""
    return [row[0] for row in _KEYS.rows(reader.connection, start)]
