"""Identities that need no office to hand them out."""

import re
import secrets
import threading
import time
import uuid
from typing import Final

_OWN: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """Return a new UUIDv7 (RFC 9562 §5.7) as text; identities of one process rise with time.

    48 bit of milliseconds, then a 12 bit counter that breaks ties, then 62 random bit.
    """
    global _last  # noqa: PLW0603 - the one clock all identities of this process share
    with _lock:
        _last = max(_last + 1, (time.time_ns() // 1_000_000) << 12)
        stamp = _last
    value = (stamp >> 12) << 80 | 7 << 76 | (stamp & 0xFFF) << 64 | 2 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))


def is_own(identity: str) -> bool:
    """Return whether ``identity`` has the shape of ours, in which nothing can be said: a UUID as text."""
    return _OWN.fullmatch(identity) is not None
