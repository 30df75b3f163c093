"""Two copies of a slot file, each whole, damaged, outdated, foreign or out of reach: one good one opens."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kimdesk import vault as vaults
from kimdesk.domain.errors import VaultError
from kimdesk.vault.slotfile import COPIES, OpenedSlot, write_copies
from kimdesk.vault.slots import SlotBook
from tests.conftest import PASSPHRASE
from tests.torture.quick import quicken, quickly
from tests.vault.helpers import opened

NEW = "garten falke eimer dampf birke anker"
NOBODY = 65534
BEFORE = 1_000_000.0


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    with quickly():
        yield


@pytest.fixture(scope="module")
def template(vault_template: tuple[Path, str]) -> Iterator[Path]:
    """A vault in a folder that everybody may look into; ``old`` and ``foreign`` hold other slot files.

    The foreign vault opens by the same passphrase, and its slot files count further.
    """
    home = Path(tempfile.mkdtemp())
    home.chmod(0o755)
    with quickly():
        shutil.copytree(vault_template[0], home / "vault")
        made, _ = vaults.create(
            home / "other", PASSPHRASE, name="Anderswo", strength=vaults.Strength.INTERACTIVE
        )
        made.close()
        quicken(home / "vault")
        shutil.copytree(home / "vault", home / "old")
        known = opened(home / "vault")
        write_copies(home / "vault", further(known, 3), known.key)
        stranger = opened(home / "other")
        write_copies(home / "other", further(stranger, 90), stranger.key)
    yield home
    shutil.rmtree(home)


def further(known: OpenedSlot, steps: int) -> SlotBook:
    book = known.book
    for _ in range(steps):
        book = book.replacing(known.slot, known.slot)
    return book


@pytest.fixture
def folder(template: Path) -> Iterator[Path]:
    """A vault of this test alone."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    shutil.copytree(template / "vault", place / "vault")
    yield place / "vault"
    shutil.rmtree(place)


def whole(template: Path) -> bytes:
    return (template / "vault" / COPIES[0]).read_bytes()


STATES: dict[str, Callable[[Path, Path], object]] = {
    "good": lambda path, home: path.write_bytes(whole(home)),
    "foreign": lambda path, home: path.write_bytes((home / "other" / COPIES[0]).read_bytes()),
    "older": lambda path, home: path.write_bytes((home / "old" / COPIES[0]).read_bytes()),
    "truncated": lambda path, home: path.write_bytes(whole(home)[:-40]),
    "empty": lambda path, _: path.write_bytes(b""),
    "missing": lambda path, _: path.unlink(),
    "flipped": lambda path, home: path.write_bytes(b"[" + whole(home)[1:]),
    "unreadable": lambda path, _: path.chmod(0),
    "folder": lambda path, _: _folder(path),
    "endless": lambda path, _: path.write_bytes(b"x" * 200_000),
}
OPENS = {"good", "older"}


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("vault.kimv*") if path.is_file()}


@contextmanager
def nobody(folder: Path) -> Iterator[None]:
    """Act as a user who owns the folder, and may not read what no user may; an administrator may."""
    if os.geteuid() != 0:
        yield
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def put(folder: Path, home: Path, states: tuple[str, str]) -> dict[str, bytes]:
    for name, state in zip(COPIES, states, strict=True):
        STATES[state](folder / name, home)
    return contents(folder)


@pytest.mark.skipif(os.name != "posix", reason="rights of files")
@pytest.mark.parametrize("states", list(product(STATES, STATES)), ids="-".join)
def test_any_two_copies(folder: Path, template: Path, states: tuple[str, str]) -> None:
    before = put(folder, template, states)
    with nobody(folder):
        code = outcome(folder)
    after = contents(folder)
    if OPENS & set(states):
        assert code == "opened"
        kept_ways = set(after.values())
        assert set(before.values()) <= kept_ways, "nothing is lost, whatever it was"
    else:
        assert code != "opened"
        assert after == before, "what did not open is not touched"
    for name, state in zip(COPIES, states, strict=True):
        if state == "good":
            assert after[name] == before[name]
    if "unreadable" in states and not OPENS & set(states) and code != "E033":
        assert code == "E034", "not allowed is not damaged"


def outcome(folder: Path, passphrase: str = PASSPHRASE) -> str:
    try:
        vaults.unlock(folder, passphrase, clock=lambda: BEFORE).close()
    except VaultError as refusal:
        return refusal.code
    return "opened"


@pytest.mark.parametrize("place", COPIES)
def test_the_better_copy_is_written_in_the_place_of_the_worse_once_it_has_opened(
    folder: Path, template: Path, place: str
) -> None:
    STATES["foreign"](folder / place, template)
    foreign = (folder / place).read_bytes()
    with vaults.unlock(folder, PASSPHRASE) as vault:
        assert vault.set_aside == vaults.asides(folder) != ()
    with vaults.unlock(folder, PASSPHRASE) as vault:
        assert vault.set_aside == ()
    assert [(folder / name).read_bytes() for name in COPIES] == [whole(template)] * 2
    [aside] = folder.glob("vault.kimv*.aside-*")
    assert aside.name.startswith(f"{place}.aside-")
    assert aside.read_bytes() == foreign
    STATES["foreign"](folder / place, template)
    vaults.unlock(folder, PASSPHRASE).close()
    assert [path.name for path in folder.glob("*.aside-*")] == [aside.name], "the same is kept once"


@pytest.mark.parametrize("passphrase", [PASSPHRASE, "falsch"])
def test_a_foreign_vault_in_both_copies_is_named_and_nothing_is_touched(
    folder: Path, template: Path, passphrase: str
) -> None:
    before = put(folder, template, ("foreign", "foreign"))
    assert outcome(folder, passphrase) == ("E033" if passphrase == PASSPHRASE else "E001")
    assert contents(folder) == before


CHANGES: dict[str, Callable[[Path], object]] = {
    "passphrase": lambda each: vaults.change_passphrase(each, PASSPHRASE, NEW, clock=lambda: BEFORE),
    "recovery": lambda each: vaults.renew_recovery(each, PASSPHRASE, clock=lambda: BEFORE),
    "sheets": lambda each: vaults.split_recovery(each, PASSPHRASE, clock=lambda: BEFORE),
    "user": lambda each: vaults.add_user(each, PASSPHRASE, "Neu", NEW, clock=lambda: BEFORE),
    "rekey": lambda each: vaults.rekey(each, PASSPHRASE, clock=lambda: BEFORE),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("place", COPIES)
def test_a_change_is_made_in_the_book_that_belongs_to_the_database(
    folder: Path, template: Path, change: str, place: str
) -> None:
    STATES["foreign"](folder / place, template)
    foreign = (folder / place).read_bytes()
    (folder / "anchor").unlink()  # which would tell whose the folder is
    CHANGES[change](folder)
    assert foreign in contents(folder).values(), "it may be the only way into another vault"
    with vaults.unlock(folder, NEW if change == "passphrase" else PASSPHRASE) as vault:
        assert vault.header.name == "Kreis Musterland"
        assert vaults.check(vault) == []


@pytest.mark.parametrize("change", CHANGES)
def test_no_change_is_made_in_the_book_of_another_vault(folder: Path, template: Path, change: str) -> None:
    before = put(folder, template, ("foreign", "missing"))
    with pytest.raises(VaultError, match="E033"):
        CHANGES[change](folder)
    assert contents(folder) == before


@pytest.mark.parametrize("change", [each for each in CHANGES if each != "rekey"])
def test_a_copy_swapped_under_an_open_vault_is_no_way_in(folder: Path, template: Path, change: str) -> None:
    with vaults.unlock(folder, PASSPHRASE) as vault:
        STATES["foreign"](folder / COPIES[0], template)
        CHANGES[change](folder)
        assert vaults.check(vault) == []
        put(folder, template, ("foreign", "foreign"))
        with pytest.raises(VaultError, match="E033"):
            CHANGES[change](folder)
    assert len(list(folder.glob("*.aside-*"))) == 1


def test_the_name_shown_before_opening_is_that_of_the_vault_last_open_here(
    folder: Path, template: Path
) -> None:
    STATES["foreign"](folder / COPIES[0], template)
    assert vaults.read_header(folder).name == "Kreis Musterland"


def test_who_only_asks_whether_a_secret_opens_changes_nothing(folder: Path, template: Path) -> None:
    before = put(folder, template, ("foreign", "older"))
    vaults.check_passphrase(folder, PASSPHRASE)
    vaults.read_header(folder)
    assert contents(folder) == before


def test_a_log_alone_can_hold_the_page_that_proves_the_key(folder: Path) -> None:
    """After a power cut in a checkpoint the first page may be torn in the file and whole in the log."""
    place = folder.parent / "cut"
    vault = vaults.unlock(folder, PASSPHRASE)
    with vault.connection() as database:
        database.execute("CREATE TABLE note (text)")
        shutil.copytree(folder, place)
    vault.close()
    content = bytearray((place / "data.db").read_bytes())
    content[16:] = bytes(len(content) - 16)
    (place / "data.db").write_bytes(content[:4096])
    vaults.check_passphrase(place, PASSPHRASE)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_mutation_of_one_copy_harms_the_other(folder: Path, template: Path, data: st.DataObject) -> None:
    for path in folder.glob("vault.kimv*"):
        path.unlink()
    good, foreign = whole(template), (template / "other" / COPIES[0]).read_bytes()
    source = data.draw(st.sampled_from([good, foreign, (template / "old" / COPIES[0]).read_bytes()]))
    place = data.draw(st.sampled_from(COPIES))
    mutated = mutate(data, source)
    for name in COPIES:
        (folder / name).write_bytes(mutated if name == place else good)
    assert outcome(folder) == "opened"
    other = next(name for name in COPIES if name != place)
    assert (folder / other).read_bytes() == good
    assert mutated in contents(folder).values()
    for name in COPIES:
        (folder / name).write_bytes(mutated)
    if mutated not in (good, (template / "old" / COPIES[0]).read_bytes()):
        assert outcome(folder) != "opened"
        assert [(folder / name).read_bytes() for name in COPIES] == [mutated] * 2


def mutate(data: st.DataObject, source: bytes) -> bytes:
    """Cut, doubled, flipped, filled or with a piece of it twice."""
    at, to = sorted(data.draw(st.tuples(*[st.integers(0, len(source))] * 2)))
    filling = data.draw(st.binary(max_size=12))
    kinds = [
        source,
        source[:at],
        source[at:],
        source[:at] + filling + source[at:],
        source[:at] + filling + source[to:],
        source[:to] + source[at:],
        source.replace(b'"generation":', b'"generation":9', 1),
        source.replace(b"Kreis", b"Gauner"),
    ]
    return data.draw(st.sampled_from(kinds))
