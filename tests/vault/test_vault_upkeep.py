"""What changes a vault stands in its audit trail, and a restored desk tells the Kreis that it is one."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kimdesk import sync
from kimdesk import vault as vaults
from kimdesk.casework import access, cases, upkeep
from kimdesk.casework.desk import Desk
from kimdesk.cli.__main__ import main
from kimdesk.domain.errors import StoreError, VaultError
from kimdesk.store import audit
from kimdesk.sync.trust.device import prepare, read_state
from tests.conftest import PASSPHRASE

NOW = datetime(2026, 11, 22, 3, 45, tzinfo=UTC)
OTHER = "wolke turnier lampe gabel kiesel ofen"


@pytest.fixture
def desk_folder(closed_vault: Path) -> Path:
    """The folder of a closed desk with one case."""
    with Desk.unlock(closed_vault, PASSPHRASE) as desk:
        cases.open_new(desk, None, ags="05999001")
    return closed_vault


def actions(desk: Desk) -> list[tuple[str, str]]:
    with desk.reading() as reader:
        return [(each.action, each.actor) for each in audit.entries(reader.connection)]


def epoch(desk: Desk) -> int:
    prepare(desk)
    with desk.reading() as reader:
        return read_state(reader).epoch


def test_a_new_key_stands_in_the_trail_which_stays_whole(desk_folder: Path) -> None:
    done = upkeep.rekey(desk_folder, PASSPHRASE)
    assert vaults.check_recovery(desk_folder, done.recovery_code)
    with Desk.unlock(desk_folder, PASSPHRASE) as desk:
        assert actions(desk)[-1] == ("rekeyed", "Kim Muster")
        assert upkeep.check(desk, full=True) == []
        assert epoch(desk) == 1


def test_the_last_good_backup_is_known(desk_folder: Path, tmp_path: Path) -> None:
    with Desk.unlock(desk_folder, PASSPHRASE) as desk:
        assert upkeep.last_backup(desk) is None
        made = upkeep.backup(desk, tmp_path / "stick", now=NOW)
        assert upkeep.last_backup(desk) == upkeep.LastBackup(NOW, str(made.path), made.bytes)
        assert actions(desk)[-1][0] == "backed_up"
        with pytest.raises(StoreError, match="E920"):
            upkeep.backup(desk, tmp_path / "absent" / "stick")
        last = upkeep.last_backup(desk)
        assert last is not None
        assert last.created == NOW


def test_a_restored_desk_starts_a_new_epoch_once(desk_folder: Path, tmp_path: Path) -> None:
    with Desk.unlock(desk_folder, PASSPHRASE) as desk:
        assert epoch(desk) == 1
        made = upkeep.backup(desk, tmp_path / "stick")
    with upkeep.restore(made.path, tmp_path / "again", PASSPHRASE) as desk:
        assert actions(desk)[-1] == ("restored", "Kim Muster")
        restored = epoch(desk)
        assert restored > 1
        assert epoch(desk) == restored
        assert sync.start_epoch(desk) > restored
        assert upkeep.check(desk, full=True) == []


def test_every_change_of_the_ways_in_stands_in_the_trail(desk_folder: Path) -> None:
    _, public = vaults.new_escrow_key()
    with Desk.unlock(desk_folder, PASSPHRASE) as desk:
        before = len(actions(desk))
        access.add_user(desk, PASSPHRASE, "Ayla", OTHER)
        access.remove_user(desk, PASSPHRASE, vaults.users(desk_folder)[1].id)
        access.split_recovery(desk, PASSPHRASE)
        code = access.renew_recovery(desk, PASSPHRASE)
        access.add_escrow(desk, PASSPHRASE, public, "Kreis")
        access.remove_escrow(desk, PASSPHRASE)
        assert [action for action, _ in actions(desk)[before:]] == [
            "user_added",
            "user_removed",
            "recovery_split",
            "recovery_renewed",
            "escrow_added",
            "escrow_removed",
        ]
    assert vaults.check_recovery(desk_folder, code)


def test_a_refused_change_leaves_no_entry(desk_folder: Path) -> None:
    with Desk.unlock(desk_folder, PASSPHRASE) as desk:
        before = actions(desk)
        with pytest.raises(VaultError, match="E009"):
            access.add_user(desk, PASSPHRASE, "Ayla", "kurz")
        assert actions(desk) == before


def test_the_work_of_each_person_stands_under_their_name(desk_folder: Path) -> None:
    vaults.add_user(desk_folder, PASSPHRASE, "Ayla", OTHER)
    with Desk.unlock(desk_folder, OTHER) as desk:
        cases.open_new(desk, None, ags="05999001")
        assert actions(desk)[-1][1] == "Ayla"


def test_the_command_line_rekeys_backs_up_and_restores(
    desk_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret, sheet = tmp_path / "secret", tmp_path / "sheet"
    secret.write_text(PASSPHRASE + "\n")

    def run(*words: object) -> dict[str, object]:
        given = [str(word) for word in words]
        assert main(["--json", "vault", *given, "--passphrase-file", str(secret)]) == 0
        told: dict[str, object] = json.loads(capsys.readouterr().out)
        return told

    made = run("backup", desk_folder, "--to", tmp_path / "stick")
    assert set(made) == {"backup", "bytes"}
    assert Path(str(made["backup"])).is_dir()
    told = run("rekey", desk_folder, "--recovery-out", sheet)
    assert (told["key_epoch"], told["removed"]) == (2, [{"kind": "recovery", "label": ""}])
    assert vaults.check_recovery(desk_folder, sheet.read_text())
    run("restore", made["backup"], "--to", tmp_path / "again")
    assert run("check", tmp_path / "again", "--full") == {"ok": True, "findings": []}


def test_the_command_line_says_why_there_is_no_backup(
    desk_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret, letter = tmp_path / "secret", tmp_path / "Brief.txt"
    secret.write_text(PASSPHRASE + "\n")
    letter.write_text("Guten Tag")
    places = {tmp_path / "absent" / "stick": "E920", letter: "E920", desk_folder / "inside": "E026"}
    for place, code in places.items():
        words = ["--json", "vault", "backup", str(desk_folder), "--to", str(place)]
        assert main([*words, "--passphrase-file", str(secret)]) == 1
        assert json.loads(capsys.readouterr().out)["error"]["code"] == code
    assert letter.read_text() == "Guten Tag"
    assert not (desk_folder / "inside").exists()
