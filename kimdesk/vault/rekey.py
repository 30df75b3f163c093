"""A new key for the whole vault: for when the old one, or what opens it, may be in wrong hands."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from kimdesk.vault import freshness, lock, place, swap
from kimdesk.vault.attempts import Clock
from kimdesk.vault.copying import copy_database
from kimdesk.vault.database import DATABASE
from kimdesk.vault.failures import understood
from kimdesk.vault.header import SlotInfo, header_of
from kimdesk.vault.kdf import FLOOR
from kimdesk.vault.keys import new_key, wipe
from kimdesk.vault.opening import open_alone, open_fresh, open_slots, passphrase_slot
from kimdesk.vault.passphrase import prepared
from kimdesk.vault.recovery import HandOut, new_code, not_handed_out, parse_code
from kimdesk.vault.slotfile import OpenedSlot, mend_copies, read_copies, write_copies
from kimdesk.vault.slots import wrap
from kimdesk.vault.vault import Vault

Witness = Callable[[Vault], object]


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """What a new key brings: the new recovery code, the number of the key, and who must be let in anew.

    ``removed`` are the ways in that hold the new key no longer, for nobody but their owner could have
    wrapped it: other people, the old recovery code and split sheets, an escrow.
    """

    recovery_code: str
    key_epoch: int
    removed: tuple[SlotInfo, ...]


@understood()
def rekey(
    folder: Path,
    passphrase: str,
    *,
    witness: Witness | None = None,
    clock: Clock = time.time,
    code: str | None = None,
    hand_out: HandOut = not_handed_out,
) -> Rekeyed:
    """Give the closed vault in ``folder`` a new key, which ``passphrase`` and a new recovery code open.

    The database is written anew beside the old one, checked against it, shown to ``witness`` as an open
    vault, and takes its place once ``hand_out`` has given out the new recovery code, which is ``code`` where
    a person holds that already; a failure at any moment leaves the old vault or the new one, whole. Copies
    made before still open with what opened them. Raises VaultError E014 when the new file is not the same,
    and what ``hand_out`` raises, otherwise as ``unlock``.
    """
    read_copies(folder)
    place.demand_local(folder)
    with lock.alone(folder):
        opened = open_slots(folder, "pass", prepared(passphrase), clock)
        mend_copies(folder, opened)  # what is of another vault is not to be replaced with the rest
        new = code or new_code()
        fresh = _fresh(opened, passphrase, new)
        try:
            replace_key(folder, opened, fresh, witness, lambda: hand_out(new))
        finally:
            wipe(opened.key)
            wipe(fresh.key)
    return Rekeyed(new, fresh.book.key_epoch, _removed(opened))


@understood()
def left_out(folder: Path, passphrase: str, *, clock: Clock = time.time) -> tuple[SlotInfo, ...]:
    """Return the ways in that a new key for the closed vault in ``folder`` would remove; changes nothing.

    Raises as ``rekey``.
    """
    read_copies(folder)
    place.demand_local(folder)
    with lock.alone(folder):
        opened = open_slots(folder, "pass", prepared(passphrase), clock)
    wipe(opened.key)
    return _removed(opened)


def replace_key(
    folder: Path,
    opened: OpenedSlot,
    fresh: OpenedSlot,
    witness: Witness | None = None,
    last: Callable[[], object] = lambda: None,
) -> None:
    """Write the vault anew under ``fresh`` and put it in the place of the one that ``opened`` opens.

    ``last`` is done before the moment that counts.
    """
    with swap.replacing(folder) as scaffold:
        connection, _ = open_fresh(folder, opened)
        try:
            copy_database(connection, scaffold / DATABASE, fresh.key)
            counter = freshness.read_state(connection)[1]
        finally:
            connection.close()
        freshness.write_anchor(scaffold, fresh.key, fresh.book.vault_id, counter)
        write_copies(scaffold, fresh.book, fresh.key)
        if witness is not None:
            show(scaffold, fresh, witness)
        last()


def show(scaffold: Path, opened: OpenedSlot, witness: Witness) -> None:
    """Let ``witness`` read and write the vault in ``scaffold`` before anybody else can open it."""
    own = OpenedSlot(opened.book, opened.slot, bytearray(opened.key))
    with open_alone(scaffold, own) as vault:
        witness(vault)


def _removed(opened: OpenedSlot) -> tuple[SlotInfo, ...]:
    return tuple(slot for slot in header_of(opened.book).slots if slot.id != opened.slot.id)


def _fresh(opened: OpenedSlot, passphrase: str, code: str) -> OpenedSlot:
    book, key = opened.book, new_key()
    known = OpenedSlot(book, opened.slot, key)
    own = passphrase_slot(known, passphrase, opened.slot.label, opened.slot.kdf)
    secret = parse_code(code)
    spare = wrap(key, secret, vault_id=book.vault_id, kind="recovery", label="", parameters=FLOOR)
    epoch, generation = book.key_epoch + 1, book.generation + 1
    return OpenedSlot(replace(book, key_epoch=epoch, generation=generation, slots=(own, spare)), own, key)
