"""What a vault says about itself before it is opened."""

from dataclasses import dataclass
from pathlib import Path

from kimdesk.vault.failures import understood
from kimdesk.vault.slotfile import read_copies
from kimdesk.vault.slots import Kind, SlotBook


@dataclass(frozen=True, slots=True)
class SlotInfo:
    """One way in: ``kdf`` is its cost in words."""

    id: str
    kind: Kind
    label: str
    kdf: str


@dataclass(frozen=True, slots=True)
class VaultHeader:
    """The clear part of a vault; ``user`` is the label of the first passphrase, ``role`` desk or kreis."""

    vault_id: str
    name: str
    role: str
    practice: bool
    user: str
    generation: int
    key_epoch: int
    slots: tuple[SlotInfo, ...]


@understood()
def read_header(folder: Path) -> VaultHeader:
    """Return the header of the vault in ``folder``; nothing vouches for it before the vault is unlocked.

    Raises VaultError E002 (no vault), E003 (damaged), E007 or E008, StoreError E902 or E904.
    """
    return header_of(read_copies(folder)[0].book)


def header_of(book: SlotBook) -> VaultHeader:
    """Return what ``book`` says, without its secrets."""
    return VaultHeader(
        vault_id=book.vault_id,
        name=book.name,
        role=book.role,
        practice=book.practice,
        user=next((slot.label for slot in book.of_kind("pass")), ""),
        generation=book.generation,
        key_epoch=book.key_epoch,
        slots=tuple(SlotInfo(slot.id, slot.kind, slot.label, str(slot.kdf)) for slot in book.slots),
    )
