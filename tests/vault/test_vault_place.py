"""A vault's folder that is not where it should be: on a network drive, renamed, deleted, exchanged."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

import resources
from kimdesk import vault as vaults
from kimdesk.domain.errors import VaultError
from kimdesk.vault import Strength, Vault, place
from tests.conftest import PASSPHRASE
from tests.vault.helpers import open_known, opened

pytestmark = pytest.mark.skipif(not hasattr(place, "_MOUNTS"), reason="asks Linux about its drives")


@pytest.fixture
def mount(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The list of mounted drives, to be written by the test."""
    path = tmp_path / "mounts"
    monkeypatch.setattr(place, "_MOUNTS", path)
    return path


def listed(*mounts: tuple[Path, str]) -> str:
    """Return mounts as the kernel lists them: a space in a name is ``\\040``."""
    lines = [f"srv {str(at).replace(' ', chr(92) + '040')} {kind} rw 0 0" for at, kind in mounts]
    return "\n".join(["rootfs / ext4 rw 0 0", *lines]) + "\n"


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs"])
def test_a_vault_on_a_network_drive_is_refused_and_left_alone(
    closed_vault: Path, mount: Path, kind: str
) -> None:
    mount.write_text(listed((closed_vault.parent, kind)), encoding="utf-8")
    before = {path.name: path.read_bytes() for path in closed_vault.iterdir()}
    for refused in (vaults.unlock, vaults.rekey):
        with pytest.raises(VaultError, match="E031"):
            refused(closed_vault, PASSPHRASE)
    assert {path.name: path.read_bytes() for path in closed_vault.iterdir()} == before


def test_no_vault_is_made_on_a_network_drive(tmp_path: Path, mount: Path) -> None:
    share = tmp_path / "Laufwerk Z"
    share.mkdir()
    mount.write_text(listed((share, "cifs")), encoding="utf-8")
    with pytest.raises(VaultError, match="E031"):
        vaults.create(share / "vault", PASSPHRASE, name="x", strength=Strength.INTERACTIVE)
    assert list(share.iterdir()) == []


def test_a_stick_inside_a_network_drive_and_a_disk_beside_one_are_local(
    closed_vault: Path, mount: Path
) -> None:
    mount.write_text(
        listed((closed_vault.parent, "nfs"), (closed_vault, "vfat"), (closed_vault.parent / "x", "nfs")),
        encoding="utf-8",
    )
    vaults.unlock(closed_vault, PASSPHRASE).close()


def test_a_system_that_does_not_list_its_drives_bars_nobody(closed_vault: Path, mount: Path) -> None:
    vaults.unlock(closed_vault, PASSPHRASE).close()


def save(vault: Vault, words: str) -> None:
    with vault.engine.connect().execution_options(immediate=True) as connection, connection.begin():
        connection.execute(text("CREATE TABLE IF NOT EXISTS note (words TEXT)"))
        connection.execute(text("INSERT INTO note VALUES (:words)"), {"words": words})


def saved(vault: Vault) -> list[str]:
    with vault.engine.connect() as connection:
        return list(connection.execute(text("SELECT words FROM note")).scalars())


def test_saves_go_on_into_a_folder_that_was_renamed(closed_vault: Path) -> None:
    known = opened(closed_vault)
    vault = open_known(closed_vault, known)
    moved = closed_vault.rename(closed_vault.parent / "umbenannt")
    save(vault, "nach dem Umbenennen")
    with pytest.raises(VaultError, match="E032"):
        vault.checkpoint()
    vault.close()
    assert not closed_vault.exists()
    with open_known(moved, known) as again:
        assert saved(again) == ["nach dem Umbenennen"]


def test_a_save_into_a_folder_that_is_gone_is_refused(closed_vault: Path) -> None:
    vault = open_known(closed_vault, opened(closed_vault))
    save(vault, "davor")
    shutil.rmtree(closed_vault)
    with pytest.raises(VaultError, match="E032"):
        save(vault, "danach")
    assert saved(vault) == ["davor"]
    vault.close()
    assert not closed_vault.exists()


def test_a_lost_lock_file_stops_no_save(closed_vault: Path) -> None:
    with open_known(closed_vault, opened(closed_vault)) as vault:
        (closed_vault / "lock").unlink()
        save(vault, "ohne Sperrdatei")
        vault.checkpoint()
        assert saved(vault) == ["ohne Sperrdatei"]


def test_another_folder_under_the_old_name_is_not_written_into(closed_vault: Path, tmp_path: Path) -> None:
    known = opened(closed_vault)
    shutil.copytree(closed_vault, tmp_path / "copy")
    vault = open_known(closed_vault, known)
    moved = closed_vault.rename(tmp_path / "umbenannt")
    (tmp_path / "copy").rename(closed_vault)
    (closed_vault / "lock").touch()
    before = {path.name: path.read_bytes() for path in closed_vault.iterdir()}
    save(vault, "in den umbenannten")
    with vault.engine.connect() as connection:
        connection.invalidate()
    with pytest.raises(VaultError, match="E032"):
        save(vault, "in den anderen")
    vault.close()
    assert {path.name: path.read_bytes() for path in closed_vault.iterdir()} == before
    with open_known(moved, known) as again:
        assert saved(again) == ["in den umbenannten"]


KINDS = resources.read_toml("rules/drives.toml")["linux"]


@pytest.fixture
def nobody_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "_trusted", set())


@pytest.mark.usefixtures("nobody_was_asked")
@pytest.mark.parametrize("kind", ["9p", "virtiofs", "fuse", "fuse.neu", "fuse.mergerfs", "pohmelfs", "lokal"])
def test_a_drive_of_a_kind_that_nobody_knows_is_asked_about(
    closed_vault: Path, mount: Path, kind: str
) -> None:
    mount.write_text(listed((closed_vault.parent, kind)), encoding="utf-8")
    before = {path.name: path.read_bytes() for path in closed_vault.iterdir()}
    for refused in (vaults.unlock, vaults.rekey):
        with pytest.raises(VaultError, match="E044") as refusal:
            refused(closed_vault, PASSPHRASE)
        assert refusal.value.facts == {"kind": kind}
    assert {path.name: path.read_bytes() for path in closed_vault.iterdir()} == before
    found = place.drive_of(closed_vault)
    assert found == place.Drive(str(closed_vault.parent), kind)
    place.trust(found)
    vaults.unlock(closed_vault, PASSPHRASE).close()
    mount.write_text(listed((closed_vault.parent, f"{kind}.x")), encoding="utf-8")
    with pytest.raises(VaultError, match="E044"):
        vaults.unlock(closed_vault, PASSPHRASE)


@pytest.mark.usefixtures("nobody_was_asked")
@pytest.mark.parametrize(
    "kind",
    ["fuse.gvfsd-fuse", "vboxsf", "fuse.onedriver", "fuse.onedrive-fuse", "fuse.rclone", "davfs", "ceph"],
)
def test_what_others_share_and_services_fetch_is_no_disk_of_this_computer(
    closed_vault: Path, mount: Path, kind: str
) -> None:
    mount.write_text(listed((closed_vault.parent, kind)), encoding="utf-8")
    with pytest.raises(VaultError, match="E031"):
        vaults.unlock(closed_vault, PASSPHRASE)
    found = place.drive_of(closed_vault)
    assert found is not None


@pytest.mark.usefixtures("nobody_was_asked")
@pytest.mark.parametrize("kind", KINDS["local"])
def test_disks_and_sticks_are_never_asked_about(tmp_path: Path, mount: Path, kind: str) -> None:
    mount.write_text(listed((tmp_path, kind)), encoding="utf-8")
    place.demand_local(tmp_path / "vault")


@pytest.mark.usefixtures("nobody_was_asked")
@pytest.mark.parametrize("kind", KINDS["network"])
def test_no_word_of_a_person_is_needed_about_what_is_known_to_be_a_network(
    tmp_path: Path, mount: Path, kind: str
) -> None:
    mount.write_text(listed((tmp_path, kind)), encoding="utf-8")
    with pytest.raises(VaultError, match="E031"):
        place.demand_local(tmp_path / "vault")


@pytest.mark.usefixtures("nobody_was_asked")
def test_the_drive_that_the_system_itself_runs_from_is_not_asked_about(tmp_path: Path, mount: Path) -> None:
    mount.write_text("none / 9p rw 0 0\n", encoding="utf-8")
    place.demand_local(tmp_path / "vault")


def test_no_kind_of_drive_is_two_things() -> None:
    for lists in resources.read_toml("rules/drives.toml").values():
        assert set(lists["local"]).isdisjoint(lists["network"])
