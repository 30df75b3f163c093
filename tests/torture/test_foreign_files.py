"""Changed lists, scans and photos: each is read or refused in a sentence, the helper keeps to its limits."""

from pathlib import Path

import pytest

from tests.foreign.changing import SAMPLES
from tests.foreign.verdict import MOST_MEMORY, Verdict, judge
from tests.torture.measure import SEED, progress, report, times

_AT_ONCE = 100


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_changed_file_is_read_or_refused(kind: str, fast: Path) -> None:
    found, files = Verdict(), times(150, 20_000)
    for first in range(0, files, _AT_ONCE):
        judge(kind, str(SEED), range(first, min(files, first + _AT_ONCE)), fast, found)
        progress(f"changed {kind}", first, files)
    told = {
        "files": found.files(),
        "read": found.said["read"],
        "wanted too much memory": found.said["E760"],
        "took too long": found.said["E761"],
        "ended their helper": found.said["E762"],
        "untyped": len(found.bad),
        "most MiB": found.peak >> 20,
        "longest ms": round(1000 * found.seconds),
    }
    report(f"changed files: {kind}", **told)
    assert found.bad == []
    assert found.peak <= MOST_MEMORY
    assert len(found.said) > 1, "the changes reach nothing, or leave nothing whole"
