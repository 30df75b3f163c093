"""Several people on one vault, each with a passphrase of their own, and the recovery sheet."""

import time
from pathlib import Path

from msgspec.structs import replace

from kimdesk.domain.errors import VaultError
from kimdesk.vault import lock
from kimdesk.vault.attempts import Clock
from kimdesk.vault.failures import understood
from kimdesk.vault.header import SlotInfo, VaultHeader, header_of, read_header
from kimdesk.vault.kdf import FLOOR
from kimdesk.vault.keys import wipe
from kimdesk.vault.opening import change_slots, open_slots, passphrase_slot
from kimdesk.vault.passphrase import demand_strong, prepared
from kimdesk.vault.recovery import new_code, parse_code
from kimdesk.vault.slotfile import OpenedSlot, read_copies
from kimdesk.vault.slots import TEXT_LIMIT, Slot, SlotBook, wrap


def users(folder: Path) -> tuple[SlotInfo, ...]:
    """Return who has a passphrase to the vault in ``folder``, oldest first. Raises as ``read_header``."""
    return tuple(slot for slot in read_header(folder).slots if slot.kind == "pass")


@understood()
def add_user(
    folder: Path, passphrase: str, label: str, new_passphrase: str, *, clock: Clock = time.time
) -> VaultHeader:
    """Let one more person, named ``label``, open the vault with ``new_passphrase``.

    It may be open in this process. Raises VaultError E009 (too weak), E015 (too many) or E016 (no name, or
    one that is taken), otherwise as ``unlock``.
    """
    demand_strong(new_passphrase)

    def change(opened: OpenedSlot) -> SlotBook:
        name = _free_label(opened.book, label)
        return opened.book.adding(passphrase_slot(opened, new_passphrase, name, opened.slot.kdf))

    return header_of(change_slots(folder, "pass", prepared(passphrase), change, clock))


@understood()
def rename_user(
    folder: Path, passphrase: str, slot_id: str, label: str, *, clock: Clock = time.time
) -> VaultHeader:
    """Call the person of a slot ``label``. Raises VaultError E016 and E017, otherwise as ``unlock``."""

    def change(opened: OpenedSlot) -> SlotBook:
        slot = _of_user(opened.book, slot_id)
        name = slot.label if slot.label == label else _free_label(opened.book, label)
        return opened.book.replacing(slot, replace(slot, label=name))

    return header_of(change_slots(folder, "pass", prepared(passphrase), change, clock))


@understood()
def remove_user(folder: Path, passphrase: str, slot_id: str, *, clock: Clock = time.time) -> VaultHeader:
    """Take a person's passphrase off the vault.

    It opens copies made before, and who opened the vault may have kept its key: only ``rekey`` shuts them
    out for good. Raises VaultError E017 for the last passphrase or one that is not there, otherwise as
    ``unlock``.
    """

    def change(opened: OpenedSlot) -> SlotBook:
        slot = _of_user(opened.book, slot_id)
        if len(opened.book.of_kind("pass")) == 1:
            raise VaultError("E017")
        return opened.book.without([slot])

    return header_of(change_slots(folder, "pass", prepared(passphrase), change, clock))


@understood()
def check_passphrase(folder: Path, passphrase: str, *, clock: Clock = time.time) -> None:
    """Do nothing if ``passphrase`` opens the vault, which may be open in this process.

    Raises VaultError E001 for a wrong one, which is counted like one at unlocking, otherwise as ``unlock``.
    """
    read_copies(folder)
    with lock.held(folder):
        wipe(open_slots(folder, "pass", prepared(passphrase), clock).key)


@understood()
def check_recovery(folder: Path, code: str) -> bool:
    """Say whether a recovery sheet would open the vault, without opening or changing anything.

    Raises VaultError E004, E011 for a mistyped code, and E002, E003, E007 or E008 as ``unlock``.
    """
    secret = parse_code(code)
    read_copies(folder)
    with lock.held(folder):
        try:
            opened = open_slots(folder, "recovery", secret)
        except VaultError as refusal:
            if refusal.code == "E001":
                return False
            raise
    wipe(opened.key)
    return True


@understood()
def renew_recovery(
    folder: Path, passphrase: str, *, clock: Clock = time.time, code: str | None = None
) -> str:
    """Return a new recovery code; the old one, and split sheets, no longer open the vault.

    It is ``code`` where a person holds that already. Copies made before open as they did. Raises VaultError
    E011 when that is no code, otherwise as ``unlock``.
    """
    new = code or new_code()

    def change(opened: OpenedSlot) -> SlotBook:
        rest = opened.book.without(opened.book.of_kind("recovery"))
        slots = (*rest.slots, recovery_slot(opened, new, ""))
        return replace(rest, slots=slots)

    change_slots(folder, "pass", prepared(passphrase), change, clock)
    return new


def recovery_slot(opened: OpenedSlot, code: str, label: str) -> Slot:
    """Return a new slot that the recovery ``code`` opens."""
    vault_id = opened.book.vault_id
    return wrap(
        opened.key, parse_code(code), vault_id=vault_id, kind="recovery", label=label, parameters=FLOOR
    )


def _free_label(book: SlotBook, label: str) -> str:
    name = label.strip()[:TEXT_LIMIT]
    if not name or name.casefold() in {slot.label.casefold() for slot in book.of_kind("pass")}:
        raise VaultError("E016")
    return name


def _of_user(book: SlotBook, slot_id: str) -> Slot:
    found = next((slot for slot in book.of_kind("pass") if slot.id == slot_id), None)
    if found is None:
        raise VaultError("E017")
    return found
