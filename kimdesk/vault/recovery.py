"""The recovery code: 130 random bits that a person can print, read aloud and type back."""

import secrets

from kimdesk.domain.errors import VaultError

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base32: no I, L, O, U
_MISREAD = str.maketrans("OIL", "011")
_BITS = 130
_CHARACTERS = 26
_CHECK_CHARACTERS = 2
# The largest prime that two characters can write: finds each wrong character and each swap of neighbours.
_CHECK_PRIME = 1021
_GROUP = 4


def new_code() -> str:
    """Return a new code: 26 characters and 2 to check them, in seven groups."""
    number = secrets.randbits(_BITS)
    text = _write(number, _CHARACTERS) + _write(number % _CHECK_PRIME, _CHECK_CHARACTERS)
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def parse_code(text: str) -> bytes:
    """Return the secret in a typed code, as 26 characters without groups.

    Small letters, blanks and dashes, O for 0 and I or L for 1 are all right. Raises VaultError E011 for
    a code that cannot have been printed so.
    """
    plain = "".join(char for char in text.upper() if char.isalnum()).translate(_MISREAD)
    if len(plain) != _CHARACTERS + _CHECK_CHARACTERS or not set(plain) <= set(_ALPHABET):
        raise VaultError("E011")
    secret, check = plain[:_CHARACTERS], plain[_CHARACTERS:]
    if _read(secret) % _CHECK_PRIME != _read(check):
        raise VaultError("E011")
    return secret.encode()


def _write(number: int, characters: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(characters)))


def _read(text: str) -> int:
    number = 0
    for char in text:
        number = number << 5 | _ALPHABET.index(char)
    return number
