"""A recovery code can be read aloud and typed back, and a slip of the hand is noticed at once."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimdesk.domain.errors import VaultError
from kimdesk.vault.recovery import new_code, parse_code

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TYPING: list[Callable[[str], str]] = [
    str.lower,
    lambda code: code.replace("-", ""),
    lambda code: code.replace("-", " – "),
    lambda code: f"  {code}\n",
    lambda code: code.replace("0", "O").replace("1", "I"),
    lambda code: code.replace("0", "o").replace("1", "l"),
]


def test_a_code_has_seven_groups_of_four_plain_characters() -> None:
    groups = new_code().split("-")
    assert [len(group) for group in groups] == [4] * 7
    assert set("".join(groups)) <= set(ALPHABET)


def test_no_two_codes_are_alike() -> None:
    assert len({parse_code(new_code()) for _ in range(200)}) == 200


@pytest.mark.parametrize("way", range(len(TYPING)))
def test_every_way_of_typing_it_means_the_same(way: int) -> None:
    for _ in range(20):
        code = new_code()
        assert parse_code(TYPING[way](code)) == parse_code(code)


def test_each_wrong_character_is_noticed() -> None:
    code = new_code().replace("-", "")
    for at, right in enumerate(code):
        for wrong in set(ALPHABET) - {right}:
            with pytest.raises(VaultError, match="E011"):
                parse_code(code[:at] + wrong + code[at + 1 :])


def test_each_swap_of_neighbours_in_the_secret_is_noticed() -> None:
    code = new_code().replace("-", "")
    for at in range(25):
        if code[at] != code[at + 1]:
            with pytest.raises(VaultError, match="E011"):
                parse_code(code[:at] + code[at + 1] + code[at] + code[at + 2 :])


@given(st.text(max_size=40))
def test_anything_else_is_a_mistyped_code(text: str) -> None:
    with pytest.raises(VaultError, match="E011"):
        parse_code(text)
