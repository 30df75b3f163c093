"""The many ways in which people write by which paragraph a title was given."""

import pytest

from kimdesk.domain.law.paragraphs import read


@pytest.mark.parametrize(
    "text",
    [
        "§ 25 Abs. 2 AufenthG",
        "§\u00a025 Abs.\u00a02 AufenthG",
        "§25 Abs.2 AufenthG",
        "§ 25 Absatz 2 Aufenthaltsgesetz",
        "§ 25 (2) AufenthG",
        "§25(2)",
        "§25 II",
        "§ 25 II AufenthG",
        "25 Abs 2",
        "25 II aufenthg",
        " § 25  Abs. 2  S. 1  AufenthG ",
        "§ 25 Abs. 2 Satz 1 AufenthG",
        "§ 25, Abs. 2 AufenthG",
        "Paragraph 25 Absatz 2",
        "§ 25 Abs. 2 AufenthG i. V. m. § 3 AsylG",
        "§ 25 Abs. 2 iVm § 26",
    ],
)
def test_one_paragraph_in_many_spellings(text: str) -> None:
    found = read(text)
    assert (found.law, found.section, found.part, found.exact) == ("AufenthG", "25", "2", True)


@pytest.mark.parametrize(
    ("text", "law", "number", "absatz", "alt"),
    [
        ("§ 25 Abs. 2 S. 1 Alt. 2", "AufenthG", "25", "2", "2"),
        ("§ 25 Abs. 2 Satz 1, 1. Alternative AufenthG", "AufenthG", "25", "2", "1"),
        ("§ 25b AufenthG", "AufenthG", "25b", "", ""),
        ("§ 25 b Abs. 1 AufenthG", "AufenthG", "25b", "1", ""),
        ("§ 25a Abs. 1", "AufenthG", "25a", "1", ""),
        ("104c", "AufenthG", "104c", "", ""),
        ("§ 60a Abs. 2 S. 3 AufenthG", "AufenthG", "60a", "2", ""),
        ("§ 28 Abs. 1 S. 1 Nr. 1 AufenthG", "AufenthG", "28", "1", ""),
        ("§ 19d Abs. 1a AufenthG", "AufenthG", "19d", "1a", ""),
        ("§ 18g AufenthG", "AufenthG", "18g", "", ""),
        ("§ 55 AsylG", "AsylG", "55", "", ""),
        ("§ 4 FreizügG/EU", "FreizügG/EU", "4", "", ""),
        ("FreizügG/EU", "FreizügG/EU", "2", "", ""),
    ],
)
def test_letters_halves_and_other_laws(text: str, law: str, number: str, absatz: str, alt: str) -> None:
    found = read(text)
    assert (found.law, found.section, found.part, found.alternative) == (law, number, absatz, alt)
    assert found.exact


@pytest.mark.parametrize(
    "text",
    ["", "§", "Artikel 25", "§ 0", "§ 999 AufenthG", "§ 108 AufenthG", "25/2", "Niederlassung",
     "§ 25 Abs. AufenthG", "§ 20 FreizügG/EU", "§ 25 Abs. 2 SGB II"],
)  # fmt: skip
def test_what_is_no_paragraph_of_these_laws(text: str) -> None:
    assert not read(text).exact


def test_a_pattern_that_needs_an_absatz_is_not_answered_without_one() -> None:
    bare = read("§ 25 AufenthG")
    assert bare.is_one_of(["25.2"]) is None
    assert bare.is_one_of(["25"]) is True
    assert bare.is_one_of(["25b", "26"]) is False
    assert read("§ 25 Abs. 5").is_one_of(["25.2", "25.5"]) is True
    assert read("§ 25 Abs. 5").is_one_of(["25.2"]) is False
    assert read("§ 2 FreizügG/EU").is_one_of(["2"]) is False
    assert read("§ 2 FreizügG/EU").is_one_of(["FreizügG/EU"]) is True
    assert read("").is_one_of(["25"]) is None


@pytest.mark.parametrize(
    "text", ["§ 25 Abs. 2 SGB II", "§ 999 AufenthG", "Artikel 25", "Pass Nr. 123", "§ 20 FreizügG/EU"]
)
def test_what_stands_in_another_law_names_no_title(text: str) -> None:
    assert not read(text).section
    assert read(text).is_one_of(["25"]) is None


@pytest.mark.parametrize(
    "text", ["AE 25 V", "AE nach § 25 Abs. 5, Fiktion", "§ 25 Abs. 5 AufenthG (verlängert)", "25.5"]
)
def test_what_stands_beside_a_paragraph_hides_it_from_no_rule(text: str) -> None:
    assert read(text).is_one_of(["25.5"]) is True
    assert not read(text).exact
