"""Escrow is chosen, visible, and opens with the one private key it was made for."""

from pathlib import Path

import pytest

from kimdesk import vault as vaults
from kimdesk.domain.errors import VaultError
from tests.conftest import PASSPHRASE

NEW = "wolke turnier lampe gabel kiesel ofen"
PRIVATE, PUBLIC = vaults.new_escrow_key()


def test_the_holder_of_the_key_sets_a_new_passphrase(closed_vault: Path, recovery_code: str) -> None:
    header = vaults.add_escrow(closed_vault, PASSPHRASE, PUBLIC, "Kreis Musterland, Notfallschlüssel")
    assert [(each.kind, each.label) for each in header.slots][2:] == [
        ("escrow", "Kreis Musterland, Notfallschlüssel")
    ]
    assert vaults.read_header(closed_vault) == header
    vaults.recover_by_escrow(closed_vault, PRIVATE, NEW)
    with vaults.unlock(closed_vault, NEW) as vault:
        assert vaults.check(vault) == []
        assert vault.user == "Kim Muster"
    assert vaults.check_recovery(closed_vault, recovery_code)


def test_the_keys_have_the_documented_size() -> None:
    assert (len(PRIVATE), len(PUBLIC)) == (112, 1665)


def test_another_key_opens_nothing_and_nobody_had_to_choose_escrow(closed_vault: Path) -> None:
    other, _ = vaults.new_escrow_key()
    with pytest.raises(VaultError, match="E024"):
        vaults.recover_by_escrow(closed_vault, PRIVATE, NEW)
    vaults.add_escrow(closed_vault, PASSPHRASE, PUBLIC, "Kreis")
    with pytest.raises(VaultError, match="E024"):
        vaults.recover_by_escrow(closed_vault, other, NEW)
    vaults.unlock(closed_vault, PASSPHRASE).close()


def test_an_escrow_can_be_taken_back_and_a_new_key_ends_it_too(closed_vault: Path) -> None:
    vaults.add_escrow(closed_vault, PASSPHRASE, PUBLIC, "Kreis")
    vaults.remove_escrow(closed_vault, PASSPHRASE)
    with pytest.raises(VaultError, match="E024"):
        vaults.recover_by_escrow(closed_vault, PRIVATE, NEW)
    vaults.add_escrow(closed_vault, PASSPHRASE, PUBLIC, "Kreis")
    assert [each.kind for each in vaults.rekey(closed_vault, PASSPHRASE).removed] == ["recovery", "escrow"]
    with pytest.raises(VaultError, match="E024"):
        vaults.recover_by_escrow(closed_vault, PRIVATE, NEW)


@pytest.mark.parametrize(
    "key", [b"", PUBLIC[:-1], PUBLIC + b"x", bytes(1665), PUBLIC[:-1] + bytes([PUBLIC[-1] ^ 1])]
)
def test_what_is_no_key_is_refused(closed_vault: Path, key: bytes) -> None:
    before = (closed_vault / "vault.kimv").read_bytes()
    with pytest.raises(VaultError, match="E020"):
        vaults.add_escrow(closed_vault, PASSPHRASE, key, "Kreis")
    for private in (PRIVATE[:-1], bytes(112)):
        with pytest.raises(VaultError, match="E020"):
            vaults.recover_by_escrow(closed_vault, private, NEW)
    assert (closed_vault / "vault.kimv").read_bytes() == before
