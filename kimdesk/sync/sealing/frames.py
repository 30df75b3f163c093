"""The inside of a sealed bundle: frames ``u32 length | u8 type | payload``, then zeros up to a round size.

``MANIFEST, (DATA* SECTION_END)*, END``, one run of DATA per section in the manifest's order; only the last of
them may be short. Padding follows Padmé (Nikitin et al., PETS 2019): the size tells at most log log bits,
for at most 12 % more bytes.
"""

from collections.abc import Iterator

from kimdesk.domain.errors import BundleError
from kimdesk.sync.sealing import limits, wire
from kimdesk.sync.sealing.plain import Plain

MANIFEST = 1
DATA = 2
SECTION_END = 3
END = 4

_BLOCK = 64 * 1024


def frame(kind: int, payload: bytes = b"") -> bytes:
    """Return one frame."""
    return wire.u32(len(payload)) + bytes([kind]) + payload


def padded(size: int) -> int:
    """Return the Padmé size for ``size`` ≥ 2 bytes: rounded up to about log2 log2 significant bits."""
    exponent = size.bit_length() - 1
    low = (1 << (exponent - exponent.bit_length())) - 1
    return (size + low) & ~low


def read_frames(plain: Plain) -> Iterator[tuple[int, bytes]]:
    """Yield ``(type, payload)`` up to END, then check the padding. Raises BundleError E103, E604."""
    expected = {MANIFEST}
    while True:
        size, kind = int.from_bytes(plain.read(4), "big"), plain.read(1)[0]
        if size > limits.FRAME:
            raise BundleError("E604")
        if kind not in expected or (size > 0) != (kind in (MANIFEST, DATA)):
            raise BundleError("E103")
        if kind == END:
            break
        yield kind, plain.read(size)
        expected = _after(kind, size)
    _check_padding(plain)


def _after(kind: int, size: int) -> set[int]:
    if kind != DATA:
        return {DATA, SECTION_END, END}
    return {SECTION_END} if size < limits.SHORT else {DATA, SECTION_END}


def _check_padding(plain: Plain) -> None:
    if plain.total != padded(plain.taken):
        raise BundleError("E103")
    while left := plain.total - plain.taken:
        if any(plain.read(min(left, _BLOCK))):
            raise BundleError("E103")


def outline(plain: Plain) -> tuple[bytes, int]:
    """Return the manifest's bytes and the number of sections, having seen all frames and the padding."""
    found = b""
    sections = 0
    for kind, payload in read_frames(plain):
        found = payload if kind == MANIFEST else found
        sections += kind == SECTION_END
    return found, sections
