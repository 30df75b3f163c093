"""A process that is killed in the middle of anything loses nothing it has acknowledged."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kimdesk import kreis, sync
from kimdesk import vault as vaults
from kimdesk.casework import upkeep
from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import VaultError
from kimdesk.domain.records import Goal
from kimdesk.store.schema import HEAD
from kimdesk.vault.backup import list_backups
from kimdesk.vault.restoring import restore_drill
from tests.conftest import PASSPHRASE
from tests.sync.exchange import NOW, Exchange, open_exchange
from tests.torture.clerk import Ack, Reckoning, unfindable
from tests.torture.measure import dice, report, times
from tests.torture.victim import OTHER, Job, back_up, carry, killed, renew, rewrap, save, upgrade

NOT_SAVES = ("export", "import", "receipt", "passphrase", "migration", "rekey", "backup")
FRESH_AFTER = 25  # kills that one vault goes through


def rounds(count: int, template: Path, home: Path) -> Iterator[tuple[int, Path]]:
    """Yield a number and a home for each kill; every 25 kills begin with fresh vaults."""
    for number in range(count):
        place = home / str(number // FRESH_AFTER)
        if not place.exists():
            shutil.copytree(template, place)
        yield number, place


def reckon(job: Job, place: Path, number: int) -> tuple[Reckoning, list[Ack]]:
    """Kill a process and sort what it had told: saves into the reckoning, the rest as it came."""
    told = killed(job, place, dice(job.__name__, number))
    reckoning, others = Reckoning(), []
    for ack in told:
        if ack.kind in NOT_SAVES:
            others.append(ack)
            reckoning.begun = None
        else:
            reckoning.take(ack)
    return reckoning, others


def test_no_acknowledged_save_is_lost_by_a_kill(exchange_template: Path, tmp_path: Path) -> None:
    lost: list[str] = []
    acknowledged, count = 0, times(6, 170)
    for number, place in rounds(count, exchange_template, tmp_path):
        reckoning, _ = reckon(save, place, number)
        with Desk.unlock(place / "desk", PASSPHRASE) as desk:
            found = reckoning.losses(desk) + unfindable(desk, reckoning)
        lost += [f"kill {number}: {each}" for each in found]
        acknowledged += reckoning.count
    report("kills while saving", killed=count, acknowledged=acknowledged, lost=len(lost))
    assert lost == []
    assert acknowledged > count


def test_no_bundle_is_lost_or_taken_twice_by_a_kill(exchange_template: Path, tmp_path: Path) -> None:
    lost: list[str] = []
    acknowledged, bundles, count = 0, 0, times(3, 60)
    for number, place in rounds(count, exchange_template, tmp_path):
        reckoning, others = reckon(carry, place, number)
        exchange = open_exchange(place)
        found = reckoning.losses(exchange.desk) + upkeep.check(exchange.kreis, full=True)
        found += unsettled(exchange, others)
        exchange.close()
        lost += [f"kill {number}: {each}" for each in found]
        acknowledged += reckoning.count
        bundles += sum(ack.done for ack in others)
    counts = {"killed": count, "acknowledged": acknowledged, "bundle_steps": bundles, "lost": len(lost)}
    report("kills while exchanging", **counts)
    assert lost == []


def unsettled(exchange: Exchange, told: list[Ack]) -> list[str]:
    """Return what desk and Kreis disagree on after a kill, and after one more exchange."""
    last = max((ack.rev for ack in told if ack.done and ack.kind == "export"), default=0)
    found = [f"export {last} forgotten"] if sync.status(exchange.desk).last_seq < last else []
    on_stick = sorted(exchange.stick.glob("*.kimb"), key=lambda path: path.stat().st_mtime_ns)
    again = kreis.import_files(exchange.kreis, on_stick, exchange.receipts, now=NOW)
    taken = {ack.id for ack in told if ack.done and ack.kind == "import"}
    for each in again:
        right = ("duplicate",) if each.file.name in taken else ("applied", "duplicate")
        found += [] if each.result in right else [f"{each.file.name} {each.result} {each.code}"]
        exchange.take(each)
    exchange.round()
    return found + differing(exchange)


def differing(exchange: Exchange) -> list[str]:
    """Return the goals that the Kreis holds in another revision than the desk, or not at all."""
    held = {row["id"]: row["rev"] for row in exchange.held(Goal)}
    with exchange.desk.reading() as reader:
        rows = reader.connection.exec_driver_sql(
            "SELECT id, rev FROM goal WHERE case_id IN (SELECT case_id FROM consent)"
        )
        here = {row[0]: row[1] for row in rows}
    ids = here.keys() | held.keys()
    return [f"goal {each} differs" for each in ids if here.get(each) != held.get(each)]


def test_a_migration_that_is_killed_is_done_or_not_begun(
    vault_template: tuple[Path, str], tmp_path: Path
) -> None:
    (tmp_path / "template").mkdir()
    shutil.copytree(vault_template[0], tmp_path / "template" / "empty")
    lost: list[str] = []
    told, count = 0, times(1, 40)
    for number, place in rounds(count, tmp_path / "template", tmp_path / "homes"):
        _, others = reckon(upgrade, place, number)
        told += sum(ack.done for ack in others)
        with vaults.unlock(place / "empty", PASSPHRASE) as vault, vault.connection() as database:
            [version] = database.execute("PRAGMA user_version").fetchone()
            tables = database.execute("SELECT 1 FROM sqlite_schema WHERE name = 'kim_case'").fetchall()
        with Desk.unlock(place / "empty", PASSPHRASE) as desk:
            found = upkeep.check(desk, full=True)
        found += (
            [] if version in range(int(HEAD) + 1) and bool(tables) == bool(version) else [f"schema {version}"]
        )
        if others and others[-1].done and others[-1].rev != version:
            found.append(f"schema {others[-1].rev} became {version}")
        lost += [f"kill {number}: {each}" for each in found]
    report("kills while migrating", killed=count, migrations=told, lost=len(lost))
    assert lost == []


def test_a_change_of_passphrase_that_is_killed_leaves_one_that_opens(
    exchange_template: Path, tmp_path: Path
) -> None:
    lost: list[str] = []
    changes, count = 0, times(1, 20)
    for number, place in rounds(count, exchange_template, tmp_path):
        _, others = reckon(rewrap, place, number)
        acked = [ack.words for ack in others if ack.done]
        changes += len(acked)
        opening = [each for each in (PASSPHRASE, OTHER) if opens(place / "desk", each)]
        if opening == [OTHER]:
            vaults.change_passphrase(place / "desk", OTHER, PASSPHRASE)
        under_way = bool(others) and not others[-1].done
        right = opening == acked[-1:] if acked and not under_way else len(opening) == 1
        lost += [] if right else [f"kill {number}: {len(opening)} passphrases open"]
    report("kills while changing the passphrase", killed=count, changes=changes, lost=len(lost))
    assert lost == []


def opens(folder: Path, passphrase: str) -> bool:
    (folder / "attempts").unlink(missing_ok=True)  # as if somebody had waited
    try:
        Desk.unlock(folder, passphrase).close()
    except VaultError as error:
        (folder / "attempts").unlink()
        return error.code != "E001"
    return True


def test_a_new_key_that_is_killed_loses_nothing(exchange_template: Path, tmp_path: Path) -> None:
    lost: list[str] = []
    keys, acknowledged, count = 0, 0, times(1, 20)
    for number, place in rounds(count, exchange_template, tmp_path):
        reckoning, others = reckon(renew, place, number)
        epochs = [ack.rev for ack in others if ack.done]
        last = max(epochs, default=0)
        with Desk.unlock(place / "desk", PASSPHRASE) as desk:
            found = reckoning.losses(desk)
            epoch = vaults.read_header(place / "desk").key_epoch
        found += [f"key {epoch} after {last}"] if last and epoch not in (last, last + 1) else []
        lost += [f"kill {number}: {each}" for each in found]
        keys += len(epochs)
        acknowledged += reckoning.count
    counts = {"killed": count, "new_keys": keys, "acknowledged": acknowledged, "lost": len(lost)}
    report("kills while giving a new key", **counts)
    assert lost == []


def test_a_backup_listed_after_a_kill_can_be_restored(exchange_template: Path, tmp_path: Path) -> None:
    lost: list[str] = []
    made, acknowledged, count = 0, 0, times(1, 20)
    for number, place in rounds(count, exchange_template, tmp_path):
        reckoning, others = reckon(back_up, place, number)
        named = [ack.id for ack in others if ack.done]
        listed = list_backups(place / "backups")
        with Desk.unlock(place / "desk", PASSPHRASE) as desk:
            found = reckoning.losses(desk)
        found += [f"{each} is gone" for each in named[-1:] if each not in {one.path.name for one in listed}]
        for each in listed[:1]:
            restore_drill(each.path, PASSPHRASE)
        lost += [f"kill {number}: {each}" for each in found]
        made += len(named)
        acknowledged += reckoning.count
    report("kills while backing up", killed=count, backups=made, acknowledged=acknowledged, lost=len(lost))
    assert lost == []


@pytest.fixture(autouse=True)
def _room(tmp_path: Path) -> None:
    (tmp_path / "homes").mkdir()
