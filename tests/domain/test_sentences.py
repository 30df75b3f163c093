"""A sentence says what it says, whatever braces somebody has put into it."""

import pytest

from kimdesk.domain.sentences import filled

ODD = "{} {0} {one.__class__} {one[0]} {one!r:>90000000}"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("{one} ist Mutter von {other}.", "Amna ist Mutter von {Lina}."),
        ("{one} {one}", "Amna Amna"),
        ("{", "{"),
        ("}} {{", "}} {{"),
        (ODD, ODD),
        ("{unknown}", "{unknown}"),
        ("", ""),
    ],
)  # fmt: skip
def test_only_gaps_that_are_known_are_filled(sentence: str, told: str) -> None:
    assert filled(sentence, {"one": "Amna", "other": "{Lina}"}) == told
