"""Files made to end a program: each is refused in its own sentence, and the next file is read."""

import os
import signal
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from PIL import Image

from kimdesk.casework import attachments
from tests.broken_xls import panicking_workbook
from tests.foreign import hostile, tables
from tests.foreign.changing import SAMPLES
from tests.foreign.processes import copies
from tests.foreign.verdict import reading, said
from tests.scan_samples import jpeg, pdf
from ui.papers.render import render

NO_TABLE, TOO_LARGE, ASKED_TOO_MUCH, KILLED = "E720", "E721", "E760", "E763"
UNDRAWABLE, SLOW = "E875", "E877"


@pytest.mark.parametrize(
    ("kind", "made", "code"),
    [
        ("xls", hostile.far_cell_xls, NO_TABLE),
        ("xls", panicking_workbook, NO_TABLE),
        ("xlsx", hostile.amplified_xlsx, TOO_LARGE),
        ("xlsx", hostile.far_cell_xlsx, TOO_LARGE),
        ("ods", hostile.repeated_ods, TOO_LARGE),
        ("heic", hostile.one_bit_heic, "read"),  # rebuilt, it is whole again
        ("pdf", hostile.form_bomb, UNDRAWABLE),
        ("jpeg", hostile.progressive_jpeg, SLOW),
    ],
)
def test_it_is_refused_and_the_next_is_read(
    kind: str, made: Callable[[], bytes], code: str, tmp_path: Path
) -> None:
    act = reading(kind, tmp_path)
    assert said(act, made()) == code
    assert said(act, SAMPLES[kind][0]()) == "read"


@pytest.mark.parametrize(
    ("media_type", "made"),
    [
        ("image/heic", hostile.one_bit_heic),  # crashes
        ("application/pdf", hostile.form_bomb),  # takes all memory
        ("image/jpeg", hostile.progressive_jpeg),  # takes minutes
    ],
)
def test_what_an_earlier_version_took_is_not_drawn_and_harms_nobody(
    media_type: str, made: Callable[[], bytes]
) -> None:
    assert said(_drawing(media_type), made()) == UNDRAWABLE
    assert said(_drawing("image/jpeg"), jpeg()) == "read"


def _drawing(media_type: str) -> Callable[[bytes], object]:
    return lambda data: render(data, media_type, 0, 200)


def test_an_old_workbook_cut_short_anywhere_is_refused_or_read(tmp_path: Path) -> None:
    whole = tables.xls([*tables.records()[:-1], *[(0x0200, bytes(14))] * 600, tables.records()[-1]])
    act = reading("xls", tmp_path)
    codes = {said(act, whole[:size]) for size in range(0, len(whole), 211)}
    assert codes <= {"read", NO_TABLE, "E722", TOO_LARGE, ASKED_TOO_MUCH}


def _large_photo() -> bytes:
    """Return a photo that takes a while to look into."""
    out = BytesIO()
    Image.linear_gradient("L").resize((5600, 5600)).save(out, "JPEG", progressive=True)
    return out.getvalue()


def _long_list() -> bytes:
    return b"Osman;Amna\n" * 200_000


@pytest.mark.parametrize("whole_helper", [True, False], ids=["helper", "copy"])
@pytest.mark.parametrize("job", ["list", "scan", "page"])
def test_a_helper_killed_in_the_middle_is_one_sentence(job: str, whole_helper: bool, tmp_path: Path) -> None:
    made, whole, act = {
        "list": (_long_list, SAMPLES["xls"][0], reading("xls", tmp_path)),
        "scan": (_large_photo, jpeg, attachments.inspect),
        "page": (hostile.form_bomb, pdf, _drawing("application/pdf")),
    }[job]
    data, codes = made(), list[str]()
    thread = Thread(target=lambda: codes.append(said(act, data)))
    before = copies()
    thread.start()
    while not (new := copies() - before):
        time.sleep(0.002)
    [(helper, copy)] = new
    os.kill(helper if whole_helper else copy, signal.SIGKILL)
    thread.join()
    assert codes == [KILLED]
    assert said(act, whole()) == "read"
