"""Recovery on three sheets: any two open the vault, one says nothing, and what does not belong is refused."""

from collections import Counter
from itertools import combinations, permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimdesk import vault as vaults
from kimdesk.domain.errors import VaultError
from kimdesk.vault import field
from kimdesk.vault.recovery import code_of
from kimdesk.vault.sheets import split_code
from tests.conftest import PASSPHRASE

NEW = "wolke turnier lampe gabel kiesel ofen"
BYTES = st.integers(0, 255)
CODES = st.integers(0, 2**130 - 1).map(code_of)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@pytest.mark.parametrize(
    ("left", "right", "product"),
    [(0x57, 0x83, 0xC1), (0x57, 0x13, 0xFE), (0x57, 0x02, 0xAE), (0x57, 0x10, 0x07), (0x53, 0xCA, 0x01)],
)
def test_products_of_the_field_as_published(left: int, right: int, product: int) -> None:
    """FIPS 197, 4.2 and 4.2.1; the last pair is the textbook inverse of AES's S-box."""
    assert field.multiply(left, right) == product == field.multiply(right, left)


def test_every_element_but_zero_has_an_inverse() -> None:
    assert all(field.multiply(each, field.inverse(each)) == 1 for each in range(1, 256))
    with pytest.raises(ZeroDivisionError):
        field.inverse(0)


@given(BYTES, BYTES, BYTES)
def test_it_is_a_field(one: int, two: int, three: int) -> None:
    times = field.multiply
    assert times(one, times(two, three)) == times(times(one, two), three)
    assert times(one, two ^ three) == times(one, two) ^ times(one, three)


def test_shares_worked_out_by_hand() -> None:
    """0x57 on the slope 0x83: at 1 0x57^0x83, at 2 0x57^0x1d (0x83·2 = 0x106 = 0x1d), at 3 their sum."""
    assert field.split(b"\x57", (1, 2, 3), b"\x83") == (b"\xd4", b"\x4a", b"\xc9")
    assert field.join((1, b"\xd4"), (3, b"\xc9")) == b"\x57"


@pytest.mark.parametrize("place", [1, 2, 3])
def test_one_share_fits_every_secret_equally_well(place: int) -> None:
    for secret in (0, 1, 0x57, 255):
        shares = Counter(field.split(bytes([secret]), (place,), bytes([slope]))[0] for slope in range(256))
        assert len(shares) == 256


@given(CODES)
def test_any_two_sheets_in_any_order_give_the_code(code: str) -> None:
    sheets = split_code(code)
    assert {vaults.join_sheets(*pair) for pair in permutations(sheets, 2)} == {code}
    assert {len(each.replace("-", "")) for each in sheets} == {36}


@given(CODES, st.integers(0, 2), st.integers(0, 35), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(code: str, number: int, at: int, wrong: str) -> None:
    sheets = [each.replace("-", "") for each in split_code(code)]
    typed = sheets[number][:at] + wrong + sheets[number][at + 1 :]
    if typed != sheets[number]:
        with pytest.raises(VaultError, match="E021"):
            vaults.join_sheets(typed, sheets[number - 1])


@given(CODES, st.integers(0, 34))
def test_two_swapped_characters_are_found(code: str, at: int) -> None:
    first, second, _ = (each.replace("-", "") for each in split_code(code))
    typed = first[:at] + first[at + 1] + first[at] + first[at + 2 :]
    if typed != first:
        with pytest.raises(VaultError, match="E021"):
            vaults.join_sheets(typed, second)


@given(st.text(max_size=60))
def test_no_other_text_is_taken_for_a_sheet(text: str) -> None:
    with pytest.raises(VaultError, match="E021"):
        vaults.join_sheets(text, text)


def test_sheets_of_two_sets_and_the_same_sheet_twice_are_refused() -> None:
    code = code_of(7)
    first, second = split_code(code), split_code(code)
    for pair in [(first[0], second[1]), (first[0], first[0])]:
        with pytest.raises(VaultError, match="E019"):
            vaults.join_sheets(*pair)


def test_sheets_are_typed_as_people_type() -> None:
    first, second, _ = split_code(code_of(12345))
    assert vaults.join_sheets(first.lower().replace("-", " "), second.replace("0", "o")) == code_of(12345)


def test_two_of_three_sheets_recover_the_vault_and_a_new_set_ends_the_old(
    closed_vault: Path, recovery_code: str
) -> None:
    old = vaults.split_recovery(closed_vault, PASSPHRASE)
    for pair in combinations(old, 2):
        assert vaults.check_recovery(closed_vault, vaults.join_sheets(*pair))
    new = vaults.split_recovery(closed_vault, PASSPHRASE)
    assert not vaults.check_recovery(closed_vault, vaults.join_sheets(old[0], old[1]))
    assert vaults.check_recovery(closed_vault, recovery_code)
    vaults.recover(closed_vault, vaults.join_sheets(new[2], new[0]), NEW)
    vaults.unlock(closed_vault, NEW).close()
    vaults.renew_recovery(closed_vault, NEW)
    assert not vaults.check_recovery(closed_vault, vaults.join_sheets(new[0], new[1]))
