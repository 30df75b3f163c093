"""Words in lists stand where a dictionary has them."""

import tomllib
from pathlib import Path

import pytest

from kimdesk.domain.collation import word_key

ROOT = Path(__file__).parents[2]


def test_words_stand_in_the_order_of_a_dictionary() -> None:
    words = [
        "Zahnarzt",
        "äußern",
        "Österreich",
        "Ofen",
        "Apfel",
        "ÄRZTE",
        "Straße",
        "Strasse",
        "e-Akte",
        "Eakte",
    ]
    assert sorted(words, key=word_key) == [
        "Apfel", "ÄRZTE", "äußern", "e-Akte", "Eakte", "Ofen", "Österreich", "Straße", "Strasse", "Zahnarzt",
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "first", "last"), [("nationality", 2, -3)])
def test_a_long_list_is_read_from_a_to_z(name: str, first: int, last: int) -> None:
    found = tomllib.loads((ROOT / f"resources/codelists/{name}.toml").read_text(encoding="utf-8"))["code"]
    labels = [each["label"] for each in found][first:last]
    assert labels == sorted(labels, key=word_key)
