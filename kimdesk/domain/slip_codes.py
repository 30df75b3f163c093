"""The short code of a slip (Laufzettel): „VW-7K3M-R2X“, six signs and a check character.

Weights that differ, modulo a prime: the method of the ISBN of ten signs (ISO 2108:1992, modulo 11) over 23
signs. Since 23 is prime, every wrong sign and every exchange of two signs, neighbours or not, leaves a
remainder. The signs leave out what looks like another (0 O Q, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V) and what
keyboards of two countries swap (Y, Z).
"""

import hashlib

SIGNS = "23456789ACDEFHJKMNPRTWX"
PREFIX = "VW"
LENGTH = 7
"""Signs after the prefix, the last of them the check character."""

_DASHES = (0x2D, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212)
_LIKE_A_DASH = (0x2F, 0x3F, 0x5F, 0xDF, 0x1E9E)
"""What the key of „-“ types when scanner and computer disagree on the keyboard: / ? _ and sharp s."""
_SEPARATORS = frozenset(map(chr, (0x20, 0x09, 0x0A, 0x0D, 0xA0, *_DASHES, *_LIKE_A_DASH)))
_TYPED = {sign: sign for sign in SIGNS + PREFIX} | {sign.lower(): sign for sign in SIGNS + PREFIX}


def of(record_id: str, attempt: int = 0) -> str:
    """Return the code of a record as it is stored, ``VW7K3MR2X``: its digest, which tells nothing of anybody.

    Two laptops give the same record the same code. A later ``attempt`` gives another, where one is taken.
    """
    digest = hashlib.sha256(f"slip {attempt} {record_id}".encode()).digest()
    number = int.from_bytes(digest, "big")
    body = [number // len(SIGNS) ** place % len(SIGNS) for place in range(LENGTH - 1)]
    return PREFIX + "".join(SIGNS[each] for each in (*body, -_weighed(body) % len(SIGNS)))


def read(typed: str) -> str:
    """Return the code that somebody typed or a scanner sent, as it is stored; "" when it is none.

    Lower case, blanks, hyphens and a missing prefix do not matter; nothing else is guessed.
    """
    code = "".join(_TYPED.get(sign, "?") for sign in typed if sign not in _SEPARATORS)
    body = code.removeprefix(PREFIX)
    if len(body) != LENGTH or any(sign not in SIGNS for sign in body):
        return ""
    return "" if _weighed([SIGNS.index(sign) for sign in body]) % len(SIGNS) else PREFIX + body


def shown(code: str) -> str:
    """Return a stored code as people read it, ``VW-7K3M-R2X``; "" stays ""."""
    body = code.removeprefix(PREFIX)
    return f"{PREFIX}-{body[:4]}-{body[4:]}" if body else ""


def _weighed(numbers: list[int]) -> int:
    """Return the sum of the signs' numbers, the first of them weighed seven, the check character one."""
    return sum((LENGTH - place) * number for place, number in enumerate(numbers))
