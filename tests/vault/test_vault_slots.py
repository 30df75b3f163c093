"""Slot files are read with suspicion: damaged, forged, outdated or dear ones open nothing."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kimdesk.domain import files
from kimdesk.domain.errors import VaultError
from kimdesk.vault.kdf import FLOOR, KdfParameters
from kimdesk.vault.keys import new_key, seal_line, split_line
from kimdesk.vault.slotfile import (
    COPIES,
    OpenedSlot,
    mend_copies,
    open_copies,
    parse,
    read_copies,
    write_copies,
)
from kimdesk.vault.slots import FORMAT, VERSION, Slot, SlotBook, encode, unwrap, wrap

VAULT_ID = "0123456789abcdef" * 2
SECRET = b"secret"


def quick(secret: bytes, salt: bytes, parameters: KdfParameters) -> bytearray:
    """A KDF that costs nothing, so that thousands of damaged files can be tried."""
    return bytearray(hashlib.blake2b(secret + salt + str(parameters).encode(), digest_size=32).digest())


def slot(key: bytearray, secret: bytes = SECRET, parameters: KdfParameters = FLOOR) -> Slot:
    return wrap(key, secret, vault_id=VAULT_ID, kind="pass", label="K", parameters=parameters, kdf=quick)


def book(*slots: Slot, generation: int = 1) -> SlotBook:
    return SlotBook(FORMAT, VERSION, VAULT_ID, generation, 1, "Kreis", "desk", False, slots)


@pytest.fixture
def key() -> bytearray:
    return new_key()


@pytest.fixture
def folder(tmp_path: Path, key: bytearray) -> Path:
    write_copies(tmp_path, book(slot(key)), key)
    return tmp_path


def opening(folder: Path, secret: bytes = SECRET) -> OpenedSlot:
    return open_copies(read_copies(folder), "pass", secret, quick)


def flipped(data: bytes, at: int, bit: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]


def put(folder: Path, *contents: bytes) -> None:
    for name, content in zip(COPIES, contents, strict=False):
        (folder / name).write_bytes(content)


def test_one_changed_bit_in_both_copies_opens_nothing(folder: Path) -> None:
    whole = (folder / COPIES[0]).read_bytes()
    for at in range(len(whole)):
        damaged = flipped(whole, at, at % 8)
        put(folder, damaged, damaged)
        with pytest.raises(VaultError):
            opening(folder)


def test_one_changed_bit_in_one_copy_does_no_harm(folder: Path, key: bytearray) -> None:
    whole = (folder / COPIES[0]).read_bytes()
    for at in range(len(whole)):
        damaged = flipped(whole, at, at % 8)
        pair = (damaged, whole) if at % 2 else (whole, damaged)
        put(folder, *pair)
        assert opening(folder).key == key


def test_different_damage_in_each_copy_opens_nothing(folder: Path) -> None:
    whole = (folder / COPIES[0]).read_bytes()
    for at in range(len(whole)):
        put(folder, flipped(whole, at, 0), flipped(whole, len(whole) - 1 - at, 1))
        with pytest.raises(VaultError):
            opening(folder)


def test_a_file_cut_or_lengthened_anywhere_is_damaged(folder: Path) -> None:
    whole = (folder / COPIES[0]).read_bytes()
    for broken in [whole[:length] for length in range(len(whole))] + [whole + b"\n", whole + whole]:
        with pytest.raises(VaultError, match="E003"):
            parse(broken)


@pytest.mark.parametrize("lost", COPIES)
def test_a_lost_copy_is_made_anew(folder: Path, key: bytearray, lost: str) -> None:
    whole = (folder / lost).read_bytes()
    (folder / lost).unlink()
    mend_copies(folder, opening(folder))
    assert (folder / lost).read_bytes() == whole


@pytest.mark.parametrize("damaged", COPIES)
def test_a_damaged_copy_is_mended(folder: Path, damaged: str) -> None:
    whole = (folder / damaged).read_bytes()
    (folder / damaged).write_bytes(bytes(len(whole)))
    mend_copies(folder, opening(folder))
    assert (folder / damaged).read_bytes() == whole


def test_a_copy_that_is_no_file_does_not_hide_the_other(folder: Path, key: bytearray) -> None:
    (folder / COPIES[1]).unlink()
    (folder / COPIES[1]).mkdir()
    mend_copies(folder, opening(folder))
    assert opening(folder).key == key


def test_a_change_counts_once_the_second_copy_stands(folder: Path, key: bytearray) -> None:
    old = (folder / COPIES[0]).read_bytes()
    write_copies(folder, book(slot(key, b"new"), generation=2), key)
    put(folder, old)
    with pytest.raises(VaultError, match="E001"):
        opening(folder)
    known = opening(folder, b"new")
    assert known.book.generation == 2
    mend_copies(folder, known)
    assert (folder / COPIES[0]).read_bytes() == (folder / COPIES[1]).read_bytes()


def test_a_change_that_took_its_name_is_no_failure_though_the_folder_cannot_be_flushed(
    folder: Path, key: bytearray, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who was told that nothing changed would type the old passphrase, which opens no longer."""

    def refuse(_: Path) -> None:
        raise OSError(5, "the disk refuses")

    monkeypatch.setattr(files, "flush_folder", refuse)
    write_copies(folder, book(slot(key, b"new"), generation=2), key)
    assert opening(folder, b"new").book.generation == 2


def test_a_new_vault_gets_both_copies_or_none(tmp_path: Path, key: bytearray) -> None:
    (tmp_path / COPIES[0]).mkdir()
    with pytest.raises(OSError, match=COPIES[0]):
        write_copies(tmp_path, book(slot(key)), key)


def test_a_newer_forgery_does_not_bar_the_genuine_copy(folder: Path, key: bytearray) -> None:
    stranger = new_key()
    forged = seal_line(encode(book(slot(stranger, b"other"), generation=9)), stranger, "slots")
    put(folder, forged)
    assert opening(folder).key == key


def test_a_rewritten_header_is_refused_though_the_passphrase_fits(folder: Path, key: bytearray) -> None:
    parts = split_line((folder / COPIES[0]).read_bytes())
    assert parts is not None
    renamed = parts[0].replace(b"Kreis", b"Gauner") + b"\n" + parts[1] + b"\n"
    put(folder, renamed, renamed)
    with pytest.raises(VaultError, match="E003"):
        opening(folder)


def test_several_people_open_by_their_own_slot(folder: Path, key: bytearray) -> None:
    write_copies(folder, book(slot(key), slot(key, b"colleague"), generation=2), key)
    assert opening(folder).key == opening(folder, b"colleague").key == key


def test_a_wrapped_key_opens_only_in_the_slot_it_was_made_for(key: bytearray) -> None:
    own = slot(key)
    assert unwrap(own, SECRET, VAULT_ID, quick) == key
    assert unwrap(own, SECRET, VAULT_ID[::-1], quick) is None
    for moved in (replace(own, id="0" * 32), replace(own, kind="recovery")):
        assert unwrap(moved, SECRET, VAULT_ID, quick) is None
    cheaper = replace(own, kdf=KdfParameters(FLOOR.memory, 1, 1))
    assert unwrap(cheaper, SECRET, VAULT_ID, lambda *given: quick(given[0], given[1], FLOOR)) is None


@pytest.mark.parametrize("secret", [SECRET, b"wrong"])
def test_the_key_made_from_a_secret_is_overwritten_after_use(key: bytearray, secret: bytes) -> None:
    made: list[bytearray] = []

    def watched(*given: Any) -> bytearray:
        made.append(quick(*given))
        assert any(made[-1])
        return made[-1]

    own = wrap(key, SECRET, vault_id=VAULT_ID, kind="pass", label="K", parameters=FLOOR, kdf=watched)
    assert made == [bytearray(32)]
    assert (unwrap(own, secret, VAULT_ID, watched) == key) is (secret == SECRET)
    assert made == [bytearray(32)] * 2
    assert any(key)


COSTS = [
    KdfParameters(FLOOR.memory - 1, 3, 4),
    KdfParameters(1024 * 1024 + 1, 3, 4),
    KdfParameters(2**40, 3, 4),
    KdfParameters(FLOOR.memory, 11, 4),
    KdfParameters(FLOOR.memory, 0, 4),
    KdfParameters(FLOOR.memory, -3, 4),
    KdfParameters(FLOOR.memory, 3, 9),
    KdfParameters(FLOOR.memory, 3, 0),
]


@pytest.mark.parametrize("cost", COSTS, ids=str)
def test_a_cost_outside_the_limits_is_refused_before_it_runs(
    folder: Path, key: bytearray, cost: KdfParameters
) -> None:
    whole = (folder / COPIES[0]).read_bytes()
    put(folder, *[seal_line(encode(book(slot(key), slot(key, parameters=cost))), key, "slots")] * 2)
    with pytest.raises(VaultError, match="E007"):
        read_copies(folder)
    put(folder, whole)
    assert opening(folder).key == key


def rewritten(folder: Path, key: bytearray, **changes: Any) -> bytes:
    content = json.loads((folder / COPIES[0]).read_bytes().split(b"\n")[0]) | changes
    line = json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
    return seal_line(line, key, "slots")


def test_a_vault_of_a_later_version_asks_for_an_update(folder: Path, key: bytearray) -> None:
    later = rewritten(folder, key, version=2, colour="unknown to us")
    put(folder, later, later)
    with pytest.raises(VaultError, match="E008"):
        read_copies(folder)


@pytest.mark.parametrize(
    "changes",
    [
        {"colour": "blue"},
        {"slots": []},
        {"format": "other"},
        {"version": 0},
        {"generation": 0},
        {"generation": 2**60},
        {"role": "town"},
        {"practice": 1},
        {"name": "x" * 201},
        {"name": None},
        {"vault_id": "0" * 31},
    ],
    ids=str,
)
def test_what_we_would_not_write_we_do_not_read(
    folder: Path, key: bytearray, changes: dict[str, Any]
) -> None:
    assert parse(rewritten(folder, key)).book.vault_id == VAULT_ID
    with pytest.raises(VaultError, match="E003"):
        parse(rewritten(folder, key, **changes))


def test_bounds_of_size_number_and_depth(folder: Path, key: bytearray) -> None:
    entry = json.loads((folder / COPIES[0]).read_bytes().split(b"\n")[0])["slots"][0]
    parse(rewritten(folder, key, slots=[entry] * 32))
    line = (folder / COPIES[0]).read_bytes().split(b"\n")[0]
    for broken in (
        rewritten(folder, key, slots=[entry] * 33),
        seal_line(b"[" * 60_000, key, "slots"),
        seal_line(line[:-1] + b" " * 70_000 + b"}", key, "slots"),
        seal_line(line[:-1] + b',"name":"Kreis"}', key, "slots"),
        seal_line(line[:-1] + b',"deep":' + b"[" * 20_000 + b"]" * 20_000 + b"}", key, "slots"),
        seal_line(line.replace(b"Kreis", b"Kr\xff\xfes"), key, "slots"),
    ):
        with pytest.raises(VaultError, match="E003"):
            parse(broken)


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_no_content_at_all_gets_past_the_reader(content: bytes) -> None:
    for data in (content, seal_line(content, bytearray(32), "slots")):
        with pytest.raises(VaultError):
            parse(data)
