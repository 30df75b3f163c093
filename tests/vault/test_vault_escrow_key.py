"""The files of an escrow key: one to hand out and compare, one that opens with its own passphrase alone."""

import base64
import json
import re
from pathlib import Path

import pytest

from kimdesk import vault as vaults
from kimdesk.domain.errors import StoreError, VaultError
from tests.conftest import PASSPHRASE

SAFE = "wolke turnier lampe gabel kiesel ofen"
NEW = "salbei mikado palme notieren knick sopran"
FILES = vaults.new_escrow_files("Kreis Musterland", SAFE, strength=vaults.Strength.INTERACTIVE)


def test_the_kreis_opens_a_deposited_vault_with_the_file_from_the_safe(closed_vault: Path) -> None:
    key = vaults.read_escrow_key(FILES.public)
    assert key == FILES.holder
    vaults.add_escrow(closed_vault, PASSPHRASE, key.key, key.label)
    vaults.recover_by_escrow(closed_vault, vaults.open_escrow_key(FILES.private, SAFE), NEW)
    vaults.unlock(closed_vault, NEW).close()


def test_people_compare_forty_digits_that_differ_from_key_to_key() -> None:
    other = vaults.new_escrow_files("Kreis Musterland", SAFE, strength=vaults.Strength.INTERACTIVE)
    assert re.fullmatch(r"(\d{5} ){7}\d{5}", FILES.holder.fingerprint)
    assert other.holder.fingerprint != FILES.holder.fingerprint
    assert other.private != FILES.private


def test_the_private_file_does_not_open_with_another_passphrase() -> None:
    with pytest.raises(VaultError, match="E022"):
        vaults.open_escrow_key(FILES.private, PASSPHRASE)


def test_the_private_key_stands_in_no_file_in_clear() -> None:
    private = vaults.open_escrow_key(FILES.private, SAFE)
    assert private not in FILES.private
    assert private[:16] not in FILES.private + FILES.public
    assert SAFE.encode() not in FILES.private


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"Kreis Musterland", b"Kreis Anderland", "E022"),
        (b'"passes":3', b'"passes":4', "E022"),
        (b'"memory":65536', b'"memory":1024', "E023"),
        (b'"memory":65536', b'"memory":99999999', "E023"),
        (b'"version":1', b'"version":2', "E023"),
        (b"private", b"public", "E023"),
    ],
)
def test_a_changed_private_file_opens_nothing(old: bytes, new: bytes, code: str) -> None:
    assert old in FILES.private
    with pytest.raises(VaultError, match=code):
        vaults.open_escrow_key(FILES.private.replace(old, new), SAFE)


def off_the_curve() -> bytes:
    """The public file with one bit of the key flipped."""
    said = json.loads(FILES.public)
    key = bytearray(base64.b64decode(said["key"]))
    key[-1] ^= 1
    return json.dumps(said | {"key": base64.b64encode(key).decode()}).encode()


@pytest.mark.parametrize("data", [b"", b"{}", FILES.private, FILES.public[:-20], off_the_curve()])
def test_what_is_no_public_key_is_refused(data: bytes) -> None:
    with pytest.raises(VaultError, match="E020"):
        vaults.read_escrow_key(data)


def test_a_public_file_opens_nothing() -> None:
    with pytest.raises(VaultError, match="E023"):
        vaults.open_escrow_key(FILES.public, SAFE)


def test_a_key_needs_a_name_and_a_strong_passphrase() -> None:
    with pytest.raises(VaultError, match="E009"):
        vaults.new_escrow_files("Kreis", "kurz")
    with pytest.raises(VaultError, match="E016"):
        vaults.new_escrow_files("  ", SAFE)


def test_a_stick_that_was_pulled_out_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="E910"):
        vaults.read_key_file(tmp_path / "gone.kimprivat")
