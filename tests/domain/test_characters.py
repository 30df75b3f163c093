"""Which characters a text keeps: one spelling of each letter, nothing invisible, no control characters."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimdesk.domain.characters import is_writable, tidy
from kimdesk.domain.errors import ContentError

ODD = st.sampled_from("\x00\x07\r\n\t\u0308a\u200c\ud800\u202e")
ANY = st.text(st.characters(exclude_categories=[]) | ODD)


def test_letters_that_look_the_same_are_spelled_the_same() -> None:
    assert tidy("Mu\u0308ßig") == "Müßig"
    assert tidy("Nguye\u0302\u0303n") == "Nguyễn"


def test_joiners_and_marks_of_persian_and_arabic_stay() -> None:
    for text in ("می\u200cخواهم", "م\u200dم", "عمر\u200f (ابن)", "Hazal\u200e"):
        assert tidy(text) == text


@pytest.mark.parametrize("text", ["Integra\u00adtion", "\ufeffIntegration", "\u202eIntegration\u202c"])
def test_what_nobody_sees_is_dropped(text: str) -> None:
    assert tidy(text) == "Integration"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_end_of_a_line_is_one(end: str) -> None:
    assert tidy(f"eins{end}zwei\tdrei\n") == "eins\nzwei\tdrei\n"


@pytest.mark.parametrize("wrong", ["\x00", "\x07", "\x1b[31m", "\x7f", "\x9b", "\ud800"])
def test_control_characters_and_halves_of_letters_are_refused(wrong: str) -> None:
    assert not is_writable(f"Osman{wrong}")
    with pytest.raises(ContentError) as refused:
        tidy(f"Osman{wrong}")
    assert refused.value.code == "E708"
    assert "Osman" not in str(refused.value.facts)


@given(ANY)
def test_a_text_is_refused_or_tidy_for_good(text: str) -> None:
    try:
        kept = tidy(text)
    except ContentError:
        assert not is_writable(text)
        return
    assert is_writable(text)
    assert unicodedata.is_normalized("NFC", kept)
    assert tidy(kept) == kept
    assert not {each for each in kept if unicodedata.category(each) in ("Cc", "Cs")} - {"\n", "\t"}
