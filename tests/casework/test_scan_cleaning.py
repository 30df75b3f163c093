"""A cleaned picture says nothing but what it shows, wherever something else was put."""

import pytest

from kimdesk.casework.scans.caged import clean
from kimdesk.casework.scans.scan import REMOVED
from tests.camera_files import FILES, PLAIN, shown
from tests.scan_samples import SECRET

EACH = [(kind, name, data) for kind, files in FILES.items() for name, data in files()]
NAMES = [f"{kind} {name}" for kind, name, _ in EACH]
WORDS = (SECRET, SECRET[:8], b"Zzyx", b"51.96", b"SECR")
PACKED = {"packed text", "profile", "name of a profile"}
UNTOLD = {
    "between segments", "name of the handler", "description", "note of the encoder", "note among the tables",
    "between the pictures", "in a packed strip", "in a plain strip", "image/tiff behind the end",
}  # fmt: skip
"""Nobody put these there to be read, or they are in no place that has a name."""


@pytest.mark.parametrize(("kind", "name", "data"), EACH, ids=NAMES)
def test_what_was_put_beside_a_picture_is_gone_and_every_pixel_stays(
    kind: str, name: str, data: bytes
) -> None:
    assert any(word in data for word in WORDS) or name in PACKED
    scan = clean(data)
    assert scan.media_type == kind
    assert [word for word in WORDS if word in scan.data] == []
    same = data if name == "without loss" else PLAIN[kind]()
    assert shown(scan.data, kind) == shown(same, kind)


@pytest.mark.parametrize(("kind", "name", "data"), EACH, ids=NAMES)
def test_what_was_left_out_is_told(kind: str, name: str, data: bytes) -> None:
    removed = clean(data).removed
    assert set(removed) <= set(REMOVED)
    assert removed or {name, f"{kind} {name}"} & UNTOLD
    if "exif" in name or name == "place":
        assert "place" in removed


@pytest.mark.parametrize(("kind", "name", "data"), EACH, ids=NAMES)
def test_a_picture_that_is_clean_stays_as_it_is(kind: str, name: str, data: bytes) -> None:
    once = clean(data)
    again = clean(once.data)
    assert (again.data, again.removed) == (once.data, ())
