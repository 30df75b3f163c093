"""What an enrolled, but faulty or malicious, sender can put into a well signed bundle: nothing that hurts."""

import hashlib
import io
import os
import time
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
import zstandard

from kimdesk.sync.sealing import limits
from kimdesk.sync.sealing.frames import DATA, END, MANIFEST, SECTION_END, frame, padded
from kimdesk.sync.sealing.manifest import SectionInfo, SectionKind
from kimdesk.sync.sealing.sections import BundleSection
from tests.sync import bundle_kit as kit
from tests.sync.bundle_kit import refusal

GOALS = BundleSection("goals", SectionKind.RECORDS, kit.RECORDS)
ROOMY = BundleSection("", SectionKind.BLOB, [bytes(range(256)) * 4000])
Announce = Callable[[list[SectionInfo]], bytes]


def taken(plain: bytes) -> str:
    """Return the code a bundle with this plaintext is refused with, "" when it is taken."""
    return refusal(kit.contents, kit.signed(kit.body(plain)))


def opens(plain: bytes) -> str:
    """Return the code already opening it is refused with."""
    return refusal(kit.opened, kit.signed(kit.body(plain)))


def announcing(**changes: Any) -> Announce:
    """Return a manifest whose last section is announced differently from what it is."""

    def announce(infos: list[SectionInfo]) -> bytes:
        return kit.manifest([*infos[:-1], msgspec.structs.replace(infos[-1], **changes)])

    return announce


def test_a_proper_one_is_taken() -> None:
    assert taken(kit.framed([GOALS])) == ""
    assert taken(kit.framed([])) == ""


SEQUENCES = {
    "nothing": [],
    "no manifest": [(END, b"")],
    "manifest not first": [(SECTION_END, b""), (MANIFEST, kit.manifest()), (END, b"")],
    "two manifests": [(MANIFEST, kit.manifest()), (MANIFEST, kit.manifest()), (END, b"")],
    "empty manifest": [(MANIFEST, b""), (END, b"")],
    "a section too many": [(MANIFEST, kit.manifest()), (SECTION_END, b""), (END, b"")],
    "data without an end": [(MANIFEST, kit.manifest()), (DATA, b"x"), (END, b"")],
    "empty data": [(MANIFEST, kit.manifest()), (DATA, b""), (SECTION_END, b""), (END, b"")],
    "an end with something in it": [(MANIFEST, kit.manifest()), (END, b"x")],
    "an unknown frame": [(MANIFEST, kit.manifest()), (5, b"x"), (END, b"")],
    "no end": [(MANIFEST, kit.manifest())],
}


@pytest.mark.parametrize("sequence", SEQUENCES.values(), ids=SEQUENCES)
def test_frames_out_of_order_are_refused(sequence: list[tuple[int, bytes]]) -> None:
    plain = kit.pad(b"".join(frame(*each) for each in sequence) or bytes(8))
    assert opens(plain) == "E103"


def test_a_section_too_few_is_refused() -> None:
    info = SectionInfo("goals", 1, 0, 0, "0" * 64)
    assert opens(kit.pad(frame(MANIFEST, kit.manifest([info])) + frame(END))) == "E103"


def test_padding_must_be_of_the_right_length_and_zero() -> None:
    content = frame(MANIFEST, kit.manifest()) + frame(END)
    plain = kit.pad(content)
    assert len(plain) > len(content)
    assert opens(plain) == ""
    assert opens(content) == "E103"
    assert opens(plain + b"\0") == "E103"
    assert opens(plain[:-1] + b"\1") == "E103"
    assert opens(kit.pad(content + bytes(100))) == "E103"


def test_padding_costs_little_and_leaves_few_sizes() -> None:
    sizes = range(100, 20_000)
    assert all(size <= padded(size) <= size * 1.12 for size in sizes)
    assert all(padded(padded(size)) == padded(size) for size in sizes)
    assert len({padded(size) for size in sizes}) < 150


def test_a_frame_above_its_limit_is_refused_before_it_is_read() -> None:
    huge = (limits.FRAME + 1).to_bytes(4, "big") + bytes([MANIFEST])
    assert opens(kit.pad(huge)) == "E604"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'"format":1', b'"format":2', "E501"),
        (b'"format":1', b'"format":1,"new":{}', "E103"),
        (b'"seq":1', b'"seq":1,"seq":2', "E103"),
        (b'"seq":1', b'"seq":1.0', "E103"),
        (b'"seq":1', b'"seq": 1', "E103"),
        (b'"seq":1', b'"seq":"1"', "E103"),
        (b'"seq":1,', b"", "E103"),
        (b'"epoch":1', b'"\\u0065poch":1', "E103"),
        (b'"crit":[]', b'"crit":["later"]', "E502"),
        (b'"sections":[]', b'"sections":[]}', "E103"),
        (b'"sections":[]', b'"sections":' + b"[" * 5000, "E103"),
        (b'"prev":""', b'"prev":"\xff"', "E103"),
    ],
)
def test_a_manifest_has_one_spelling_and_a_version(old: bytes, new: bytes, code: str) -> None:
    plain = kit.framed([], lambda infos: kit.manifest(infos).replace(old, new))
    assert opens(plain) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"records": 4}, "E103"),
        ({"records": 6}, "E103"),
        ({"records": -1}, "E103"),
        ({"size": 7}, "E603"),
        ({"size": 100_000}, "E103"),
        ({"size": -1}, "E103"),
        ({"sha256": "0" * 64}, "E103"),
        ({"kind": SectionKind.BLOB}, "E103"),
        ({"kind": SectionKind.PACKED_BLOB}, "E103"),
        ({"records": 200_001}, "E602"),
        ({"name": "", "size": 200 * 1024**3}, "E603"),
    ],
)
def test_a_section_must_be_what_was_announced(changes: dict[str, Any], code: str) -> None:
    assert taken(kit.framed([GOALS], announcing(**changes))) == code


def test_what_is_left_unread_is_checked_too() -> None:
    data = kit.signed(kit.body(kit.framed([GOALS], announcing(sha256="0" * 64))))
    assert refusal(lambda each: list(kit.opened(each).sections()), data) == "E103"


def test_a_blob_must_be_named_by_its_hash() -> None:
    blob = BundleSection("", SectionKind.BLOB, [b"scan"])
    assert taken(kit.framed([blob])) == ""
    assert opens(kit.framed([blob], announcing(name="../../etc/passwd"))) == "E103"
    wrong = "0" * 64
    assert taken(kit.framed([blob], announcing(name=wrong, sha256=wrong))) == "E103"


def test_a_blob_above_25_megabytes_is_refused_before_it_is_read() -> None:
    assert opens(kit.framed([ROOMY], announcing(size=limits.BLOB + 1))) == "E604"


def test_two_sections_of_one_name_are_refused() -> None:
    assert opens(kit.framed([GOALS, GOALS])) == "E103"


def test_a_section_of_a_later_version_is_kept_as_it_is() -> None:
    later = BundleSection("later", 99, [b"\0\1"])
    assert kit.contents(kit.signed(kit.body(kit.framed([GOALS, later]))))["later"] == [b"\0\1"]


def hand_packed(packed: bytes, **changes: Any) -> bytes:
    """Return a plaintext whose one section of records lies there as ``packed``."""
    facts: dict[str, Any] = {"records": 0, "size": 0, "sha256": "0" * 64, **changes}
    info = SectionInfo("x", SectionKind.RECORDS, **facts)
    data = b"".join(frame(DATA, packed[at : at + 65536]) for at in range(0, len(packed), 65536))
    return kit.pad(frame(MANIFEST, kit.manifest([info])) + data + frame(SECTION_END) + frame(END))


def packed_zeros(size: int) -> bytes:
    stream = zstandard.ZstdCompressor(level=3).compressobj()
    parts = [stream.compress(bytes(1 << 20)) for _ in range(size >> 20)]
    return b"".join([*parts, stream.flush()])


BOMB = packed_zeros(1 << 30)


def test_a_bomb_that_admits_its_size_is_not_even_begun() -> None:
    assert len(BOMB) < 50_000
    assert opens(hand_packed(BOMB, size=1 << 30)) == "E603"


def test_a_bomb_that_does_not_is_stopped() -> None:
    assert taken(hand_packed(BOMB, size=1 << 20)) == "E603"


def test_a_record_without_an_end_is_stopped_at_a_mebibyte() -> None:
    endless = os.urandom(1 << 16).replace(b"\n", b"") * 40
    packed = zstandard.ZstdCompressor().compress(endless)
    assert taken(hand_packed(packed, size=len(endless))) == "E604"


def test_a_window_above_the_limit_is_refused() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=27, compression_level=3)
    stream = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    assert taken(hand_packed(stream.compress(b'"x"\n') + stream.flush(), size=4, records=1)) == "E103"


LINE = b'"x"\n'
PACKED = zstandard.ZstdCompressor().compress(LINE)
ANNOUNCED = {"size": len(LINE), "records": 1, "sha256": hashlib.sha256(LINE).hexdigest()}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda packed: packed[:-1],
        lambda packed: packed + b"\0",
        lambda packed: packed + packed,
        lambda packed: b"\0" + packed,
        lambda _: b"not zstd at all",
        lambda _: b"",
    ],
)
def test_a_section_is_exactly_one_zstd_frame(spoil: Callable[[bytes], bytes]) -> None:
    assert taken(hand_packed(PACKED, **ANNOUNCED)) == ""
    assert taken(hand_packed(spoil(PACKED), **ANNOUNCED)) == "E103"


def lines(data: bytes) -> str:
    """Return what becomes of a section of records with this content, announced truly."""
    return taken(hand_packed_lines(data))


def hand_packed_lines(data: bytes) -> bytes:
    facts = {"size": len(data), "records": data.count(b"\n"), "sha256": hashlib.sha256(data).hexdigest()}
    return hand_packed(zstandard.ZstdCompressor().compress(data), **facts)


def test_every_record_must_end_with_a_line_feed() -> None:
    assert lines(b"{}\n{}\n") == ""
    assert lines(b"{}") == "E103"
    assert lines(b"{}\n{}") == "E103"


def test_a_record_may_nest_32_deep_and_no_deeper() -> None:
    assert lines(b"[" * 32 + b"]" * 32 + b"\n") == ""
    assert lines(b"[" * 33 + b"]" * 33 + b"\n") == "E604"
    assert lines(b'{"a":' * 33 + b"1" + b"}" * 33 + b"\n") == "E604"


def test_brackets_beside_each_other_or_in_text_do_not_nest() -> None:
    assert lines(b"[" + b"[],[]," * 50 + b"0]\n") == ""
    assert lines(b'["' + b"[" * 99 + b'\\"["]\n') == ""


def test_an_empty_line_is_no_record() -> None:
    assert lines(b"{}\n\n") == "E103"


@pytest.mark.parametrize(
    "hostile",
    [b'\\"', b'"[{', b'[{"\\', b"[]", b"[" * 16 + b"]" * 16, b'{"a":', b'\\\\"', b"[\xff"],
)
def test_a_line_four_times_as_long_takes_about_four_times_as_long(hostile: bytes) -> None:
    """A regular expression over strings took the square of it: 40 minutes for a line of a mebibyte."""
    short = (hostile * limits.RECORD)[: limits.RECORD // 4]
    quick, slow = (min(_seconds(short * times) for _ in range(3)) for times in (1, 4))
    assert slow < 10 * quick


def _seconds(line: bytes) -> float:
    packed = kit.signed(kit.body(hand_packed_lines(line + b"\n")))
    started = time.process_time()
    refusal(kit.contents, packed)
    return time.process_time() - started


def test_a_flood_of_short_frames_is_refused() -> None:
    content = os.urandom(limits.SHORT + 1)
    sha256 = hashlib.sha256(content).hexdigest()
    start = frame(MANIFEST, kit.manifest([SectionInfo(sha256, SectionKind.BLOB, 0, len(content), sha256)]))

    def cut(at: int) -> str:
        data = frame(DATA, content[:at]) + frame(DATA, content[at:])
        return taken(kit.pad(start + data + frame(SECTION_END) + frame(END)))

    assert cut(limits.SHORT) == ""
    assert cut(limits.SHORT - 1) == "E103"


def test_packed_sections_unpack_to_a_gibibyte_at_most() -> None:
    large = announcing(kind=SectionKind.RECORDS, size=limits.UNPACKED + 1)
    data = BundleSection("", SectionKind.BLOB, [os.urandom(limits.UNPACKED // limits.RATIO + 1)])
    assert opens(kit.framed([data], large)) == "E603"


def test_nothing_is_written_that_a_reader_would_refuse() -> None:
    too_much = {
        "E604": [BundleSection("x", SectionKind.RECORDS, [b"x" * (limits.RECORD + 1)])],
        "E602": [BundleSection("x", SectionKind.RECORDS, [b"1"] * 200_001)],
        "E603": [BundleSection("x", SectionKind.RECORDS, [b"1" * 999_999] * 30)],
    }
    for code, sections in too_much.items():
        assert refusal(lambda each: kit.bundle(*each), sections) == code
    assert refusal(lambda _: kit.bundle(BundleSection("x", 99, [b"deep" * 7_000_000])), None) == "E604"
    assert refusal(lambda _: kit.bundle(BundleSection("x", 1, [b"[" * 33])), None) == "E604"


def test_a_record_of_several_lines_is_a_fault_of_the_caller() -> None:
    for record in (b"{}\n{}", b""):
        with pytest.raises(ValueError, match="one line"):
            kit.bundle(BundleSection("x", SectionKind.RECORDS, [record]))


def test_nothing_is_given_out_before_the_last_chunk_is_authenticated() -> None:
    """A stream whose end is missing opens not at all, however good its beginning is."""
    whole = kit.body(kit.framed([GOALS, ROOMY]))
    assert len(whole) > 10 * 65536
    assert refusal(kit.opened, kit.signed(whole)) == ""
    for cut in (1, 16, 65552, 5 * 65552):
        assert refusal(kit.opened, kit.signed(whole[:-cut])) == "E302"


@pytest.mark.parametrize("size", [0, 1, 100])
def test_a_body_that_is_hardly_there_is_refused(size: int) -> None:
    assert refusal(kit.opened, kit.signed(bytes(size))) == "E103"


def test_a_file_read_one_byte_at_a_time_is_the_same_file() -> None:
    class Drip(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or 0, 1))

    assert kit.contents(Drip(kit.bundle())) == {"goals": kit.RECORDS}
