"""From a passphrase to a key: Argon2id (RFC 9106), how hard it is, and how hard it may be."""

import time
from collections.abc import Callable
from enum import StrEnum
from typing import Literal

import msgspec

from kimdesk.domain.errors import VaultError
from kimdesk.vault.keys import KEY_BYTES

MIB = 1024  # KiB
_MEMORY_LIMITS = (64 * MIB, 1024 * MIB)
_PASSES_LIMIT = 10
_LANES_LIMIT = 8
_SECONDS = (0.8, 1.2)


class Strength(StrEnum):
    """How long a passphrase is worked on: a moment, or about a second."""

    INTERACTIVE = "interactive"
    STRONG = "strong"


class KdfParameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The cost of Argon2id: memory in KiB, passes over it, lanes."""

    memory: int
    passes: int
    lanes: int
    name: Literal["argon2id"] = "argon2id"

    def __str__(self) -> str:
        return f"Argon2id, {self.memory // MIB} MiB, t={self.passes}, p={self.lanes}"


FLOOR = KdfParameters(64 * MIB, 3, 4)  # RFC 9106 §4, second recommended option
_START = KdfParameters(256 * MIB, 3, 4)

Kdf = Callable[[bytes, bytes, KdfParameters], bytearray]


def check_limits(parameters: KdfParameters) -> None:
    """Raise VaultError E007 for a cost that is too cheap to protect or dear enough to stop the machine."""
    low, high = _MEMORY_LIMITS
    fits = (
        low <= parameters.memory <= high
        and 1 <= parameters.passes <= _PASSES_LIMIT
        and 1 <= parameters.lanes <= _LANES_LIMIT
    )
    if not fits:
        raise VaultError("E007")


def argon2id(secret: bytes, salt: bytes, parameters: KdfParameters) -> bytearray:
    """Return the 32-byte key for ``secret``.

    Raises VaultError E007 for a cost outside the limits, before running it, and E039 when this machine has
    not got the memory now.
    """
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    check_limits(parameters)
    key = bytearray(KEY_BYTES)
    function = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=parameters.passes,
        lanes=parameters.lanes,
        memory_cost=parameters.memory,
    )
    try:
        function.derive_into(secret, key)
    except MemoryError:
        raise VaultError("E039") from None
    return key


def parameters_for(strength: Strength) -> KdfParameters:
    """Return the cost for ``strength``; STRONG is measured on this machine and takes a few seconds."""
    return FLOOR if strength is Strength.INTERACTIVE else calibrate(seconds_for)


def calibrate(measure: Callable[[KdfParameters], float]) -> KdfParameters:
    """Return a cost of 0.8 to 1.2 s by ``measure``, found by memory alone, never outside the limits.

    A machine that cannot give the memory to start with gets the floor.
    """
    try:
        seconds = measure(_START)
    except VaultError:
        return FLOOR
    if _SECONDS[0] <= seconds <= _SECONDS[1]:
        return _START
    low, high = _MEMORY_LIMITS
    memory = round(_START.memory / seconds / MIB) * MIB
    return KdfParameters(min(max(memory, low), high), _START.passes, _START.lanes)


def seconds_for(parameters: KdfParameters) -> float:
    """Return how many seconds one derivation of this cost takes here."""
    start = time.perf_counter()
    argon2id(b"calibration", bytes(16), parameters)
    return time.perf_counter() - start
