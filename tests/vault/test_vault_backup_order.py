"""Which backup is the later one is told by a counter inside; rotation removes nothing but what it wrote."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimdesk import vault as vaults
from kimdesk.vault import Backup, Stamp, Vault
from kimdesk.vault.rotation import believed, spans
from tests.conftest import PASSPHRASE
from tests.vault.helpers import run

NOW = datetime(2026, 11, 22, 3, 45, 0, tzinfo=UTC)
DAY = timedelta(days=1)
STAMPS = st.lists(
    st.tuples(st.integers(0, 2**40), st.datetimes(datetime(1980, 1, 1), datetime(2107, 12, 31))),  # noqa: DTZ001
    max_size=40,
).map(lambda found: {Stamp(counter, created.replace(tzinfo=UTC)) for counter, created in found})


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


def made(vault: Vault, stick: Path, *moments: datetime) -> list[Backup]:
    return [vaults.backup(vault, stick, now=moment) for moment in moments]


def test_a_backup_from_the_future_is_not_the_newest_once_there_is_a_later_one(
    vault: Vault, stick: Path
) -> None:
    ahead, right = made(vault, stick, NOW + 60 * 365 * DAY, NOW)
    assert vaults.list_backups(stick) == (right, ahead)
    assert right.counter > ahead.counter


def test_a_clock_that_ran_ahead_for_a_day_costs_no_other_backup_its_place(vault: Vault, stick: Path) -> None:
    week = [NOW + number * DAY for number in range(7)]
    made(vault, stick, *week[:3], NOW + 60 * 365 * DAY, *week[3:])
    left = {each.created for each in vaults.list_backups(stick)}
    assert left >= set(week)


@pytest.mark.parametrize("wrong", [NOW + 60 * 365 * DAY, datetime(1980, 1, 1, tzinfo=UTC)])
def test_a_clock_that_is_wrong_today_removes_nothing_of_the_days_before(
    vault: Vault, stick: Path, wrong: datetime
) -> None:
    week = made(vault, stick, *(NOW + number * DAY for number in range(7)))
    last = vaults.backup(vault, stick, now=wrong)
    assert set(vaults.list_backups(stick)) >= {last, *week[-6:]}


def test_backups_with_a_wrong_date_do_not_pile_up_for_ever(vault: Vault, stick: Path) -> None:
    made(vault, stick, *(NOW + 60 * 365 * DAY - number * DAY for number in range(12)), NOW)
    assert len(vaults.list_backups(stick)) <= 9


@given(STAMPS)
def test_the_latest_state_is_always_kept_and_never_many_more_than_needed(stamps: set[Stamp]) -> None:
    kept = spans(stamps)
    assert set(kept) <= stamps
    assert len(kept) <= 7 + 4 + 12 + 7
    assert not stamps or max(stamps) in kept


@given(STAMPS)
def test_dates_that_are_believed_never_contradict_the_counter(stamps: set[Stamp]) -> None:
    dates = [each.created for each in sorted(believed(stamps))]
    assert dates == sorted(dates)
    assert bool(dates) == bool(stamps)


def vault_restored_into(path: Path, source: Path) -> None:
    vaults.restore(source, path / "Tresor", PASSPHRASE).close()


def vault_opened_there(path: Path, source: Path) -> None:
    vaults.unlock(path, PASSPHRASE).close()


def letter_put_in(path: Path, source: Path) -> None:
    (path / "Brief.odt").write_bytes(b"Guten Tag")


def folder_put_in(path: Path, source: Path) -> None:
    (path / "Fotos").mkdir()


def renamed_to_keep(path: Path, source: Path) -> None:
    path.rename(path.with_name("KIM-vor-dem-Umzug.kimbackup"))


def date_forged(path: Path, source: Path) -> None:
    manifest = path / "manifest"
    manifest.write_bytes(manifest.read_bytes().replace(b"2026", b"2006"))


@pytest.mark.parametrize(
    "change",
    [
        vault_restored_into,
        vault_opened_there,
        letter_put_in,
        folder_put_in,
        renamed_to_keep,
        date_forged,
    ],
)
def test_a_backup_that_is_more_than_it_was_is_never_removed(
    vault: Vault, stick: Path, tmp_path: Path, change: Callable[[Path, Path], None]
) -> None:
    first = vaults.backup(vault, stick, now=NOW)
    shutil.copytree(first.path, tmp_path / "source.kimbackup")
    change(first.path, tmp_path / "source.kimbackup")
    before = contents(stick)
    made(vault, stick, *(NOW + number * timedelta(hours=1) for number in range(1, 4)))
    assert contents(stick) >= before


@pytest.mark.parametrize(
    "name", ["KIM-Projekt.part", ".KIM-Projekt.part", ".KIM-2026-01-01.kimbackup.x.part"]
)
def test_what_happens_to_lie_there_is_never_removed(vault: Vault, stick: Path, name: str) -> None:
    (stick / name / "Unterlagen").mkdir(parents=True)
    (stick / name / "Unterlagen" / "Liste.csv").write_text("wichtig")
    (stick / name / "data.db").write_text("wichtig")
    os.utime(stick / name, (0, 0))
    before = contents(stick)
    made(vault, stick, NOW, NOW)
    assert contents(stick) >= before


def test_a_vault_restored_beside_the_backups_stays_and_opens(vault: Vault, stick: Path) -> None:
    first = vaults.backup(vault, stick, now=NOW)
    for name in ("Tresor", "KIM-2026-11-22T034500Z-2.kimbackup", "KIM-Tresor.kimbackup", "KIM-x.part"):
        vaults.restore(first.path, stick / name, PASSPHRASE).close()
        os.utime(stick / name, (0, 0))
    made(vault, stick, *(NOW + number * timedelta(hours=1) for number in range(1, 4)))
    for name in ("Tresor", "KIM-2026-11-22T034500Z-2.kimbackup", "KIM-Tresor.kimbackup", "KIM-x.part"):
        vaults.unlock(stick / name, PASSPHRASE).close()


def test_a_rotation_that_was_killed_half_way_is_finished_by_the_next(vault: Vault, stick: Path) -> None:
    first = vaults.backup(vault, stick, now=NOW)
    left = first.path.rename(first.path.with_suffix(".part"))
    (left / "data.db").unlink()
    vaults.backup(vault, stick, now=NOW + DAY)
    assert not left.exists()


def test_a_restored_vault_counts_on_from_the_latest_of_its_backups(
    vault: Vault, stick: Path, tmp_path: Path
) -> None:
    first, second = made(vault, stick, NOW, NOW + DAY)
    with vaults.restore(first.path, tmp_path / "again", PASSPHRASE) as again:
        third = vaults.backup(again, stick, now=NOW + 2 * DAY)
    assert vaults.list_backups(stick) == (third, second, first)


KILLED = """
import os
from kimdesk.vault import restoring
real = restoring.checked_inventory
def die(path, key):
    os.kill(os.getpid(), 9)
restoring.checked_inventory = die
[made] = vault.list_backups(folder)
vault.restore(made.path, folder / "again", passphrase)
"""


def test_what_a_killed_restore_left_goes_with_the_next_and_nothing_else(vault: Vault, stick: Path) -> None:
    first = vaults.backup(vault, stick, now=NOW)
    run(KILLED, stick)
    [left] = [each for each in stick.iterdir() if each.name.startswith(".again.")]
    assert (left / "data.db").exists()
    other = stick / f"{left.name[:-7]}aa.part"
    shutil.copytree(left, other)
    vaults.restore(first.path, stick / "other", PASSPHRASE).close()
    assert not left.exists()
    assert other.exists()


def test_what_a_killed_restore_left_goes_when_the_vault_beside_it_is_opened(
    vault: Vault, stick: Path, closed_vault: Path
) -> None:
    vaults.backup(vault, stick, now=NOW)
    vault.close()
    run(KILLED, stick)
    [left] = [each for each in stick.iterdir() if each.name.startswith(".again.")]
    left.rename(closed_vault.parent / left.name)
    (closed_vault / ".anchor.abc.part").write_bytes(b"half")
    vaults.unlock(closed_vault, PASSPHRASE).close()
    assert not (closed_vault.parent / left.name).exists()
    assert not (closed_vault / ".anchor.abc.part").exists()


def test_a_restore_that_is_under_way_is_left_alone(vault: Vault, stick: Path) -> None:
    first = vaults.backup(vault, stick, now=NOW)
    from kimdesk.vault.parts import under_construction

    with under_construction(stick / "again", vault.key) as building:
        (building / "data.db").write_bytes(b"half")
        vaults.restore(first.path, stick / "other", PASSPHRASE).close()
        assert (building / "data.db").read_bytes() == b"half"


def contents(folder: Path) -> set[tuple[str, bytes]]:
    return {
        (str(each.relative_to(folder)), each.read_bytes())
        for each in folder.rglob("*")
        if each.is_file() and each.name not in ("lock",)
    }
