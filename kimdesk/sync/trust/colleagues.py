"""The colleagues' desks this one knows, by the cards they have handed over."""

import base64
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from kimdesk.casework.desk import Desk
from kimdesk.domain.collation import word_key
from kimdesk.domain.errors import BundleError
from kimdesk.store.settings import get_setting, set_setting
from kimdesk.sync.sealing import envelope, limits
from kimdesk.sync.trust import cards, device
from kimdesk.sync.trust.cards import Neighbour

_KNOWN: Final = "sync.cards"
_MOST_BESIDE: Final = 32


def meet(desk: Desk, data: bytes, today: date | None = None) -> Neighbour:
    """Keep the card of a colleague's desk; a newer one of the same desk takes the place of the older.

    Raises BundleError as ``cards.read``, E431 for the card of this desk itself.
    """
    card = cards.read(desk, data, today=today)
    if card.desk_id == own_id(desk):
        raise BundleError("E431")
    with desk.writing() as writer:
        kept = _kept(get_setting(writer, _KNOWN))
        text = base64.b64encode(data).decode()
        if kept.get(card.desk_id) != text:
            set_setting(writer, _KNOWN, msgspec.json.encode({**kept, card.desk_id: text}).decode())
            writer.record("met", "desk_card", card.desk_id)
    return card


def known(desk: Desk, today: date | None = None) -> tuple[Neighbour, ...]:
    """Return the colleagues' desks whose cards still count, by name."""
    there = (found for found in every(desk, today).values() if isinstance(found, Neighbour))
    return tuple(sorted(there, key=lambda card: (word_key(card.name), card.desk_id)))


def every(desk: Desk, today: date | None = None) -> dict[str, Neighbour | BundleError]:
    """Return every colleague's desk by its stable identity, or why its card counts no more."""
    return {desk_id: _read(desk, data, today) for desk_id, data in _stored(desk).items()}


def of_desk(desk: Desk, desk_id: str, today: date | None = None) -> Neighbour:
    """Return the card of a desk. Raises BundleError E220 for a stranger, and as ``cards.read``."""
    return chosen(every(desk, today), desk_id)


def chosen(cards_known: Mapping[str, Neighbour | BundleError], desk_id: str) -> Neighbour:
    """Return one of the cards. Raises BundleError E220 for a stranger, or why the card counts no more."""
    found = cards_known.get(desk_id, BundleError("E220"))
    if isinstance(found, BundleError):
        raise found
    return found


def sender_of(desk: Desk, path: Path, today: date | None = None) -> Neighbour:
    """Return who has signed the file at ``path``: a colleague who is known, or whose card lies beside it.

    A card that lies there is kept. Raises BundleError E220 for a stranger, E10x as ``envelope.inspect``.
    """
    signing_key = envelope.inspect(path).sender
    for card in known(desk, today):
        if card.identity.signing.key_id == signing_key:
            return card
    for data in _beside(path):
        beside = _read(desk, data, today)
        if isinstance(beside, Neighbour) and beside.identity.signing.key_id == signing_key:
            return meet(desk, data, today)
    raise BundleError("E220")


def own_id(desk: Desk) -> str:
    """Return the stable identity of this desk. Raises BundleError E802 before it is enrolled."""
    found = device.certificate(desk)
    if found is None:
        raise BundleError("E802")
    return found.desk


def put_card_beside(desk: Desk, path: Path) -> None:
    """Write the card of this desk beside the file at ``path``, where there is none yet with its keys."""
    card = path.parent / f"{own_id(desk)[:12]}{cards.SUFFIX}"
    own = device.identity(desk).signing.public.key_id
    if not card.exists() or envelope.inspect(card).sender != own:
        cards.write(desk, card)


def _read(desk: Desk, data: bytes, today: date | None) -> Neighbour | BundleError:
    try:
        return cards.read(desk, data, today=today)
    except BundleError as error:
        return error


def _stored(desk: Desk) -> dict[str, bytes]:
    with desk.reading() as reader:
        return {key: base64.b64decode(text) for key, text in _kept(get_setting(reader, _KNOWN)).items()}


def _kept(text: str | None) -> dict[str, str]:
    return msgspec.json.decode(text, type=dict[str, str]) if text else {}


def _beside(path: Path) -> Iterator[bytes]:
    try:
        found = sorted(path.parent.glob(f"*{cards.SUFFIX}"))[:_MOST_BESIDE]
        for each in found:
            if each.is_file() and each.stat().st_size <= 2 * limits.DOCUMENT:
                yield each.read_bytes()
    except OSError:
        return
