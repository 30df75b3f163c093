"""What belongs together stays on one line: „§ 16 SGB I“, „2 GB“, „z. B.“ are written with no-break spaces."""

import re
from pathlib import Path

import pytest

import resources

ROOT = Path(resources.__file__).parent
BROKEN = re.compile(r"§ \d|SGB [IVX]+\b|\b(?:Abs|Art|Nr|Satz)\.? \d|\bz\. B\.|\d (?:%|GB|MB|kB|Uhr|km)(?!\w)")
PATHS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("texts/de/**/*.toml"), *ROOT.glob("forms/**/*.toml"), *ROOT.glob("rules/*.toml"))
)


@pytest.mark.parametrize("path", PATHS)
def test_no_text_can_be_broken_within_a_paragraph_of_a_law_or_a_unit(path: str) -> None:
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    shown = [line for line in lines if not line.startswith("#") and not line.startswith("source")]
    assert [line for line in shown if BROKEN.search(line)] == []
