"""Arithmetic in GF(256), the field of AES (FIPS 197 §4), and splitting a secret so that two shares give it.

Shamir's scheme (1979) for a threshold of two: each byte of the secret is a straight line's value at 0, its
slope is random, and share x holds the values at x. One share fits every secret equally well.
"""

import secrets

_REDUCING = 0x11B  # x^8 + x^4 + x^3 + x + 1
_DEGREE = 0x100


def multiply(left: int, right: int) -> int:
    """Return the product of two elements, 0 to 255."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        left <<= 1
        if left & _DEGREE:
            left ^= _REDUCING
        right >>= 1
    return product


def inverse(element: int) -> int:
    """Return what gives 1 when multiplied by ``element``, which is 1 to 255 (x^254, for x^255 = 1)."""
    if not element:
        raise ZeroDivisionError
    found = 1
    for _ in range(254):
        found = multiply(found, element)
    return found


def split(secret: bytes, places: tuple[int, ...], slopes: bytes | None = None) -> tuple[bytes, ...]:
    """Return the share of ``secret`` at each of ``places``, all different and none 0."""
    slopes = secrets.token_bytes(len(secret)) if slopes is None else slopes
    return tuple(
        bytes(byte ^ multiply(slope, place) for byte, slope in zip(secret, slopes, strict=True))
        for place in places
    )


def join(first: tuple[int, bytes], second: tuple[int, bytes]) -> bytes:
    """Return the secret of two shares, each with its place. Raises ZeroDivisionError for the same place."""
    (here, own), (there, other) = first, second
    weight = multiply(there, inverse(here ^ there))  # Lagrange at 0; the two weights add up to 1
    return bytes(
        multiply(weight, left) ^ multiply(weight ^ 1, right) for left, right in zip(own, other, strict=True)
    )
