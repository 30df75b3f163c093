"""Names are compared by their sound as Kölner Phonetik hears it: published examples."""

import pytest

from kimdesk.domain.phonetics import cologne


@pytest.mark.parametrize(
    ("word", "digits"),
    [
        ("wikipedia", "3412"),
        ("müller", "657"),
        ("lüdenscheidt", "52682"),
        ("müllerlüdenscheidt", "65752682"),
        ("breschnew", "17863"),
        ("meyer", "67"),
        ("maier", "67"),
        ("schmidt", "862"),
        ("schmitt", "862"),
        ("phillip", "351"),
        ("xaver", "4837"),
        ("christian", "47826"),
        ("celine", "856"),
        ("axel", "0485"),
        ("heinz", "068"),
        ("heitz", "08"),
    ],
)
def test_published_examples(word: str, digits: str) -> None:
    assert cologne(word) == digits


@pytest.mark.parametrize("word", ["", "h", "-", "ч"])
def test_what_has_no_sound_has_no_digits(word: str) -> None:
    assert cologne(word) == ""
