"""Catalogue packs: a layer of the catalogue as the Kreis gives it out, signed with its key for packs.

A signed file of kind ``catalogue`` anybody may read (docs/bundle-format.md §8). Nothing in it is looked at
before its signatures hold; then it is small, typed and either whole or refused. Whether its documents fit
the catalogue they are laid over is decided by ``kimdesk.catalogue.fitting``.
"""

import io
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec

from kimdesk.catalogue.layers import Layer, Origin
from kimdesk.domain import media
from kimdesk.domain.characters import is_writable, tidy
from kimdesk.domain.errors import BundleError
from kimdesk.sync.sealing import container, limits, signed, wire
from kimdesk.sync.sealing.container import Container
from kimdesk.sync.sealing.keys import DeviceIdentity, SigningPublic
from kimdesk.sync.trust.enrolment import Name
from kimdesk.sync.trust.kreis_keys import Day, day

CATALOGUE: Final = "catalogue"
SUFFIX: Final = ".kimp"
KNOWS: Final = (0, 2)
"""Of which KIMdesk this program understands catalogues; it rises with each new kind of document."""

NOTE: Final = 2000
"""Characters of the note to the desks."""
_FILE: Final = 2 * limits.DOCUMENT
_DOCUMENTS: Final = 500
_ENTRIES: Final = 2000
_TEXT: Final = 20_000
_DEPTH: Final = 12


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a pack holds. ``needs``: the KIMdesk that understands all of it, "0.1".

    It is offered from ``valid_from`` on; after ``not_after`` a desk says that a newer one should be there,
    and goes on working with it.
    """

    format: int = wire.FORMAT
    needs: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,4}\.[0-9]{1,4}\Z")]
    kreis_name: Name
    version: wire.Rising
    issued: wire.Moment
    valid_from: Day
    not_after: Day
    note: Annotated[str, msgspec.Meta(max_length=NOTE)]
    documents: dict[str, dict[str, Any]]

    @property
    def first_day(self) -> date:
        """Return the day on which it takes effect."""
        return day(self.valid_from)

    @property
    def last_day(self) -> date:
        """Return the last day before a desk asks for a newer one."""
        return day(self.not_after)

    def layer(self) -> Layer:
        """Return it as a layer of the catalogue."""
        return Layer(
            name=self.kreis_name,
            origin=Origin.KREIS,
            version=self.version,
            valid_from=self.first_day,
            documents=self.documents,
        )


class _Needs(msgspec.Struct):
    needs: str = ""


def write(pack: Pack, signer: DeviceIdentity, *, keys: bytes = b"") -> bytes:
    """Return ``pack`` as a file, with what the Kreis says of its ``keys`` in the header.

    Raises BundleError as a reader would, so none leaves that is refused.
    """
    if len(pack.note) > NOTE:
        raise BundleError("E604")
    data = signed.sign(CATALOGUE, pack, signer, keys=keys)
    read(data, signer.signing.public)
    return data


def read(data: bytes, signer: SigningPublic) -> Pack:
    """Return the pack in ``data``, if the holder of ``signer`` has signed it.

    Raises BundleError E10x, E201, E210 when somebody else signed it, E501, E503 for one that needs a newer
    KIMdesk (fact ``version``), E601, E604.
    """
    file = _opened(data)
    if file.fields.kind != CATALOGUE or file.fields.suite != container.CLEAR:
        raise BundleError("E104")
    if file.header.body_size > limits.DOCUMENT:
        raise BundleError("E601")
    if file.fields.sender != signer.key_id:
        raise BundleError("E210")
    file.authenticate(signer)
    return understood(file.unproven_body())


def understood(body: bytes) -> Pack:
    """Return what the body of a pack says, whoever signed it. Raises BundleError E103, E501, E503, E604."""
    _check_needs(body)
    pack = wire.decode(Pack, body)
    _check(pack)
    return pack


def load(path: Path) -> bytes:
    """Return the bytes of the file at ``path``. Raises BundleError E103, E601, StoreError E92x."""
    with media.understood(path.parent):
        if not path.is_file():  # a pipe would wait until somebody writes into it
            raise BundleError("E103")
        if path.stat().st_size > _FILE:
            raise BundleError("E601")
        return path.read_bytes()


def statement(data: bytes) -> bytes:
    """Return what a pack says of its Kreis's keys (``kreis_keys``). Raises BundleError E10x, E501, E60x."""
    return _opened(data).fields.keys or b""


def _opened(data: bytes) -> Container:
    if len(data) > _FILE:
        raise BundleError("E601")
    return Container(io.BytesIO(data))


def _check_needs(body: bytes) -> None:
    """Raise BundleError E503 for a pack whose members this program need not even know."""
    try:
        needs = msgspec.json.decode(body, type=_Needs).needs
        major, _, minor = needs.partition(".")
        newer = (int(major), int(minor)) > KNOWS
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError):
        raise BundleError("E103") from None
    if newer:
        raise BundleError("E503", version=f"{int(major)}.{int(minor)}")


def _check(pack: Pack) -> None:
    wire.check_moment(pack.issued)
    for text in (pack.kreis_name, pack.note, *pack.documents):
        if not is_writable(text) or tidy(text) != text:
            raise BundleError("E103")
    if not pack.kreis_name.isprintable() or pack.first_day > pack.last_day:
        raise BundleError("E103")
    if len(pack.documents) > _DOCUMENTS:
        raise BundleError("E604")
    for value in _values(pack.documents):
        if isinstance(value, str):
            if len(value) > _TEXT:
                raise BundleError("E604")
            if not is_writable(value) or tidy(value) != value:
                raise BundleError("E103")


def _values(value: Any, depth: int = 0) -> Iterator[Any]:
    """Yield every value and every name inside. Raises BundleError E604 for what is too deep or too long."""
    yield value
    if not isinstance(value, Mapping | list):
        return
    if depth > _DEPTH or len(value) > _ENTRIES:
        raise BundleError("E604")
    inner = (*value, *value.values()) if isinstance(value, Mapping) else value
    for one in inner:
        yield from _values(one, depth + 1)
