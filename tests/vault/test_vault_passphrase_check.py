"""A passphrase is checked on an open vault: nothing is opened, and guessing is slowed as at unlocking."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kimdesk import vault
from kimdesk.domain.errors import VaultError
from tests.conftest import PASSPHRASE


@pytest.fixture
def opened(tmp_path: Path, vault_template: tuple[Path, str]) -> Iterator[vault.Vault]:
    """An open vault of this test alone."""
    folder = tmp_path / "copy"
    shutil.copytree(vault_template[0], folder)
    with_it = vault.unlock(folder, PASSPHRASE)
    yield with_it
    with_it.close()


def test_the_right_passphrase_passes_and_the_vault_stays_open(opened: vault.Vault) -> None:
    vault.check_passphrase(opened.folder, PASSPHRASE)
    assert opened.derive_key("test")


def test_a_wrong_one_is_refused_and_slows_the_next(opened: vault.Vault) -> None:
    at = [1_000_000.0]
    with pytest.raises(VaultError) as refusal:
        vault.check_passphrase(opened.folder, "ganz falsch geraten", clock=lambda: at[0])
    assert refusal.value.code == "E001"
    with pytest.raises(VaultError) as refusal:
        vault.check_passphrase(opened.folder, PASSPHRASE, clock=lambda: at[0])
    assert refusal.value.code == "E013"
    at[0] += 60
    vault.check_passphrase(opened.folder, PASSPHRASE, clock=lambda: at[0])
