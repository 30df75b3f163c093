"""The files that are changed by the thousand (``tests/torture/test_foreign_files.py``) are valid ones."""

from pathlib import Path

import pytest

from tests.foreign.changing import SAMPLES, changed
from tests.foreign.parts import FORMS
from tests.foreign.verdict import reading, said


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_files_that_are_changed_are_valid(kind: str, tmp_path: Path) -> None:
    """Taken apart and put together they still are: a change is the only thing that is wrong with them."""
    act = reading(kind, tmp_path)
    for sample in SAMPLES[kind]:
        whole = sample()
        again = FORMS[kind].join(FORMS[kind].split(whole))
        assert {said(act, whole), said(act, again)} <= {"read"}


def test_a_number_always_gives_the_same_file() -> None:
    assert [changed(kind, "a", 7) for kind in SAMPLES] == [changed(kind, "a", 7) for kind in SAMPLES]
