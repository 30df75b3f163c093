"""Several people share a vault, each with a passphrase of their own; the sheet is tried and renewed."""

from pathlib import Path

import pytest

from kimdesk import vault as vaults
from kimdesk.domain.errors import StoreError, VaultError
from tests.conftest import PASSPHRASE
from tests.vault.disk import FailingDisk
from tests.vault.helpers import Watch

OTHER = "wolke turnier lampe gabel kiesel ofen"


def test_each_opens_with_a_passphrase_of_their_own_and_is_known_by_name(closed_vault: Path) -> None:
    vaults.add_user(closed_vault, PASSPHRASE, "Ayla Beispiel", OTHER)
    assert [each.label for each in vaults.users(closed_vault)] == ["Kim Muster", "Ayla Beispiel"]
    with vaults.unlock(closed_vault, OTHER) as vault:
        assert (vault.user, vault.header.user) == ("Ayla Beispiel", "Kim Muster")
    with vaults.unlock(closed_vault, PASSPHRASE) as vault:
        assert vault.user == "Kim Muster"


def test_a_person_is_added_while_working(vault: vaults.Vault) -> None:
    vaults.add_user(vault.folder, PASSPHRASE, "Ayla Beispiel", OTHER)
    vault.close()
    vaults.unlock(vault.folder, OTHER).close()


@pytest.mark.parametrize(
    ("own", "label", "new", "code"),
    [
        ("falsch", "Ayla", OTHER, "E001"),
        (PASSPHRASE, "Ayla", "kurz", "E009"),
        (PASSPHRASE, " kim muster ", OTHER, "E016"),
        (PASSPHRASE, "  ", OTHER, "E016"),
    ],
)
def test_who_is_refused_is_not_added(closed_vault: Path, own: str, label: str, new: str, code: str) -> None:
    with pytest.raises(VaultError, match=code):
        vaults.add_user(closed_vault, own, label, new)
    assert len(vaults.users(closed_vault)) == 1


def test_who_is_removed_no_longer_opens_and_the_others_do(closed_vault: Path) -> None:
    vaults.add_user(closed_vault, PASSPHRASE, "Ayla", OTHER)
    own, ayla = vaults.users(closed_vault)
    vaults.remove_user(closed_vault, OTHER, own.id)
    assert vaults.users(closed_vault) == (ayla,)
    with pytest.raises(VaultError, match="E001"):
        vaults.unlock(closed_vault, PASSPHRASE)
    with pytest.raises(VaultError, match="E017"):
        vaults.remove_user(closed_vault, OTHER, ayla.id, clock=lambda: 0)
    vaults.unlock(closed_vault, OTHER, clock=lambda: 0).close()


def test_a_person_changes_only_the_own_passphrase(closed_vault: Path) -> None:
    vaults.add_user(closed_vault, PASSPHRASE, "Ayla", OTHER)
    vaults.change_passphrase(closed_vault, OTHER, OTHER + " neu")
    with vaults.unlock(closed_vault, OTHER + " neu") as vault:
        assert vault.user == "Ayla"
    vaults.unlock(closed_vault, PASSPHRASE).close()


def test_a_person_gets_another_name(closed_vault: Path) -> None:
    own = vaults.users(closed_vault)[0].id
    assert vaults.rename_user(closed_vault, PASSPHRASE, own, "Kim Neu").user == "Kim Neu"
    with pytest.raises(VaultError, match="E017"):
        vaults.rename_user(closed_vault, PASSPHRASE, "0" * 32, "Kim")
    with vaults.unlock(closed_vault, PASSPHRASE) as vault:
        assert vault.user == "Kim Neu"


def test_a_new_key_lets_the_others_in_no_longer_and_says_so(closed_vault: Path) -> None:
    vaults.add_user(closed_vault, PASSPHRASE, "Ayla", OTHER)
    done = vaults.rekey(closed_vault, PASSPHRASE)
    assert [(each.kind, each.label) for each in done.removed] == [("recovery", ""), ("pass", "Ayla")]
    with pytest.raises(VaultError, match="E001"):
        vaults.unlock(closed_vault, OTHER)


def test_a_vault_takes_only_so_many_people(closed_vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kimdesk.vault.slotfile.SLOTS_LIMIT", 3)
    vaults.add_user(closed_vault, PASSPHRASE, "Ayla", OTHER)
    with pytest.raises(VaultError, match="E015"):
        vaults.add_user(closed_vault, PASSPHRASE, "Ben", OTHER)
    vaults.unlock(closed_vault, PASSPHRASE).close()


def test_a_sheet_is_tried_without_opening_anything(closed_vault: Path, recovery_code: str) -> None:
    before = {path.name: path.read_bytes() for path in closed_vault.iterdir()}
    assert vaults.check_recovery(closed_vault, recovery_code.lower())
    assert not vaults.check_recovery(closed_vault, "0000-0000-0000-0000-0000-0000-0000")
    with pytest.raises(VaultError, match="E011"):
        vaults.check_recovery(closed_vault, recovery_code[:-1])
    assert {path.name: path.read_bytes() for path in closed_vault.iterdir()} == before
    assert vaults.delay(closed_vault, Watch()) == 0


def test_a_renewed_sheet_takes_the_place_of_the_old_one(vault: vaults.Vault, recovery_code: str) -> None:
    code = vaults.renew_recovery(vault.folder, PASSPHRASE)
    assert vaults.check_recovery(vault.folder, code)
    assert not vaults.check_recovery(vault.folder, recovery_code)
    assert [each.kind for each in vaults.read_header(vault.folder).slots] == ["pass", "recovery"]


@pytest.mark.parametrize("dead", [False, True], ids=["refused once", "killed"])
def test_a_fault_at_any_step_of_a_change_leaves_the_old_ways_in_or_the_new(
    closed_vault: Path, dead: bool
) -> None:
    for step in range(1, 9):
        label, acknowledged = f"Person {step}{dead}", True
        with pytest.MonkeyPatch.context() as patch:
            disk = FailingDisk(patch, step, dead=dead)
            try:
                vaults.add_user(closed_vault, PASSPHRASE, label, OTHER)
            except StoreError:
                acknowledged = False
        vaults.unlock(closed_vault, PASSPHRASE).close()
        there = label in [each.label for each in vaults.users(closed_vault)]
        assert acknowledged <= there
        if not disk.failed:
            break
    assert not disk.failed
