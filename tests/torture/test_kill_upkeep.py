"""A process that is killed while the vault itself is changed, copied or restored."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kimdesk import vault as vaults
from kimdesk.casework import case_list, upkeep
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import VaultError
from kimdesk.store.schema import HEAD
from kimdesk.vault.backup import list_backups
from kimdesk.vault.restoring import restore_drill
from tests.conftest import PASSPHRASE
from tests.torture.clerk import Ack, Clerk, Reckoning
from tests.torture.kills import Tally, reckon, rounds
from tests.torture.measure import dice, times
from tests.torture.quick import quicken, quickly
from tests.torture.victim import FIRST, JOBS, OTHER, advance, back_up, bring_back, renew, rewrap, upgrade

FIRST_RELEASE = Path(__file__).parents[1] / "vault" / "fixtures" / "first-release"


@pytest.fixture(autouse=True)
def _quickly(quick_template: Path) -> Iterator[None]:
    with quickly():
        yield


def tally_of(what: str) -> Tally:
    return Tally(what, times(2, JOBS[what][1]))


def template_of(vault: Path, home: Path, name: str) -> Path:
    """Put a copy of ``vault``, quick to open, under ``name`` into a folder for the rounds to copy."""
    shutil.copytree(vault, home / "template" / name)
    quicken(home / "template" / name)
    return home / "template"


@pytest.fixture
def empty(vault_template: tuple[Path, str], tmp_path: Path) -> Path:
    return template_of(vault_template[0], tmp_path, "empty")


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return template_of(FIRST_RELEASE, tmp_path, "first")


def version_of(folder: Path) -> tuple[int, bool]:
    """Return the schema's number, and whether there are tables."""
    with vaults.unlock(folder, PASSPHRASE) as vault, vault.connection() as database:
        [version] = database.execute("PRAGMA user_version").fetchone()
        tables = database.execute("SELECT 1 FROM sqlite_schema WHERE name = 'kim_case'").fetchall()
    return version, bool(tables)


def unsettled(told: list[Ack], version: int) -> list[str]:
    """Return the migration that was acknowledged and is not there."""
    if told and told[-1].done and told[-1].rev != version:
        return [f"schema {told[-1].rev} became {version}"]
    return []


def test_a_migration_that_is_killed_is_done_or_not_begun(empty: Path, tmp_path: Path) -> None:
    tally, told = tally_of("making the tables"), 0
    for number, place in rounds(tally.count, empty, tmp_path / "homes"):
        reckoning, others = reckon(upgrade, place, number)
        told += sum(ack.done for ack in others)
        version, tables = version_of(place / "empty")
        found = unsettled(others, version)
        found += [] if version in range(int(HEAD) + 1) and tables == bool(version) else [f"schema {version}"]
        with Desk.unlock(place / "empty", PASSPHRASE) as desk:
            found += upkeep.check(desk, full=True)
        tally.note(number, reckoning, found)
    tally.close(migrations=told)


def test_the_first_releases_vault_survives_a_killed_migration(first: Path, tmp_path: Path) -> None:
    tally, told = tally_of("migrating the first release"), 0
    for number, place in rounds(tally.count, first, tmp_path / "homes"):
        reckoning, others = reckon(advance, place, number)
        told += sum(ack.done for ack in others)
        version, _ = version_of(place / "first")
        found = unsettled(others, version)
        found += [] if int(FIRST) <= version <= int(HEAD) else [f"schema {version}"]
        with Desk.unlock(place / "first", PASSPHRASE) as desk:
            found += upkeep.check(desk, full=True)
            cases = [row.file_number for row in case_list.find(desk, "ozturk")]
        found += [] if cases == ["FAS-2026-001"] else [f"the case is not found: {cases}"]
        tally.note(number, reckoning, found)
    tally.close(migrations=told)


def test_a_change_of_passphrase_that_is_killed_leaves_one_that_opens(
    quick_template: Path, tmp_path: Path
) -> None:
    tally, changes = tally_of("changing the passphrase"), 0
    for number, place in rounds(tally.count, quick_template, tmp_path / "homes"):
        reckoning, others = reckon(rewrap, place, number)
        acked = [ack.words for ack in others if ack.done]
        changes += len(acked)
        opening = [each for each in (PASSPHRASE, OTHER) if opens(place / "desk", each)]
        if opening == [OTHER]:
            vaults.change_passphrase(place / "desk", OTHER, PASSPHRASE)
        under_way = bool(others) and not others[-1].done
        right = opening == acked[-1:] if acked and not under_way else len(opening) == 1
        tally.note(number, reckoning, [] if right else [f"{len(opening)} passphrases open"])
    tally.close(changes=changes)


def opens(folder: Path, passphrase: str) -> bool:
    (folder / "attempts").unlink(missing_ok=True)  # as if somebody had waited
    try:
        Desk.unlock(folder, passphrase).close()
    except VaultError as error:
        (folder / "attempts").unlink(missing_ok=True)
        return error.code != "E001"
    return True


def test_a_new_key_that_is_killed_loses_nothing(quick_template: Path, tmp_path: Path) -> None:
    tally, keys = tally_of("giving a new key"), 0
    for number, place in rounds(tally.count, quick_template, tmp_path / "homes"):
        reckoning, others = reckon(renew, place, number)
        epochs = [ack.rev for ack in others if ack.done]
        last = max(epochs, default=0)
        with Desk.unlock(place / "desk", PASSPHRASE) as desk:
            found = reckoning.losses(desk)
            epoch = vaults.read_header(place / "desk").key_epoch
        found += [f"key {epoch} after {last}"] if last and epoch not in (last, last + 1) else []
        keys += len(epochs)
        tally.note(number, reckoning, found)
    tally.close(new_keys=keys)


def test_a_backup_listed_after_a_kill_can_be_restored(quick_template: Path, tmp_path: Path) -> None:
    tally, made = tally_of("backing up"), 0
    for number, place in rounds(tally.count, quick_template, tmp_path / "homes"):
        reckoning, others = reckon(back_up, place, number)
        named = [ack.id for ack in others if ack.done]
        listed = list_backups(place / "backups")
        with Desk.unlock(place / "desk", PASSPHRASE) as desk:
            found = reckoning.losses(desk)
        found += [f"{each} is gone" for each in named[-1:] if each not in {one.path.name for one in listed}]
        for each in listed[:1]:
            restore_drill(each.path, PASSPHRASE)
        made += len(named)
        tally.note(number, reckoning, found)
    tally.close(backups=made)


@pytest.fixture
def backed_up(quick_template: Path, tmp_path: Path) -> tuple[Path, Reckoning]:
    """A backup of a desk with a day's work in it, and what that was."""
    home, told = tmp_path / "template", Reckoning()
    shutil.copytree(quick_template, home)
    with Desk.unlock(home / "desk", PASSPHRASE) as desk:
        for _, _ in zip(Clerk(desk, dice("backed up"), told.take).work(), range(40), strict=False):
            pass
        told.begun = None
        upkeep.backup(desk, home / "backups")
    return home, told


def test_a_restore_that_is_killed_leaves_a_whole_vault_or_none(
    backed_up: tuple[Path, Reckoning], tmp_path: Path
) -> None:
    template, kept = backed_up
    tally, restored = tally_of("restoring"), 0
    for number, place in rounds(tally.count, template, tmp_path / "homes"):
        reckoning, others = reckon(bring_back, place, number)
        named = [ack.id for ack in others if ack.done]
        there = sorted(path for path in place.glob("again-*"))
        found = [f"{each} is gone" for each in named if not (place / each).is_dir()]
        for path in there[-3:]:
            with Desk.unlock(path, PASSPHRASE) as desk:
                found += kept.losses(desk)
        for path in (*there, *place.glob(".again-*")):
            shutil.rmtree(path)
        [source] = list_backups(place / "backups")
        restore_drill(source.path, PASSPHRASE)
        restored += len(named)
        tally.note(number, reckoning, found)
    tally.close(restored=restored)


@pytest.fixture(autouse=True)
def _room(tmp_path: Path) -> None:
    (tmp_path / "homes").mkdir()
