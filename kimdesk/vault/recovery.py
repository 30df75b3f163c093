"""The recovery code: 130 random bits that a person can print, read aloud and type back."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from kimdesk.domain.errors import VaultError

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base32: no I, L, O, U
_MISREAD = str.maketrans("OIL", "011")
_BITS = 130
_CHARACTERS = 26
_CHECK_CHARACTERS = 2
# The largest prime that two characters can write: finds each wrong character and each swap of neighbours.
_CHECK_PRIME = 1021
_GROUP = 4

HandOut = Callable[[str], object]
"""Puts a new recovery code into a person's hands: written, flushed and confirmed.

It is called when nothing but the last step of a change is left to do, and raises when it did not succeed:
then the change is not made. Where a person types the code back first, the change is given that code instead.
"""


def not_handed_out(_code: str) -> None:
    """Leave it to the caller, who has given the code to a person already, or will."""


def new_code() -> str:
    """Return a new code: 26 characters and 2 to check them, in seven groups."""
    return code_of(secrets.randbits(_BITS))


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is settled before a vault is made, so that its recovery sheet is in somebody's hands first."""

    vault_id: str = field(default_factory=lambda: secrets.token_hex(16))
    recovery_code: str = field(default_factory=new_code)
    hand_out: HandOut = not_handed_out


def code_of(number: int) -> str:
    """Return the code that stands for ``number``, of 130 bits."""
    check = write_base32(number % _CHECK_PRIME, _CHECK_CHARACTERS)
    return grouped(write_base32(number, _CHARACTERS) + check)


def parse_code(text: str) -> bytes:
    """Return the secret in a typed code, as 26 characters without groups.

    Small letters, blanks and dashes, O for 0 and I or L for 1 are all right. Raises VaultError E011 for
    a code that cannot have been printed so.
    """
    return write_base32(number_of(text), _CHARACTERS).encode()


def number_of(text: str) -> int:
    """Return the number a typed code stands for. Raises VaultError E011."""
    number, check = read_base32(text, _CHARACTERS, _CHECK_CHARACTERS) or (0, 1)
    if number % _CHECK_PRIME != check:
        raise VaultError("E011")
    return number


def grouped(text: str) -> str:
    """Return ``text`` in groups of four."""
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def write_base32(number: int, characters: int) -> str:
    """Return ``number`` in so many characters of Crockford's base32."""
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(characters)))


def read_base32(text: str, characters: int, check_characters: int) -> tuple[int, int] | None:
    """Return the number and the check in a typed text, None when it cannot be one of ours."""
    plain = "".join(char for char in text.upper() if char.isalnum()).translate(_MISREAD)
    if len(plain) != characters + check_characters or not set(plain) <= set(_ALPHABET):
        return None
    return _read(plain[:characters]), _read(plain[characters:])


def _read(text: str) -> int:
    number = 0
    for char in text:
        number = number << 5 | _ALPHABET.index(char)
    return number
