"""Whatever is put beside a picture, the cleaned one is the same: so the same scan twice is the same."""

import struct
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from kimdesk.casework.scans.caged import clean
from kimdesk.domain.errors import CaseworkError
from tests import heifs
from tests.camera_files import PLAIN, chunk, riff, saved, segment

FEW = settings(max_examples=60, deadline=None)
BYTES = st.binary(max_size=300)
JPEG, PNG, WEBP, TIFF = (saved(kind) for kind in ("JPEG", "PNG", "WEBP", "TIFF"))
SAME = {kind: clean(made()).data for kind, made in PLAIN.items()}
SAID = st.sampled_from([*range(0xE1, 0xEE), 0xEF, 0xFE, *range(0xF0, 0xFE)])
KINDS = st.sampled_from(
    [b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME", b"prVt", b"PRVT", b"acTL", b"fdAT", b"sPLT"]
)
BOXES = st.sampled_from([b"uuid", b"free", b"skip", b"mpvd", b"udta", b"XMP_", b"jumb"])


@FEW
@given(segments=st.lists(st.tuples(SAID, BYTES)), behind=BYTES)
def test_segments_of_a_jpeg(segments: list[tuple[int, bytes]], behind: bytes) -> None:
    said = b"".join(segment(marker, body) for marker, body in segments if not body.startswith(b"Exif"))
    assert clean(JPEG[:2] + said + JPEG[2:] + behind).data == SAME["image/jpeg"]


@FEW
@given(stray=st.binary(max_size=60).map(lambda each: each.replace(b"\xff", b"\xfe")))
def test_stray_bytes_in_a_jpeg(stray: bytes) -> None:
    assert clean(JPEG[:20] + stray + JPEG[20:]).data == SAME["image/jpeg"]


@FEW
@given(chunks=st.lists(st.tuples(KINDS, BYTES)), behind=BYTES, late=BYTES)
def test_chunks_of_a_png(chunks: list[tuple[bytes, bytes]], behind: bytes, late: bytes) -> None:
    said = b"".join(chunk(kind, body) for kind, body in chunks)
    whole = PNG[:33] + said + PNG[33:-12] + chunk(b"tEXt", late) + PNG[-12:] + behind
    assert clean(whole).data == SAME["image/png"]


@FEW
@given(said=st.lists(st.tuples(st.sampled_from([b"XMP ", b"EXIF", b"note", b"JUNK"]), BYTES)), behind=BYTES)
def test_chunks_of_a_webp(said: list[tuple[bytes, bytes]], behind: bytes) -> None:
    size = int.from_bytes(WEBP[16:20], "little")
    assert clean(riff((b"VP8 ", WEBP[20 : 20 + size]), *said) + behind).data == SAME["image/webp"]


@FEW
@given(tags=st.lists(st.tuples(st.integers(0x9000, 0xFFFF), BYTES.filter(bool)), max_size=5), behind=BYTES)
def test_fields_of_a_tiff(tags: list[tuple[int, bytes]], behind: bytes) -> None:
    known = {tag: body for tag, body in tags if tag not in {34675, 0x8769, 0x8825}}
    assert clean(saved("TIFF", tiffinfo=known) + behind).data == SAME["image/tiff"]


@FEW
@given(boxes=st.lists(st.tuples(BOXES, BYTES)), within=BYTES, gap=BYTES, items=st.lists(BYTES, max_size=3))
def test_boxes_of_a_heic(
    boxes: list[tuple[bytes, bytes]], within: bytes, gap: bytes, items: list[bytes]
) -> None:
    others = [heifs.Item(b"mime", body, ((b"cdsc", (1,)),)) for body in items]
    behind = b"".join(heifs.box(kind, body) for kind, body in boxes)
    made = heifs.heif(
        heifs.PICTURE, *others, behind=behind, gap=gap, also=heifs.box(b"uuid", within), handler=b"x"
    )
    assert clean(made).data == SAME["image/heic"]


def changed(whole: bytearray, draw: st.DrawFn) -> bytearray:
    """Return bytes changed, cut, doubled or overwritten somewhere."""
    at = draw(st.integers(0, len(whole) - 1))
    end = min(len(whole), at + draw(st.integers(1, 40)))
    match draw(st.sampled_from(["bits", "cut", "twice", "number", "half"])):
        case "bits":
            whole[at] ^= draw(st.integers(1, 255))
        case "cut":
            del whole[at:end]
        case "twice":
            whole[at:at] = whole[at:end]
        case "number":
            whole[at : at + 4] = struct.pack(">I", draw(st.sampled_from([0, 1, 2**31 - 1, 2**32 - 1])))
        case "half":
            del whole[at:]
    return whole or bytearray(b"\0")


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Return a picture that was changed a few times."""
    whole = bytearray(draw(st.sampled_from(sorted(SAME.values()))))
    for _ in range(draw(st.integers(1, 4))):
        whole = changed(whole, draw)
    return bytes(whole)


@settings(max_examples=300, deadline=None)
@given(data=damaged())
def test_damaged_pictures_are_refused_or_taken_and_nothing_else(data: bytes) -> None:
    """What is taken is clean already."""
    with suppress(CaseworkError):
        scan = clean(data)
        assert clean(scan.data).data == scan.data
