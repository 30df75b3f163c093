"""Sealing leaves a whole file or none, nothing readable on any disk, and needs little memory."""

import hashlib
import io
import os
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from kimdesk.sync.sealing.age_stream import CHUNK
from kimdesk.sync.sealing.envelope import SealedEnvelope, inspect, seal
from kimdesk.sync.sealing.manifest import SectionKind, decode_manifest
from kimdesk.sync.sealing.sections import BundleSection
from kimdesk.sync.sealing.spool import SPOOL, Spool
from tests.sync import bundle_kit as kit

MIB = 1024 * 1024
CANARY = b"Kanarienvogel"


def seal_to(out: Path, sections: Iterable[BundleSection]) -> SealedEnvelope:
    desk, kreis = kit.identity("desk"), kit.identity("kreis").public
    return seal(out, sections, kind="bundle", sender=desk, recipient=kreis, manifest=kit.manifest)


def test_what_sealing_says_is_what_lies_there(tmp_path: Path) -> None:
    path = tmp_path / "one.kimb"
    sealed = seal_to(path, [BundleSection("goals", SectionKind.RECORDS, kit.RECORDS)])
    header = inspect(path)
    assert (sealed.bundle_id, sealed.size) == (header.bundle_id, path.stat().st_size)
    with kit.opened(path) as opened:
        assert opened.sha384 == sealed.sha384
        assert opened.sender == kit.identity("desk").public
    assert list(tmp_path.iterdir()) == [path]


def test_two_bundles_of_the_same_content_have_nothing_in_common() -> None:
    first, second = kit.apart(kit.bundle()), kit.apart(kit.bundle())
    assert first.header != second.header
    assert first.body[-1000:] != second.body[-1000:]
    assert len(first.body) == len(second.body)


def test_neither_names_nor_counts_stand_in_the_clear() -> None:
    data = kit.bundle(BundleSection("goals", SectionKind.RECORDS, [b'{"name":"%b"}' % CANARY] * 50))
    assert CANARY not in data
    assert b"goals" not in data
    assert kit.identity("desk").public.key_id.encode() not in data


def test_a_failure_on_the_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "one.kimb"
    path.write_bytes(b"old")

    def broken() -> Iterator[bytes]:
        yield b"{}"
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - the very one
        seal_to(path, [BundleSection("x", SectionKind.RECORDS, broken())])
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"old"


def test_a_manifest_that_does_not_fit_is_a_fault_of_the_caller() -> None:
    desk, kreis = kit.identity("desk"), kit.identity("kreis").public
    sections = [BundleSection("goals", SectionKind.RECORDS, kit.RECORDS)]
    with pytest.raises(ValueError, match="announce"):
        seal(io.BytesIO(), sections, kind="bundle", sender=desk, recipient=kreis, manifest=kit.manifest())


def test_what_waits_on_the_disk_is_sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Spool() as spool:
        for _ in range(SPOOL // MIB + 1):
            spool.write(CANARY * (MIB // len(CANARY)))
        assert spool._file.name is not None, "it has gone to the disk"
        spool._file.seek(0)
        assert CANARY not in spool._file.read()
        content = b"".join(spool.read())
    assert content == CANARY * (len(content) // len(CANARY))
    assert len(content) == spool.size
    assert list(tmp_path.iterdir()) == []


def blobs(count: int) -> Iterator[BundleSection]:
    """Yield blobs of 20 MiB, each another, made as they are read."""
    block = os.urandom(CHUNK)
    for number in range(count):
        yield BundleSection("", SectionKind.BLOB, (bytes([number]) + block[1:] for _ in range(320)))


def lines() -> Iterator[BundleSection]:
    """Yield records of 100 MB that pack to about 25."""
    noise = os.urandom(200).hex().encode()
    records = (b'{"n":%d,"t":"%b%b"}' % (n, os.urandom(120), noise) for n in range(190_000))
    yield BundleSection("x", SectionKind.RECORDS, (record.replace(b"\n", b"") for record in records))


@pytest.mark.parametrize("make", [lambda: blobs(5), lines], ids=["files", "records"])
def test_memory_stays_small_whatever_the_size(
    tmp_path: Path, make: Callable[[], Iterator[BundleSection]]
) -> None:
    path = tmp_path / "big.kimb"
    tracemalloc.start()
    try:
        seal_to(path, make())
        writing = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        with kit.opened(path) as opened:
            read = sum(len(part) for section in opened.sections() for part in section.content)
        reading = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert read > 95 * MIB
    assert writing < 40 * MIB
    assert reading < 10 * MIB


def test_sections_can_be_read_again() -> None:
    opened = kit.opened(kit.bundle())
    twice = [[list(section.content) for section in opened.sections()] for _ in range(2)]
    assert twice == [[kit.RECORDS]] * 2


def test_the_manifest_is_given_as_it_was_sealed() -> None:
    opened = kit.opened(kit.bundle())
    (info,) = decode_manifest(opened.manifest).sections
    content = b"".join(record + b"\n" for record in kit.RECORDS)
    assert (info.name, info.records, info.size) == ("goals", 5, len(content))
    assert info.sha256 == hashlib.sha256(content).hexdigest()
