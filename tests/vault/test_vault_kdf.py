"""How hard a passphrase is worked on: about a second on this machine, never below the floor."""

import pytest

from kimdesk.domain.errors import VaultError
from kimdesk.vault.kdf import FLOOR, MIB, KdfParameters, argon2id, calibrate


def machine(seconds_per_256_mib: float) -> KdfParameters:
    return calibrate(lambda cost: seconds_per_256_mib * cost.memory / (256 * MIB))


@pytest.mark.parametrize(
    ("seconds", "mib"),
    [(1.0, 256), (0.8, 256), (1.2, 256), (0.5, 512), (2.0, 128), (0.1, 1024), (0.001, 1024), (60.0, 64)],
)
def test_memory_follows_the_machine_within_the_limits(seconds: float, mib: int) -> None:
    assert machine(seconds) == KdfParameters(mib * MIB, 3, 4)


def test_a_machine_without_the_memory_gets_the_floor() -> None:
    def refuse(_cost: KdfParameters) -> float:
        raise VaultError("E007")

    assert calibrate(refuse) == FLOOR


def test_the_key_is_that_of_the_reference_implementation() -> None:
    """A vector of phc-winner-argon2, src/test.c: version 19, t=2, m=64 MiB, p=1."""
    key = argon2id(b"password", b"somesalt", KdfParameters(64 * MIB, 2, 1))
    assert key.hex() == "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"


def test_a_cost_outside_the_limits_does_not_run() -> None:
    with pytest.raises(VaultError, match="E007"):
        argon2id(b"x", bytes(16), KdfParameters(2**40, 3, 4))
