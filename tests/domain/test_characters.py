"""Which characters a text keeps: one spelling of each letter, nothing invisible, no control characters."""

import unicodedata
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimdesk.domain.characters import is_writable, tidied, tidy
from kimdesk.domain.errors import ContentError
from kimdesk.domain.records import LanguageSkill, Person, PhaseEntry
from kimdesk.domain.terms import Phase

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


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Mu\u0308ßig", "Müßig"),
        (["a\r\n", ("b\u00ad", 1, None)], ["a\n", ("b", 1, None)]),
        ({"na\u00adme": {"a": ["x\r"]}}, {"name": {"a": ["x\n"]}}),
        (MappingProxyType({"a": "x\r"}), {"a": "x\n"}),
        (
            Person(family_name="Mu\u0308ßig", nationalities=("o\u00ad",), extra={"x": "a\r"}),
            Person(family_name="Müßig", nationalities=("o",), extra={"x": "a\n"}),
        ),
        (
            Person(languages=(LanguageSkill("ara"), LanguageSkill("deu\ufeff", "B1"))),
            Person(languages=(LanguageSkill("ara"), LanguageSkill("deu", "B1"))),
        ),
        (
            PhaseEntry(phase=Phase.ACCESS, answers={"a": {"b": ["c\u2028"]}}),
            PhaseEntry(phase=Phase.ACCESS, answers={"a": {"b": ["c\n"]}}),
        ),
    ],
)
def test_every_text_in_a_value_is_tidy_however_deep(value: Any, expected: Any) -> None:
    found = tidied(value)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize("value", [Phase.ACCESS, 1, 1.5, True, None, Person, b"a\r", frozenset({"a\r"})])
def test_what_is_no_text_stays_as_it_is(value: Any) -> None:
    assert tidied(value) is value


def test_a_record_that_is_tidy_is_the_same_record() -> None:
    person = Person(family_name="Müßig", languages=(LanguageSkill("ara"),), extra={"x": ["a"]})
    assert tidied(person) is person


@pytest.mark.parametrize(
    "value",
    [
        "a\x00",
        ["a", ("b\x07",)],
        {"a": {"b": "\ud800"}},
        {"a\x00": 1},
        {"a": 1, "a\u00ad": 2},
        Person(languages=(LanguageSkill("ara\x1b"),)),
        Person(extra={"a": 1, "\ufeffa": 2}),
    ],
)
def test_one_text_that_cannot_be_written_or_two_names_that_become_one_are_refused(value: Any) -> None:
    with pytest.raises(ContentError) as refused:
        tidied(value)
    assert refused.value.code == "E708"
