"""Copies of a vault: where they go, when one is due, that they can be relied on, and what warns."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kimdesk import vault as vaults
from kimdesk.casework import backups, cases, upkeep
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import StoreError, VaultError
from kimdesk.store import audit
from tests.conftest import PASSPHRASE

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def desk(closed_vault: Path) -> Iterator[Desk]:
    with Desk.unlock(closed_vault, PASSPHRASE) as desk:
        cases.open_new(desk, None, ags="05999001")
        yield desk


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def actions(desk: Desk) -> list[str]:
    with desk.reading() as reader:
        return [each.action for each in audit.entries(reader.connection)]


def left_over(desk: Desk, stick: Path) -> list[str]:
    return [str(each) for folder in (desk.vault.folder, stick) for each in folder.rglob("*.part")]


def test_a_new_desk_is_warned_until_it_has_a_backup_and_again_after_a_week(desk: Desk, stick: Path) -> None:
    assert backups.warned(desk, NOW) == "none"
    upkeep.backup(desk, stick, now=NOW)
    assert backups.warned(desk, NOW + 7 * DAY) == ""
    assert backups.warned(desk, NOW + 7 * DAY + timedelta(minutes=1)) == "old"
    assert backups.days_without(desk, NOW + 9 * DAY) == 9


def test_a_desk_without_any_backup_counts_from_its_beginning(desk: Desk) -> None:
    assert backups.days_without(desk) == 0
    assert backups.days_without(desk, datetime.now(UTC) + 12 * DAY) == 12


def test_one_backup_a_day_is_due_where_the_stick_is(desk: Desk, stick: Path) -> None:
    assert backups.backup_due(desk, NOW) is None
    backups.choose_place(desk, stick)
    assert backups.backup_due(desk, NOW) == stick
    upkeep.backup(desk, stick, now=NOW)
    assert backups.backup_due(desk, NOW + timedelta(hours=2)) is None
    assert backups.backup_due(desk, NOW + DAY) == stick
    backups.set_daily(desk, daily=False)
    assert backups.backup_due(desk, NOW + DAY) is None
    backups.set_daily(desk, daily=True)
    stick.rename(stick.with_name("elsewhere"))
    assert backups.backup_due(desk, NOW + DAY) is None
    assert not backups.state(desk, NOW).there


def test_a_forgotten_folder_keeps_its_backups(desk: Desk, stick: Path) -> None:
    backups.choose_place(desk, stick)
    made = upkeep.backup(desk, stick, now=NOW)
    backups.forget_place(desk)
    assert backups.place(desk) is None
    assert backups.backup_due(desk, NOW + DAY) is None
    assert made.path.is_dir()


def test_a_folder_inside_the_vault_is_no_place_for_its_backups(desk: Desk) -> None:
    inside = desk.vault.folder / "copies"
    inside.mkdir()
    with pytest.raises(VaultError, match="E026"):
        backups.choose_place(desk, inside)
    with pytest.raises(VaultError, match="E026"):
        upkeep.backup(desk, inside)
    with pytest.raises(StoreError, match="E920"):
        backups.choose_place(desk, desk.vault.folder.parent / "absent")


def test_a_file_is_no_place_for_backups(desk: Desk, tmp_path: Path) -> None:
    letter = tmp_path / "Brief.txt"
    letter.write_text("Guten Tag")
    with pytest.raises(StoreError, match="E920"):
        upkeep.backup(desk, letter)
    assert letter.read_text() == "Guten Tag"


def test_the_list_says_what_each_backup_is_kept_as(desk: Desk, stick: Path) -> None:
    backups.choose_place(desk, stick)
    for days in (40, 1, 0):
        upkeep.backup(desk, stick, now=NOW - days * DAY)
    found = backups.state(desk, NOW).copies
    assert [(each.backup.created, each.vouched) for each in found] == [
        (NOW, True), (NOW - DAY, True), (NOW - 40 * DAY, True)
    ]  # fmt: skip
    assert [each.kept_as for each in found] == ["month", "day", "month"]


def test_a_backup_that_says_something_else_is_not_vouched_for(desk: Desk, stick: Path) -> None:
    made = upkeep.backup(desk, stick, now=NOW)
    manifest = made.path / "manifest"
    manifest.write_bytes(manifest.read_bytes().replace(b"2026-11-22", b"2026-11-21"))
    assert [each.vouched for each in backups.copies(desk, stick)] == [False]


def test_while_a_backup_is_made_the_desk_can_be_worked_with(desk: Desk, stick: Path, tmp_path: Path) -> None:
    steps = upkeep.backup_steps(desk, stick, now=NOW)
    before, seen = 0, []
    for each in steps:
        seen.append(each)
        cases.open_new(desk, None, ags="05999001")
        before += 1
    assert seen == sorted(seen)
    assert 0.0 < seen[0] <= seen[-1] <= 1.0
    assert before >= 4
    assert upkeep.check(desk, full=True) == []
    upkeep.restore(next(stick.iterdir()), tmp_path / "again", PASSPHRASE).close()


def test_a_backup_ended_at_any_step_leaves_nothing(desk: Desk, stick: Path) -> None:
    reached = 0
    for wanted in range(1, 20):
        with closing(upkeep.backup_steps(desk, stick, now=NOW)) as steps:
            reached = sum(1 for _ in zip(range(wanted), steps, strict=False))
        assert left_over(desk, stick) == []
        if reached < wanted:
            break
        assert list(stick.iterdir()) == []
    assert reached > 3
    assert len(list(stick.iterdir())) == 1


def test_a_stick_pulled_out_meanwhile_is_a_sentence_and_costs_nothing(desk: Desk, stick: Path) -> None:
    def pull_out() -> None:
        for far in upkeep.backup_steps(desk, stick, now=NOW):
            if far > 0.5 and stick.exists():
                stick.rename(stick.with_name("pulled out"))

    with pytest.raises(StoreError, match="E923"):
        pull_out()
    assert left_over(desk, stick) == []
    assert backups.last_backup(desk) is None
    assert upkeep.check(desk, full=True) == []
    stick.with_name("pulled out").rename(stick)
    made = upkeep.backup(desk, stick, now=NOW)
    assert [each.backup for each in backups.copies(desk, stick)] == [made]


def test_a_drill_needs_no_passphrase_and_is_remembered(desk: Desk, stick: Path) -> None:
    backups.choose_place(desk, stick)
    assert backups.drill_due(desk, NOW) is None
    made = upkeep.backup(desk, stick, now=NOW)
    assert backups.drill_due(desk, NOW) == made.path
    done = upkeep.drill(desk, made.path, now=NOW)
    assert (done.at, done.created, done.code) == (NOW, NOW, "")
    assert backups.state(desk, NOW).drill == done
    assert actions(desk)[-1] == "restore_drilled"
    assert left_over(desk, stick) == []
    assert backups.drill_due(desk, NOW + 29 * DAY) is None
    assert backups.drill_due(desk, NOW + 30 * DAY) == made.path


def test_a_drill_that_finds_damage_warns(desk: Desk, stick: Path) -> None:
    backups.choose_place(desk, stick)
    made = upkeep.backup(desk, stick, now=NOW)
    data = bytearray((made.path / "data.db").read_bytes())
    data[len(data) // 2] ^= 1
    (made.path / "data.db").write_bytes(data)
    assert upkeep.drill(desk, made.path, now=NOW).code == "E012"
    assert backups.warned(desk, NOW) == "drill"
    assert left_over(desk, stick) == []
    later = upkeep.backup(desk, stick, now=NOW + DAY)
    assert backups.drill_due(desk, NOW + DAY) == later.path
    upkeep.drill(desk, later.path, now=NOW + DAY)
    assert backups.warned(desk, NOW + DAY) == ""


def test_a_backup_of_an_earlier_key_is_tried_with_its_passphrase(closed_vault: Path, stick: Path) -> None:
    with Desk.unlock(closed_vault, PASSPHRASE) as desk:
        backups.choose_place(desk, stick)
        made = upkeep.backup(desk, stick, now=NOW)
    upkeep.rekey(closed_vault, PASSPHRASE)
    with Desk.unlock(closed_vault, PASSPHRASE) as desk:
        assert backups.drill_due(desk, NOW) is None
        with pytest.raises(VaultError, match="E025"):
            upkeep.drill(desk, made.path)
        with pytest.raises(VaultError, match="E001"):
            upkeep.drill_with_passphrase(desk, made.path, "falsch geraten")
        assert upkeep.drill_with_passphrase(desk, made.path, PASSPHRASE, now=NOW).code == ""
        assert backups.state(desk, NOW).drill is not None


def test_a_restored_desk_says_which_state_it_shows(desk: Desk, stick: Path, tmp_path: Path) -> None:
    made = upkeep.backup(desk, stick, now=NOW)
    with upkeep.restore(made.path, tmp_path / "again", PASSPHRASE, now=NOW + DAY) as again:
        found = backups.state(again, NOW + DAY)
    assert found.restored == backups.Restored(NOW + DAY, NOW)
    assert found.last == backups.LastBackup(NOW, str(made.path), made.bytes)


def test_a_backup_of_a_newer_kimdesk_is_not_restored(closed_vault: Path, stick: Path, tmp_path: Path) -> None:
    with vaults.unlock(closed_vault, PASSPHRASE) as vault:
        with vault.connection() as database:
            database.execute("PRAGMA user_version = 9999")
        made = vaults.backup(vault, stick)
    with pytest.raises(StoreError, match="E908"):
        upkeep.restore(made.path, tmp_path / "again", PASSPHRASE)
    assert not (tmp_path / "again").exists()


def test_what_a_killed_backup_left_beside_the_vault_goes_with_the_next(desk: Desk, stick: Path) -> None:
    (desk.vault.folder / "backups" / ".KIM-copy.x.part").mkdir(parents=True)
    upkeep.backup(desk, stick)
    assert left_over(desk, stick) == []


def test_a_backup_from_the_future_does_not_silence_the_warning(desk: Desk, stick: Path) -> None:
    backups.choose_place(desk, stick)
    upkeep.backup(desk, stick, now=NOW + 70 * 365 * DAY)
    assert backups.warned(desk, NOW) == "clock"
    assert backups.state(desk, NOW).warned == "clock"
    assert backups.backup_due(desk, NOW) == stick
    assert [each.doubtful for each in backups.state(desk, NOW).copies] == [True]
    upkeep.backup(desk, stick, now=NOW)
    assert backups.warned(desk, NOW) == ""
    assert [each.doubtful for each in backups.state(desk, NOW).copies] == [False, True]
    assert backups.drill_due(desk, NOW) == backups.state(desk, NOW).copies[0].backup.path


def test_a_clock_that_stands_still_does_not_silence_the_warning(desk: Desk, stick: Path) -> None:
    backups.choose_place(desk, stick)
    upkeep.backup(desk, stick, now=NOW)
    assert backups.backup_due(desk, NOW) is None
    for _ in range(backups.MUCH_WORK + 2):
        desk.vault.checkpoint()
    assert backups.warned(desk, NOW) == "clock"
    assert backups.backup_due(desk, NOW) == stick


def test_a_drill_in_the_future_is_due_again(desk: Desk, stick: Path) -> None:
    backups.choose_place(desk, stick)
    made = upkeep.backup(desk, stick, now=NOW)
    upkeep.drill(desk, made.path, now=NOW + 70 * 365 * DAY)
    assert backups.drill_due(desk, NOW) == made.path


def test_a_forged_backup_is_never_taken_for_the_newest(desk: Desk, stick: Path) -> None:
    backups.choose_place(desk, stick)
    made = upkeep.backup(desk, stick, now=NOW)
    forged = stick / "KIM-2099-01-01T000000Z.kimbackup"
    shutil.copytree(made.path, forged)
    manifest = forged / "manifest"
    data = manifest.read_bytes()
    counter = f'"counter":{made.counter}'.encode()
    assert counter in data
    manifest.write_bytes(data.replace(counter, b'"counter":99999999'))
    assert backups.drill_due(desk, NOW) == made.path
    assert [each.vouched for each in backups.copies(desk, stick)] == [True, False]


def test_a_vault_restored_from_an_older_backup_is_not_warned_of_a_clock(
    desk: Desk, stick: Path, tmp_path: Path
) -> None:
    first = upkeep.backup(desk, stick, now=NOW)
    for _ in range(backups.MUCH_WORK + 2):
        desk.vault.checkpoint()
    upkeep.backup(desk, stick, now=NOW + DAY)
    with upkeep.restore(first.path, tmp_path / "again", PASSPHRASE, now=NOW + DAY) as again:
        assert backups.warned(again, NOW + DAY) == ""
