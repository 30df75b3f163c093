"""Half-filled forms survive locking, closing and a crash; they never leave the desk."""

from typing import Any

from kimdesk.casework.desk import Desk
from kimdesk.store import drafts
from kimdesk.store.drafts import Draft

__all__ = ["Draft", "discard_draft", "draft_keys", "load_draft", "read_draft", "save_draft"]


def save_draft(desk: Desk, key: str, body: dict[str, Any]) -> None:
    """Keep ``body`` (JSON-able) under ``key``; the key names the case and the form it belongs to."""
    with desk.writing() as writer:
        drafts.save(writer, key, body)


def load_draft(desk: Desk, key: str) -> dict[str, Any] | None:
    """Return what is kept under ``key``, or None."""
    found = read_draft(desk, key)
    return found.body if found else None


def read_draft(desk: Desk, key: str) -> Draft | None:
    """Return the draft under ``key`` with when it was kept, or None."""
    with desk.reading() as reader:
        return drafts.load(reader, key)


def discard_draft(desk: Desk, key: str) -> None:
    """Forget the draft under ``key``, if there is one."""
    with desk.writing() as writer:
        drafts.discard(writer, key)


def draft_keys(desk: Desk, start: str = "") -> list[str]:
    """Return the keys of all drafts that begin with ``start``."""
    with desk.reading() as reader:
        return drafts.keys(reader, start)
