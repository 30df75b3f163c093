"""What a stick or folder refuses is told by its cause, and nothing was written."""

import errno
from pathlib import Path

import pytest

from kimdesk.domain import media
from kimdesk.domain.errors import StoreError


@pytest.mark.parametrize(
    ("cause", "code"),
    [
        (errno.EACCES, "E921"),
        (errno.EPERM, "E921"),
        (errno.EROFS, "E921"),
        (errno.ENOSPC, "E922"),
        (errno.EDQUOT, "E922"),
        (errno.EFBIG, "E922"),
        (errno.EIO, "E923"),
        (errno.ENODEV, "E923"),
        (None, "E923"),
    ],
)
def test_a_refusal_is_told_by_its_cause(tmp_path: Path, cause: int | None, code: str) -> None:
    with pytest.raises(StoreError) as refused, media.understood(tmp_path):
        raise OSError(cause, "/media/stick/Osman.kimb") if cause else OSError("Osman")
    assert refused.value.code == code
    assert "Osman" not in str(refused.value)


def test_no_folder_is_no_medium_and_nothing_is_begun(tmp_path: Path) -> None:
    begun = False
    with pytest.raises(StoreError) as refused, media.understood(tmp_path / "stick"):
        begun = True
    assert (refused.value.code, begun) == ("E920", False)


def test_what_is_written_stands_there_whole(tmp_path: Path) -> None:
    media.write(tmp_path / "a.kimb", b"whole")
    assert (tmp_path / "a.kimb").read_bytes() == b"whole"


def test_a_file_for_no_folder_is_refused_by_name_of_the_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="E920"):
        media.write(tmp_path / "absent" / "a.kimb", b"whole")
    (tmp_path / "taken" / "inner").mkdir(parents=True)
    with pytest.raises(StoreError, match="E923"):
        media.write(tmp_path / "taken", b"whole")


def test_other_faults_go_on_as_they_are(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), media.understood(tmp_path):
        raise ZeroDivisionError
