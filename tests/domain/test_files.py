"""A file is the old one or the new one, never half of either."""

import os
from pathlib import Path

import pytest

from kimdesk.domain.files import temporary_beside, write_atomically


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
