"""The recovery secret on three sheets: any two of them open the vault, one alone says nothing.

A sheet carries, in Crockford's base32: the set (22 bits, the same on all three), its number (2 bits), its
share of the secret (136 bits, see ``field``) and 4 characters to check them, in nine groups of four.
"""

import secrets
import time
from pathlib import Path

from kimdesk.domain.errors import VaultError
from kimdesk.vault import field
from kimdesk.vault.attempts import Clock
from kimdesk.vault.failures import understood
from kimdesk.vault.opening import change_slots
from kimdesk.vault.passphrase import prepared
from kimdesk.vault.recovery import code_of, grouped, new_code, number_of, read_base32, write_base32
from kimdesk.vault.slotfile import OpenedSlot
from kimdesk.vault.slots import SlotBook
from kimdesk.vault.users import recovery_slot

SPLIT = "2/3"
"""The label of a recovery slot whose code is split."""

_NUMBERS = (1, 2, 3)
_SET_BITS, _NUMBER_BITS, _SHARE_BYTES = 22, 2, 17
_CHARACTERS, _CHECK_CHARACTERS = 32, 4
_CHECK_PRIME = 1048573  # the largest that four characters can write
_SECRET_LIMIT = 1 << 130


Sheets = tuple[str, str, str]


def new_sheets() -> Sheets:
    """Return three sheets of a new set, for ``split_recovery``."""
    return split_code(new_code())


@understood()
def split_recovery(
    folder: Path, passphrase: str, *, clock: Clock = time.time, sheets: Sheets | None = None
) -> Sheets:
    """Return three sheets of a new set; any two of them recover the vault, and the recovery code still does.

    They are ``sheets`` where people hold those already. An earlier set no longer opens it. Raises VaultError
    E015, otherwise as ``unlock``.
    """
    made = sheets or new_sheets()
    code = join_sheets(*made[:2])

    def change(opened: OpenedSlot) -> SlotBook:
        gone = [slot for slot in opened.book.of_kind("recovery") if slot.label == SPLIT]
        book = opened.book.without(gone) if gone else opened.book
        return book.adding(recovery_slot(opened, code, SPLIT))

    change_slots(folder, "pass", prepared(passphrase), change, clock)
    return made


def split_code(code: str) -> Sheets:
    """Return three sheets, any two of which give the recovery ``code``. Raises VaultError E011."""
    secret = number_of(code).to_bytes(_SHARE_BYTES, "big")
    group = secrets.randbits(_SET_BITS)
    first, second, third = (
        _sheet(group, number, share)
        for number, share in zip(_NUMBERS, field.split(secret, _NUMBERS), strict=True)
    )
    return first, second, third


def join_sheets(first: str, second: str) -> str:
    """Return the recovery code that two sheets of a set stand for, in any order.

    It is used as any recovery code. Raises VaultError E019 for sheets of different sets or twice the same,
    E021 for a mistyped one.
    """
    (group, number, share), (other_group, other_number, other_share) = _parsed(first), _parsed(second)
    if group != other_group or number == other_number:
        raise VaultError("E019")
    secret = int.from_bytes(field.join((number, share), (other_number, other_share)), "big")
    if secret >= _SECRET_LIMIT:
        raise VaultError("E019")
    return code_of(secret)


def _sheet(group: int, number: int, share: bytes) -> str:
    whole = (group << _NUMBER_BITS | number) << 8 * _SHARE_BYTES | int.from_bytes(share, "big")
    check = write_base32(whole % _CHECK_PRIME, _CHECK_CHARACTERS)
    return grouped(write_base32(whole, _CHARACTERS) + check)


def _parsed(sheet: str) -> tuple[int, int, bytes]:
    whole, check = read_base32(sheet, _CHARACTERS, _CHECK_CHARACTERS) or (0, 1)
    front, share = divmod(whole, 1 << 8 * _SHARE_BYTES)
    group, number = divmod(front, 1 << _NUMBER_BITS)
    if whole % _CHECK_PRIME != check or number not in _NUMBERS:
        raise VaultError("E021")
    return group, number, share.to_bytes(_SHARE_BYTES, "big")
