"""A file is the old one or the new one, never half of either."""

import os
from pathlib import Path

import pytest

from kimdesk.domain import files
from kimdesk.domain.files import folder_beside, shown_name, temporary_beside, write_atomically


def test_the_new_content_takes_the_place_of_the_old(tmp_path: Path) -> None:
    target = tmp_path / "Übergabe Nr. 1.kimb"
    write_atomically(target, b"old")
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_half_way_keeps_the_old_file_and_leaves_nothing(tmp_path: Path) -> None:
    target = tmp_path / "letter.pdf"
    target.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        _write_half(target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def _write_half(target: Path) -> None:
    with temporary_beside(target) as temporary:
        temporary.write_bytes(b"half of the n")
        raise KeyboardInterrupt


def test_a_target_that_cannot_be_replaced_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "taken"
    (target / "inner").mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        write_atomically(target, b"new")
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_an_error_not_a_surprise(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "absent" / "file", b"new")
    assert not (tmp_path / "absent").exists()


@pytest.mark.skipif(os.name != "posix", reason="file modes are a POSIX matter")
def test_only_the_owner_may_read_what_was_written(tmp_path: Path) -> None:
    write_atomically(tmp_path / "secret", b"new")
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name != "posix", reason="names of any bytes are a POSIX matter")
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Geburtsurkunde Müller.pdf".encode(), "Geburtsurkunde Müller.pdf"),
        (b"M\xfcller.pdf", "M\ufffdller.pdf"),
        ("Pass\u202efdp.exe".encode(), "Pass\ufffdfdp.exe"),
        (b"a\x1b[31m\n.pdf", "a\ufffd[31m\n.pdf"),
        ("عمر\u200f.pdf".encode(), "عمر\u200f.pdf"),
    ],
)
def test_a_name_that_somebody_else_gave_is_shown_without_what_misleads(name: bytes, shown: str) -> None:
    assert shown_name(Path("/media") / os.fsdecode(name)) == shown


@pytest.mark.parametrize("refusals", [0, 1, 2])
def test_a_name_that_is_taken_is_flushed_at_the_second_try_and_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusals: int
) -> None:
    flushed: list[Path] = []

    def flush(folder: Path) -> None:
        flushed.append(folder)
        if len(flushed) <= refusals:
            raise OSError(5, "the disk refuses")

    monkeypatch.setattr(files, "flush_folder", flush)
    write_atomically(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert flushed == [tmp_path] * (2 if refusals else 1)


@pytest.mark.parametrize("name", ["", "half-done"])
def test_a_folder_takes_its_name_whole_or_not_at_all(tmp_path: Path, name: str) -> None:
    target = tmp_path / "vault"
    with pytest.raises(KeyboardInterrupt):
        _fill_half(target, name)
    assert list(tmp_path.iterdir()) == []
    with folder_beside(target, name) as folder:
        (folder / "data").write_bytes(b"whole")
        assert not target.exists()
    assert (target / "data").read_bytes() == b"whole"
    assert list(tmp_path.iterdir()) == [target]


def _fill_half(target: Path, name: str) -> None:
    with folder_beside(target, name) as folder:
        (folder / "data").write_bytes(b"half")
        raise KeyboardInterrupt


def test_a_device_or_a_pipe_keeps_its_place(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="Invalid"):
        write_atomically(pipe, b"new")
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]
