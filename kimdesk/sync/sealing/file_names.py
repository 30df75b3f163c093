"""Names of bundles and receipts: a desk and a number, never a person."""

import re

from anyascii import anyascii


def file_stem(prefix: str, desk_name: str, epoch: int, seq: int) -> str:
    """Return the name of a bundle or receipt without suffix: a desk and a number, never a person."""
    slug = re.sub(r"[^a-z0-9]+", "-", anyascii(desk_name).lower()).strip("-")[:40] or "desk"
    return f"{prefix}-{slug}-{seq}" if epoch == 1 else f"{prefix}-{slug}-{epoch}.{seq}"


def digits_of(digest: str) -> str:
    """Return ten digits by which two people tell a bundle from another on the phone, in two groups."""
    number = f"{int(digest, 16) % 10**10:010}"
    return f"{number[:5]} {number[5:]}"
