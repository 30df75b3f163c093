"""Lines of an interpreter find the German text they belong to, or are refused as a whole."""

import pytest

from kimdesk.domain.errors import ContentError
from kimdesk.domain.translated_lines import assigned


def test_numbered_lines_go_to_their_texts_in_any_order() -> None:
    assert assigned("2. ثانياً\n1. أولاً", 3) == ("أولاً", "ثانياً", "")


def test_figures_of_another_script_count_and_signs_without_shape_do_not() -> None:
    assert assigned("\ufeff\u200f١. أولاً\n\u2067٢) ثانياً\u2069\n", 2) == ("أولاً", "ثانياً")


def test_a_line_without_a_number_goes_on_the_one_before() -> None:
    assert assigned("1. Я сама\nрозмовляю.\n\n2. Так", 2) == ("Я сама розмовляю.", "Так")


def test_as_many_lines_as_texts_need_no_numbers() -> None:
    assert assigned("Bir\r\n\r\n2026 yılında\r\n", 2) == ("Bir", "2026 yılında")


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 2), ("Bir", 2), ("Bir\nİki\nÜç", 2), ("1. Bir\n1. İki\n1. Üç", 2), ("4. Bir", 3), ("0. Bir", 2)],
)
def test_what_belongs_nowhere_is_refused_with_both_counts(text: str, count: int) -> None:
    with pytest.raises(ContentError) as refused:
        assigned(text, count)
    assert refused.value.code == "E788"
    assert refused.value.facts == {"expected": count, "found": len(text.split("\n")) if text else 0}
