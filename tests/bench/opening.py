"""Unlocking a vault against its own key derivation alone."""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from kimdesk.casework.desk import Desk
from kimdesk.vault import Strength
from tests.bench.figures import Figure, side_by_side

PASSPHRASE = "Nebel Kajak Distel Anker Pfiff Walze"


def figures(home: Path) -> Iterator[Figure]:
    """Yield unlock (open, check cipher, migrate check, close) against one Argon2id of 64 MiB, t=3, p=4."""
    folder = home / "vault"
    desk, _ = Desk.create(folder, PASSPHRASE, name="Probe", user="", strength=Strength.INTERACTIVE)
    desk.close()

    def derive() -> None:
        kdf = Argon2id(salt=bytes(16), length=32, iterations=3, lanes=4, memory_cost=64 * 1024)
        kdf.derive(PASSPHRASE.encode())

    def unlock() -> None:
        Desk.unlock(folder, PASSPHRASE).close()

    floor, ours = side_by_side(derive, unlock)
    yield Figure("unlock", "one Argon2id (64 MiB, t=3, p=4)", floor, ours, "≤ 1.1")
