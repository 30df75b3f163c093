"""The code of a slip: what a person or a scanner gets wrong is refused, what is only spelling is not."""

import string

import pytest

from kimdesk.domain import slip_codes

KEYS = sorted(set(string.ascii_uppercase + string.digits + "ÄÖÜ"))


def codes(count: int) -> list[str]:
    return [slip_codes.of(f"referral {number}") for number in range(count)]


def test_every_wrong_sign_is_refused_wherever_it_stands() -> None:
    for code in codes(300):
        shown = slip_codes.shown(code)
        assert slip_codes.read(shown) == code
        for place, right in enumerate(shown):
            for wrong in KEYS:
                if wrong != right:
                    assert not slip_codes.read(shown[:place] + wrong + shown[place + 1 :])


def test_every_exchange_of_two_signs_is_refused_neighbours_or_not() -> None:
    for code in codes(2000):
        for left in range(len(code)):
            for right in range(left + 1, len(code)):
                signs = list(code)
                signs[left], signs[right] = signs[right], signs[left]
                assert code == "".join(signs) or not slip_codes.read("".join(signs))


def test_a_sign_too_few_or_too_many_is_refused() -> None:
    for code in codes(300):
        for place in range(len(code)):
            assert not slip_codes.read(code[:place] + code[place + 1 :])
            assert not slip_codes.read(code[:place] + code[place] + code[place:])


def test_two_equal_signs_that_become_two_others_are_refused() -> None:
    for code in codes(500):
        for place in range(2, len(code) - 1):
            if code[place] == code[place + 1]:
                for wrong in slip_codes.SIGNS.replace(code[place], ""):
                    assert not slip_codes.read(code[:place] + 2 * wrong + code[place + 2 :])


@pytest.mark.parametrize(
    "spelling",
    ["{0}", "{0}\r\n", " {0} ", "{1}", "{2}", "{3}", "{4}", "{5}"],
    ids=["stored", "scanner", "blanks", "hyphens", "lower", "no prefix", "german keys", "dashes"],
)
def test_what_is_only_spelling_does_not_matter(spelling: str) -> None:
    for code in codes(50):
        shown = slip_codes.shown(code)
        ways = (
            code,
            shown,
            shown.lower(),
            shown.removeprefix("VW-"),
            shown.replace("-", "ß"),
            shown.replace("-", " – "),
        )
        assert slip_codes.read(spelling.format(*ways)) == code


@pytest.mark.parametrize("typed", ["", "VW", "VW-", "---", "ESR-2026-017", "ﬀ" * 4, "2" * 400])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert slip_codes.read(typed) == ""


def test_no_sign_looks_like_another_or_moves_between_keyboards() -> None:
    assert not set("0OQ1ILZ5SB8GUVY") & set(slip_codes.SIGNS) - {"5", "8"}
    assert len(set(slip_codes.SIGNS)) == 23


def test_a_record_has_one_code_wherever_it_is_made_and_another_where_that_is_taken() -> None:
    assert {sign for code in codes(2000) for sign in code[2:]} == set(slip_codes.SIGNS)
    assert len(set(codes(2000))) == 2000
    assert slip_codes.of("one") == slip_codes.of("one") != slip_codes.of("one", 1)
