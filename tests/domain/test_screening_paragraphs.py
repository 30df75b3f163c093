"""The many ways in which people write by which paragraph a title was given."""

import pytest

from kimdesk.domain.screening.paragraphs import LawParagraph, matches, read_paragraph


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
    assert read_paragraph(text) == LawParagraph("AufenthG", "25", 2)


@pytest.mark.parametrize(
    ("text", "law", "number", "absatz", "alt"),
    [
        ("§ 25 Abs. 2 S. 1 Alt. 2", "AufenthG", "25", 2, 2),
        ("§ 25 Abs. 2 Satz 1, 1. Alternative AufenthG", "AufenthG", "25", 2, 1),
        ("§ 25b AufenthG", "AufenthG", "25b", 0, 0),
        ("§ 25 b Abs. 1 AufenthG", "AufenthG", "25b", 1, 0),
        ("§ 25a Abs. 1", "AufenthG", "25a", 1, 0),
        ("104c", "AufenthG", "104c", 0, 0),
        ("§ 60a Abs. 2 S. 3 AufenthG", "AufenthG", "60a", 2, 0),
        ("§ 28 Abs. 1 S. 1 Nr. 1 AufenthG", "AufenthG", "28", 1, 0),
        ("§ 19d Abs. 1a AufenthG", "AufenthG", "19d", 1, 0),
        ("§ 18g AufenthG", "AufenthG", "18g", 0, 0),
        ("§ 55 AsylG", "AsylG", "55", 0, 0),
        ("§ 4 FreizügG/EU", "FreizügG/EU", "4", 0, 0),
        ("FreizügG/EU", "FreizügG/EU", "2", 0, 0),
    ],
)
def test_letters_halves_and_other_laws(text: str, law: str, number: str, absatz: int, alt: int) -> None:
    assert read_paragraph(text) == LawParagraph(law, number, absatz, alt)


@pytest.mark.parametrize(
    "text",
    ["", "§", "Artikel 25", "§ 0", "§ 999 AufenthG", "§ 108 AufenthG", "25/2", "Niederlassung",
     "§ 25 Abs. AufenthG", "§ 20 FreizügG/EU", "§ 25 Abs. 2 SGB II"],
)  # fmt: skip
def test_what_is_no_paragraph_of_these_laws(text: str) -> None:
    assert read_paragraph(text) is None


def test_a_pattern_that_needs_an_absatz_is_not_answered_without_one() -> None:
    bare = read_paragraph("§ 25 AufenthG")
    assert matches(bare, ["25(2)"]) is None
    assert matches(bare, ["25"]) is True
    assert matches(bare, ["25b", "26"]) is False
    assert matches(read_paragraph("§ 25 Abs. 5"), ["25(2)", "25(5)"]) is True
    assert matches(read_paragraph("§ 25 Abs. 5"), ["25(2)"]) is False
    assert matches(read_paragraph("§ 2 FreizügG/EU"), ["2"]) is False
    assert matches(None, ["25"]) is None
