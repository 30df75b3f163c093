"""Sticks that are real file systems: full, read-only, pulled out. Only who may mount them can try."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kimdesk import kreis, sync
from kimdesk.domain.errors import StoreError
from kimdesk.kreis import Result
from tests.sync.exchange import NOW, Exchange


def mounted(*words: str) -> None:
    if subprocess.run(["mount", *words], check=False, capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """A stick of 64 KiB."""
    folder = tmp_path / "stick"
    folder.mkdir()
    try:
        mounted("-t", "tmpfs", "-o", "size=64k", "stick", str(folder))
    except FileNotFoundError:
        pytest.skip("nothing can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)


def filled(stick: Path) -> None:
    """Let nothing more go onto the stick, not even the smallest file."""
    try:
        (stick / "film.mp4").write_bytes(bytes(1_000_000))
    except OSError:
        return


def test_a_full_stick_takes_no_half_bundle(exchange: Exchange, stick: Path) -> None:
    exchange.case()
    filled(stick)
    with pytest.raises(StoreError, match="E922"):
        sync.export(exchange.desk, stick, now=NOW)
    assert [path.name for path in stick.iterdir()] == ["film.mp4"]
    assert sync.status(exchange.desk, now=NOW).last_seq == 0
    (stick / "film.mp4").unlink()
    assert sync.export(exchange.desk, stick, now=NOW).seq == 1


def test_a_read_only_stick(exchange: Exchange, stick: Path) -> None:
    exchange.case()
    mounted("-o", "remount,ro", str(stick))
    with pytest.raises(StoreError, match="E921"):
        sync.export(exchange.desk, stick, now=NOW)
    assert sync.status(exchange.desk, now=NOW).last_seq == 0


def test_a_bundle_on_a_stick_that_takes_no_receipt(exchange: Exchange, stick: Path) -> None:
    """It is taken over, and says that its receipt is still to be written."""
    exchange.case()
    bundle = sync.export(exchange.desk, stick, now=NOW).path
    mounted("-o", "remount,ro", str(stick))
    [result] = kreis.import_files(exchange.kreis, [bundle], stick, now=NOW)
    assert (result.result, result.code, result.receipt) == (Result.APPLIED, "E921", None)
    [again] = exchange.carry(bundle)
    assert (again.result, again.receipt is None) == (Result.DUPLICATE, False)


def test_a_stick_that_was_pulled_out_before_its_bundle_was_read(exchange: Exchange, stick: Path) -> None:
    exchange.case()
    bundle = sync.export(exchange.desk, stick, now=NOW).path
    subprocess.run(["umount", "-l", str(stick)], check=True)
    [result] = exchange.carry(bundle)
    assert (result.result, result.code) == (Result.REFUSED, "E910")
    assert exchange.rows_held() == 0
