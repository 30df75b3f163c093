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


@pytest.mark.parametrize(
    ("word", "same"),
    [
        *((f"c{letter}", f"k{letter}") for letter in "ahkloqrux"),
        *((f"c{letter}", f"s{letter}") for letter in ("", *"eijyäöüszbdfgmnptvw")),
        *((f"ac{letter}", f"ak{letter}") for letter in "ahkoqux"),
        *((f"ac{letter}", f"as{letter}") for letter in ("", *"lreijyäöüszbdfgmnptvw")),
        *((f"a{hiss}c{letter}", f"a{hiss}{letter}") for hiss in "sz" for letter in "ahkoqulre"),
        *((f"a{dental}{hiss}", "as") for dental in "dt" for hiss in "csz"),
        *((f"a{like_k}x", "aks") for like_k in "ckq"),
        ("ax", "aks"), ("ascx", "as"), ("x", "ks"),
        ("aph", "af"), ("phh", "f"), ("ap", "ab"), ("adh", "at"), ("ad", "at"),
        ("fvw", "f"), ("gkq", "g"), ("mn", "m"), ("szß", "s"), ("aeijouyäöü", "a"), ("bahn", "bann"),
        ("abaca", "abca"), ("a-b'c", "abc"),
    ],
)  # fmt: skip
def test_letters_that_sound_alike_between_their_neighbours(word: str, same: str) -> None:
    """The table of Postel, row by row."""
    assert cologne(word) == cologne(same) != ""


@pytest.mark.parametrize("word", ["", "h", "-", "ч"])
def test_what_has_no_sound_has_no_digits(word: str) -> None:
    assert cologne(word) == ""
