"""Short signed documents anybody may read: enrolment requests, certificates."""

import io
import secrets
from collections.abc import Callable
from typing import TypeVar

import msgspec

from kimdesk.domain.errors import BundleError
from kimdesk.sync.sealing import container, limits, wire
from kimdesk.sync.sealing.container import Container, HeaderFields
from kimdesk.sync.sealing.keys import DeviceIdentity, PublicIdentity

T = TypeVar("T", bound=msgspec.Struct)


def sign(kind: str, body: msgspec.Struct, signer: DeviceIdentity, *, keys: bytes = b"") -> bytes:
    """Return a file of ``kind`` that holds ``body`` as JSON, signed by ``signer``.

    ``keys``: what a Kreis says of its keys (``kreis_keys``), for the header.
    """
    fields = HeaderFields(
        kind=kind,
        suite=container.CLEAR,
        id=secrets.token_hex(16),
        sender=signer.signing.public.key_id,
        keys=keys or msgspec.UNSET,
    )
    out = io.BytesIO()
    writer = container.FrameWriter(out.write, fields)
    writer.write(wire.encode(body))
    writer.finish(signer.signing)
    return out.getvalue()


def body_of(data: bytes) -> bytes:
    """Return the body of a file we made ourselves and kept: nothing is checked but its framing."""
    return Container(io.BytesIO(data)).unproven_body()


def read(kind: str, data: bytes, shape: type[T], signer_of: Callable[[T], PublicIdentity]) -> T:
    """Return the body of the signed file ``data``, verified with the key of ``signer_of(body)``.

    Where the signer stands in the body itself, the signature proves possession of the key and nothing else.
    Raises BundleError E101 to E104, E201, E202, E501, E601, E604.
    """
    file = Container(io.BytesIO(data))
    if file.fields.kind != kind or file.fields.suite != container.CLEAR:
        raise BundleError("E104")
    if file.header.body_size > limits.DOCUMENT:
        raise BundleError("E601")
    body = wire.decode(shape, file.unproven_body())
    signer = signer_of(body).checked()
    if signer.signing.key_id != file.fields.sender:
        raise BundleError("E202")
    file.authenticate(signer.signing)
    return body
