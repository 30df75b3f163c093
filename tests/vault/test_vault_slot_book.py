"""What a slot and a slot book are made of, byte by byte: files written today open in ten years."""

import json
import re

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec.structs import replace

from kimdesk.domain.errors import VaultError
from kimdesk.vault.kdf import KdfParameters
from kimdesk.vault.slots import Kind, Slot, SlotBook, decode, encode, unwrap, wrap

VAULT_ID = "0123456789abcdef" * 2
SLOT_ID = "fedcba9876543210" * 2
KEY = bytearray(range(32))
SALT, NONCE = bytes(range(16)), bytes(range(12))
COST = KdfParameters(65536, 3, 4)


def stretched(secret: bytes, salt: bytes, parameters: KdfParameters) -> bytearray:
    """A KDF that costs nothing and whose key is plain to see."""
    return bytearray((secret + salt + bytes([parameters.passes])).ljust(32, b".")[:32])


def sealed_by_hand(kind: Kind, bound: bytes) -> Slot:
    """A slot as another program would make it that knows the format alone."""
    wrapped = AESGCM((b"secret" + SALT + b"\x03").ljust(32, b".")).encrypt(NONCE, bytes(KEY), bound)
    return Slot(SLOT_ID, kind, "Kim", COST, SALT, NONCE, wrapped)


@pytest.mark.parametrize("kind", ["pass", "recovery", "escrow"])
def test_a_slot_made_by_hand_after_the_format_opens(kind: Kind) -> None:
    bound = (
        f'["kimdesk slot 1","{VAULT_ID}","{SLOT_ID}","{kind}",'
        '{"memory":65536,"passes":3,"lanes":4,"name":"argon2id"}]'
    ).encode()
    assert unwrap(sealed_by_hand(kind, bound), b"secret", VAULT_ID, stretched) == KEY
    assert unwrap(sealed_by_hand(kind, bound), b"wrong", VAULT_ID, stretched) is None
    assert unwrap(sealed_by_hand(kind, bound + b" "), b"secret", VAULT_ID, stretched) is None


def new_slot(label: str = "Kim", kind: Kind = "pass") -> Slot:
    return wrap(KEY, b"secret", vault_id=VAULT_ID, kind=kind, label=label, parameters=COST, kdf=stretched)


def test_a_new_slot_says_what_it_is_and_shares_nothing_with_another() -> None:
    one, other = new_slot("Miriam", "recovery"), new_slot("Miriam", "recovery")
    assert (one.kind, one.label, one.kdf, one.sealed) == ("recovery", "Miriam", COST, b"")
    assert re.fullmatch("[0-9a-f]{32}", one.id)
    assert (len(one.salt), len(one.nonce), len(one.wrapped)) == (16, 12, 48)
    for name in ("id", "salt", "nonce", "wrapped"):
        assert getattr(one, name) != getattr(other, name)
    assert unwrap(one, b"secret", VAULT_ID, stretched) == KEY


def book(*slots: Slot) -> SlotBook:
    return SlotBook("kimdesk-vault", 1, VAULT_ID, 7, 2, "Kreis", "desk", False, slots)


def test_ways_in_come_go_and_change_and_each_change_is_a_new_generation() -> None:
    first, second, third = new_slot("A"), new_slot("B", "recovery"), new_slot("C")
    before = book(first, second)
    for after, slots in (
        (before.adding(third), (first, second, third)),
        (before.without([first]), (second,)),
        (before.without(()), (first, second)),
        (before.replacing(first, third), (third, second)),
        (before.replacing(third, first), (first, second)),
    ):
        assert after == SlotBook("kimdesk-vault", 1, VAULT_ID, 8, 2, "Kreis", "desk", False, slots)
    assert before == book(first, second)


def test_ways_in_are_told_apart_by_kind() -> None:
    first, second, third = new_slot("A"), new_slot("B", "recovery"), new_slot("C")
    assert book(first, second, third).of_kind("pass") == (first, third)
    assert book(first, second, third).of_kind("escrow") == ()


def test_a_book_is_one_line_that_says_everything_and_is_read_as_it_was_written() -> None:
    found = book(new_slot(), new_slot("B", "escrow"))
    line = encode(found)
    assert b"\n" not in line
    assert decode(line) == found
    assert list(json.loads(line)) == [
        "format", "version", "vault_id", "generation", "key_epoch", "name", "role", "practice", "slots",
    ]  # fmt: skip


def written(**changes: object) -> bytes:
    return json.dumps(json.loads(encode(book(new_slot()))) | changes, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (written(version=2), "E008"),
        (written(version=2, slots="unlike ours"), "E008"),
        (written(version=2, format="another"), "E003"),
        (written(version=0), "E003"),
        (written(version="2"), "E003"),
        (written(generation=0), "E003"),
        (written()[:-1], "E003"),
        (written().replace(b",", b", ", 1), "E003"),
        (b"[" * 5000, "E003"),
        (b"\xff", "E003"),
        (b"", "E003"),
    ],
)
def test_what_is_not_ours_is_damaged_and_what_is_later_says_so(line: bytes, code: str) -> None:
    assert decode(written()).vault_id == VAULT_ID
    with pytest.raises(VaultError) as refused:
        decode(line)
    assert refused.value.code == code


def test_a_way_in_that_costs_too_much_is_refused_wherever_it_stands() -> None:
    dear = replace(new_slot(), kdf=KdfParameters(2**40, 3, 4))
    for slots in ((new_slot(), dear), (dear, new_slot())):
        with pytest.raises(VaultError, match="E007"):
            decode(encode(book(*slots)))
