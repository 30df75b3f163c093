"""Sticks that are full, read-only, pulled out: file systems where they can be mounted, else their like."""

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from kimdesk import kreis, sync
from kimdesk.domain.errors import StoreError
from kimdesk.kreis import Result
from tests.sync.exchange import NOW, Exchange

_SIZE = 64 * 1024


def mounts(*words: str) -> bool:
    """Return whether a file system was mounted as asked."""
    try:
        return not subprocess.run(["mount", *words], check=False, capture_output=True).returncode
    except FileNotFoundError:
        return False


class MountedStick:
    """A file system of its own, in memory or, with ``image``, on a loop device."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def full(self) -> Iterator[None]:
        """Let nothing more go onto the stick, not even the smallest file."""
        film = self.folder / "film.mp4"
        with film.open("ab", buffering=0) as file:
            for size in (_SIZE, 4096, 1024, 1):
                with suppress(OSError):
                    for _ in range(512):
                        file.write(bytes(size))
                        os.fsync(file.fileno())
        yield
        film.unlink()

    @contextmanager
    def read_only(self) -> Iterator[Path]:
        """Let nothing be written onto the stick."""
        assert mounts("-o", "remount,ro", str(self.folder))
        yield self.folder

    def pull_out(self) -> None:
        """Take the stick away."""
        subprocess.run(["umount", "-l", str(self.folder)], check=False, capture_output=True)


class LikeAStick:
    """A folder that refuses with the same errors, where nothing can be mounted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def full(self) -> Iterator[None]:
        """Let no file here grow beyond a byte."""
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    @contextmanager
    def read_only(self) -> Iterator[Path]:
        """Let nothing be written: by rights, or in a folder of the system that takes nothing from anybody."""
        if os.geteuid() == 0:
            yield Path("/sys")
            return
        self.folder.chmod(0o500)
        yield self.folder
        self.folder.chmod(0o700)

    def pull_out(self) -> None:
        """Take the stick away."""
        shutil.rmtree(self.folder)


Stick = MountedStick | LikeAStick


def loop_device(folder: Path, image: Path) -> bool:
    """Mount a real file system from ``image`` over ``folder``."""
    if not (shutil.which("mkfs.ext4") and shutil.which("losetup")):
        return False
    image.write_bytes(bytes(512 * 1024))
    made = ["mkfs.ext4", "-q", "-F", "-O", "^has_journal", "-m", "0", "-N", "16", str(image)]
    return not subprocess.run(made, check=False).returncode and mounts("-o", "loop", str(image), str(folder))


@pytest.fixture(params=["memory", "loop", "like"])
def stick(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Stick]:
    """Yield a small stick; what cannot be mounted here is tried on its like."""
    folder, image = tmp_path / "stick", tmp_path / "stick.img"
    folder.mkdir()
    mounted = False
    if request.param == "memory":
        mounted = mounts("-t", "tmpfs", "-o", f"size={_SIZE}", "stick", str(folder))
    elif request.param == "loop":
        mounted = loop_device(folder, image)
    yield MountedStick(folder) if mounted else LikeAStick(folder)
    if mounted:
        subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)


def shown(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name not in ("film.mp4", "lost+found")]


def test_a_full_stick_takes_no_half_bundle(exchange: Exchange, stick: Stick) -> None:
    exchange.case()
    with stick.full():
        with pytest.raises(StoreError, match="E922"):
            sync.export(exchange.desk, stick.folder, now=NOW)
        assert shown(stick.folder) == []
    assert sync.status(exchange.desk, now=NOW).last_seq == 0
    assert sync.export(exchange.desk, stick.folder, now=NOW).seq == 1


def test_a_read_only_stick(exchange: Exchange, stick: Stick) -> None:
    exchange.case()
    with stick.read_only() as folder, pytest.raises(StoreError, match="E921"):
        sync.export(exchange.desk, folder, now=NOW)
    assert sync.status(exchange.desk, now=NOW).last_seq == 0


def test_a_bundle_on_a_stick_that_takes_no_receipt(exchange: Exchange, stick: Stick) -> None:
    """It is taken over, and says that its receipt is still to be written."""
    exchange.case()
    bundle = sync.export(exchange.desk, stick.folder, now=NOW).path
    with stick.read_only() as folder:
        [result] = kreis.import_files(exchange.kreis, [bundle], folder, now=NOW)
    assert (result.result, result.code, result.receipt) == (Result.APPLIED, "E921", None)
    [again] = exchange.carry(bundle)
    assert (again.result, again.receipt is None) == (Result.DUPLICATE, False)


def test_a_stick_that_was_pulled_out_before_its_bundle_was_read(exchange: Exchange, stick: Stick) -> None:
    exchange.case()
    bundle = sync.export(exchange.desk, stick.folder, now=NOW).path
    stick.pull_out()
    [result] = exchange.carry(bundle)
    assert result.result == Result.REFUSED
    assert result.code in ("E910", "E920")
    assert exchange.rows_held() == 0
