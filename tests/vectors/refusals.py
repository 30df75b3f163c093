"""Write one file per refusal anew: ``python -m tests.vectors.refusals`` from the top of the repository.

Each breaks one rule of docs/bundle-format.md and no other, so every strict reader gives it the same code.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import zstandard

from kimdesk.sync.sealing import age_stream, container, frames, wire
from kimdesk.sync.sealing.age_stream import SUITE_1, Stanza
from kimdesk.sync.sealing.manifest import SectionInfo, SectionKind
from kimdesk.sync.sealing.sections import BundleSection
from tests.sync import bundle_kit as kit
from tests.vectors import refusals_clear, refusals_passing
from tests.vectors.vector import KEY, Vector

FOLDER = Path(__file__).parent / "refused"
NAMES = ("desk", "desk-next", "neighbour", "kreis", "kreis-elsewhere")
FILE_KEY = bytes(range(32))
RECORDS = BundleSection("goals", SectionKind.RECORDS, kit.RECORDS)
BUNDLE = {"kind": "bundle", "reader": "kreis", "senders": "desk neighbour"}

Case = tuple[str, str, str, bytes]
"""Code, name, what is wrong, the file."""


def main() -> None:
    """Write the keys and the vectors."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for name in NAMES:
        (FOLDER / KEY.format(name)).write_bytes(kit.identity(name).to_bytes())
    for vector in vectors():
        vector.write(FOLDER)


def vectors() -> Iterator[Vector]:
    """Yield all vectors, a sound one of each kind first."""
    sound = kit.bundle()
    yield Vector("ok-bundle", {"about": "nothing is wrong", **BUNDLE, "outcome": "ok"}, sound)
    for part in (_outside, _parties, _signatures, _stream, _inside, _announced, _content):
        for code, name, about, data in part(sound):
            yield Vector(f"{code}-{name}", {"about": about, **BUNDLE, "outcome": code}, data)
    yield _revoked(sound)
    yield from refusals_clear.vectors()
    yield from refusals_passing.receipts()
    yield from refusals_passing.rows()
    yield from refusals_passing.passages()


def _outside(sound: bytes) -> Iterator[Case]:
    yield "E101", "magic", "another magic", b"KIMX1\n" + sound[6:]
    yield "E501", "magic-2", "the magic of a later format", b"KIMB2\n" + sound[6:]
    yield "E102", "cut-in-header", "the file ends inside its header", sound[:60]
    yield "E102", "cut-at-the-end", "the last bytes are missing", sound[:-5]
    yield "E604", "header-long", "a header above 64 KiB", sound[:6] + wire.u32(65537) + sound[10:]
    yield "E103", "header-space", "white space in the header", _header(sound, b'":1,', b'": 1,')
    yield "E103", "header-unknown", "an unknown member in the header", _header(sound, b"}", b',"more":1}')
    yield "E103", "header-doubled", "a member twice", _header(sound, b'{"f', b'{"format":1,"f')
    yield "E501", "header-format", "format 2", _header(sound, b'"format":1', b'"format":2')
    yield "E501", "header-suite", "an unknown suite", _header(sound, b'"suite":1', b'"suite":3')
    yield "E103", "header-recipient", "suite 2 with a recipient", _header(sound, b'"suite":1', b'"suite":2')
    yield "E103", "trailer-length", "the trailer names another length", _trailer(sound, 1)


def _header(sound: bytes, old: bytes, new: bytes) -> bytes:
    parts = kit.apart(sound)
    return kit.Parts(parts.header.replace(old, new, 1), parts.body, parts.trailer).joined()


def _trailer(sound: bytes, more: int) -> bytes:
    parts = kit.apart(sound)
    length = (len(parts.body) + more).to_bytes(8, "big")
    return kit.Parts(parts.header, parts.body, length + parts.trailer[8:]).joined()


def _parties(_: bytes) -> Iterator[Case]:
    yield "E104", "other-kind", "a file of another kind", kit.signed(_stream_of(), kind="receipt")
    elsewhere = kit.identity("kreis-elsewhere").public.sealing.key_id
    yield "E301", "for-another", "sealed to another Kreis", kit.signed(_stream_of(), recipient=elsewhere)
    yield "E202", "stranger", "signed by nobody we know", kit.signed(_stream_of(), signer="kreis-elsewhere")


def _signatures(sound: bytes) -> Iterator[Case]:
    start = len(sound) - container.TRAILER + 8
    for name, at in (("ecdsa", 20), ("ml-dsa", 96 + 700)):
        yield "E201", name, f"one bit of the {name} signature", _flipped(sound, start + at)
    parts = kit.apart(sound)
    yield "E201", "body", "one bit of the body", _flipped(sound, 10 + len(parts.header) + 3000)
    yield "E201", "header", "another random id", _other_id(sound)
    neighbour = kit.apart(kit.signed(parts.body, signer="neighbour")).trailer
    yield "E201", "half", "ECDSA of another signer", _mixed(sound, neighbour)
    yield "E201", "context", "signatures made for a receipt", _context(sound)


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :]


def _other_id(sound: bytes) -> bytes:
    fields = json.loads(kit.apart(sound).header)
    other = ("1" if fields["id"][0] == "0" else "0") + fields["id"][1:]
    return _header(sound, fields["id"].encode(), other.encode())


def _mixed(sound: bytes, trailer: bytes) -> bytes:
    parts = kit.apart(sound)
    return kit.Parts(
        parts.header, parts.body, parts.trailer[:8] + trailer[8:104] + parts.trailer[104:]
    ).joined()


def _context(sound: bytes) -> bytes:
    parts = kit.apart(kit.signed(kit.apart(sound).body, kind="receipt"))
    return kit.Parts(parts.header.replace(b'"receipt"', b'"bundle"'), parts.body, parts.trailer).joined()


def _stream_of(sections: tuple[BundleSection, ...] = (RECORDS,), **parts: Any) -> bytes:
    return kit.body(kit.framed(sections), file_key=FILE_KEY, **parts)


def _stream(_: bytes) -> Iterator[Case]:
    plain = kit.framed([RECORDS])
    good = kit.stanza(FILE_KEY)
    ours = [("no-stanza", "no stanza of ours", "E302", [Stanza(b"other", (b"x",), b"y")])]
    ours += [("two-stanzas", "two stanzas of ours", "E302", [good, good])]
    ours += [("nine-stanzas", "nine stanzas", "E604", [good, *[Stanza(b"other", (), b"")] * 8])]
    for name, about, code, stanzas in ours:
        yield code, name, about, kit.signed(kit.body(plain, head=_head(stanzas), file_key=FILE_KEY))
    wrong = Stanza(good.type, good.arguments, good.body[:-1] + bytes([good.body[-1] ^ 1]))
    yield "E302", "file-key", "the file key does not open", kit.signed(kit.body(plain, head=_head([wrong])))
    body = kit.body(plain, file_key=FILE_KEY)
    yield "E302", "other-id", "the stream belongs to another id", kit.signed(body, id="1" * 32)
    yield "E302", "mac", "another MAC", kit.signed(_head([good], FILE_KEY[::-1]) + body[_payload(body) :])
    yield "E302", "chunk", "one bit of a chunk", kit.signed(_flipped(body, len(body) - 40))
    yield "E302", "chunks-swapped", "two chunks have changed places", kit.signed(_swapped(plain))
    yield "E103", "version-line", "another version line", kit.signed(b"X" + body[1:])
    yield "E103", "base64", "base64 in another spelling", kit.signed(_respelled(body))


def _head(stanzas: list[Stanza], file_key: bytes = FILE_KEY) -> bytes:
    return age_stream.write_header(SUITE_1, file_key, stanzas)


def _swapped(plain: bytes) -> bytes:
    long = kit.body(kit.pad(plain + bytes(2 * age_stream.CHUNK)), file_key=FILE_KEY)
    size = age_stream.CHUNK + age_stream.TAG
    start = _payload(long) + age_stream.NONCE
    first, second, rest = (
        long[start : start + size],
        long[start + size : start + 2 * size],
        long[start + 2 * size :],
    )
    return long[:start] + second + first + rest


def _payload(body: bytes) -> int:
    return body.index(b"\n", body.index(b"\n--- ") + 5) + 1


def _respelled(body: bytes) -> bytes:
    """Set bits that base64 does not use, in a stanza that no reader needs, under a MAC that holds."""
    head = _head([kit.stanza(FILE_KEY), Stanza(b"other", (), b"y")])
    covered = head[: head.index(b"\n--- ") + 4].replace(b"\neQ\n", b"\neR\n")
    mac = hmac.digest(age_stream.derive(SUITE_1, FILE_KEY, b"", b"header"), covered, "sha384")
    return covered + b" " + age_stream.encode64(mac) + b"\n" + body[_payload(body) :]


def _inside(_: bytes) -> Iterator[Case]:
    good = kit.framed([BundleSection("goals", SectionKind.RECORDS, [b'{"a":"%d"}' % n for n in range(99)])])
    announced = next(iter(_manifests([RECORDS])))
    manifest, data = frames.frame(frames.MANIFEST, announced), frames.frame(frames.DATA, b"x")
    end, section_end = frames.frame(frames.END), frames.frame(frames.SECTION_END)
    broken: dict[str, tuple[str, str, bytes]] = {
        "data-first": ("E103", "DATA before MANIFEST", kit.pad(data + manifest + section_end + end)),
        "empty-data": (
            "E103",
            "DATA without content",
            kit.pad(manifest + frames.frame(frames.DATA) + section_end + end),
        ),
        "unknown-frame": ("E103", "a frame of an unknown type", kit.pad(manifest + frames.frame(9) + end)),
        "frame-long": ("E604", "a frame above 1 MiB", kit.pad(manifest + wire.u32(2**20 + 1) + b"\2")),
        "padding-short": ("E103", "not padded", _unpadded(good)),
        "padding-long": ("E103", "padded too far", good + bytes(64)),
        "padding-byte": ("E103", "a byte in the padding", good[:-1] + b"\1"),
        "no-section": ("E103", "a section less than announced", kit.pad(manifest + end)),
    }
    for name, (code, about, plain) in broken.items():
        yield code, name, about, kit.signed(kit.body(plain))


def _unpadded(plain: bytes) -> bytes:
    end = frames.frame(frames.END)
    return plain[: plain.rindex(end) + len(end)]


def _manifests(sections: list[BundleSection]) -> Iterator[bytes]:
    found: list[bytes] = []

    def keep(infos: list[SectionInfo]) -> bytes:
        found.append(kit.manifest(infos))
        return found[-1]

    kit.framed(sections, keep)
    yield from found


def _announced(_: bytes) -> Iterator[Case]:
    changes: dict[str, tuple[str, str, dict[str, Any]]] = {
        "epoch-0": ("E103", "epoch 0", {"epoch": 0}),
        "seq-large": ("E103", "a number of 2³¹", {"seq": 2**31}),
        "crit": ("E502", "an extension nobody knows", {"crit": ["later"]}),
        "manifest-format": ("E501", "a manifest of format 2", {"format": 2}),
    }
    for name, (code, about, change) in changes.items():
        yield code, name, about, _announcing(partial(kit.manifest, **change))
    wrong: dict[str, tuple[str, str, dict[str, Any]]] = {
        "sha256": ("E103", "content with another hash", {"sha256": "0" * 64}),
        "size-small": ("E603", "unpacks to more than declared", {"size": 20}),
        "size-large": ("E103", "unpacks to less than declared", {"size": 200}),
        "ratio": ("E603", "declares more than 200 times its size", {"size": 90_000_000}),
        "records-few": ("E103", "fewer records than announced", {"records": 6}),
        "records-many": ("E602", "more records than allowed", {"records": 200_001}),
    }
    for name, (code, about, change) in wrong.items():
        yield code, name, about, _announcing(partial(_misstated, change))
    twice = [RECORDS, BundleSection("goals", SectionKind.RECORDS, kit.RECORDS)]
    yield "E103", "name-twice", "two sections of one name", kit.signed(kit.body(kit.framed(twice)))
    renamed = [BundleSection("scan", SectionKind.BLOB, [b"a scan"])]
    yield "E103", "blob-name", "a file not named by its hash", kit.signed(kit.body(kit.framed(renamed)))
    spaced = _announcing(lambda infos: kit.manifest(infos).replace(b'":1,', b'": 1,', 1))
    yield "E103", "manifest-space", "white space in the manifest", spaced


def _announcing(announce: Callable[[list[SectionInfo]], bytes]) -> bytes:
    return kit.signed(kit.body(kit.framed([RECORDS], announce)))


def _misstated(change: dict[str, Any], infos: list[SectionInfo]) -> bytes:
    return kit.manifest([msgspec.structs.replace(infos[0], **change)])


def _content(_: bytes) -> Iterator[Case]:
    lines: dict[str, tuple[str, str, bytes, int]] = {
        "no-line-feed": ("E103", "the last record without a line feed", b'{"a":1}', 1),
        "empty-line": ("E103", "an empty record", b'{"a":1}\n\n', 2),
        "deep": ("E604", "a record 33 deep", b"[" * 33 + b"]" * 33 + b"\n", 1),
        "long": ("E604", "a record above 1 MiB", _long() + b"\n", 1),
    }
    for name, (code, about, data, records) in lines.items():
        yield code, name, about, _packed(zstandard.compress(data), data, records)
    data = b'{"a":1}\n'
    packed = zstandard.compress(data)
    yield "E103", "behind-zstd", "something behind the packed frame", _packed(packed + b"x", data, 1)
    yield "E103", "cut-zstd", "a packed frame without its end", _packed(packed[:-1], data, 1)
    yield "E103", "no-zstd", "a section that is not packed", _packed(data, data, 1)


def _long() -> bytes:
    return json.dumps([str(number) * 9 for number in range(28_000)]).encode()


def _packed(stored: bytes, data: bytes, records: int) -> bytes:
    section = BundleSection("goals", 99, [stored])

    def announce(infos: list[SectionInfo]) -> bytes:
        whole = hashlib.sha256(data).hexdigest()
        return kit.manifest([SectionInfo("goals", SectionKind.RECORDS, records, len(data), whole)])

    return kit.signed(kit.body(kit.framed([section], announce)))


def _revoked(sound: bytes) -> Vector:
    head = {"about": "signed with a key that was revoked", **BUNDLE, "revoked": "desk", "outcome": "E203"}
    return Vector("E203-revoked", head, sound)


if __name__ == "__main__":
    main()
