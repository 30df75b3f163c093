"""Findings and pseudonymous papers name nobody: what is recognised in a text, and what is left alone."""

from datetime import date

import pytest

from kimdesk.casework.giveaway import Kind, found, redacted
from kimdesk.domain.records import Case, CaseFile, Person, RegimeSpell

FILE = CaseFile(
    case=Case(file_number="ESR-2026-017", opened_on=date(2026, 1, 1)),
    persons=(
        Person(
            family_name="Müller-Şahin",
            given_names="Amna",
            original_name="آمنة",
            street="Mühlenweg 12a",
            phone="0151 2345678",
            email="amna.m@post.example",
        ),
        Person(family_name="Li", given_names="Yusuf"),
    ),
    regimes=(RegimeSpell(case_id="1", person_id="2", agency_file_number="BG 33502//0012345"),),
)
WORDS: dict[Kind, str] = {
    "name": "[Name]",
    "file_number": "[Nummer]",
    "phone": "[Telefon]",
    "address": "[Anschrift]",
}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Frau MUELLER wartet", "name"),
        ("Amnas Antrag liegt", "name"),
        ("Sahin war da", "name"),
        ("Das sagt آمنة", "name"),
        ("Herr Li wartet", "name"),
        ("siehe esr 2026/017", "file_number"),
        ("siehe ESR2026017.", "file_number"),
        ("unter BG 33502//0012345", "file_number"),
        ("unter +49 (151) 234-5678", "phone"),
        ("unter 01512345678", "phone"),
        ("an amna.m@post.example", "phone"),
        ("wohnt Muehlenweg", "address"),
        ("wohnt Mühlenweg 12 a", "address"),
    ],
)
def test_who_is_meant_is_recognised_however_it_is_written(text: str, kind: str) -> None:
    assert kind in {each.kind for each in found(text, FILE)}


@pytest.mark.parametrize(
    "text",
    [
        "Familien warten zwölf Wochen auf einen Kitaplatz.",
        "Das Jobcenter verlangt 2026 jedes Formular zweimal.",
        "12 Fälle, 17 Anträge, § 60a AufenthG",
        "Die Li-ste ist lang; alleine geht es nicht.",
        "",
    ],
)
def test_what_names_nobody_is_left_alone(text: str) -> None:
    assert [each.words for each in found(text, FILE) if each.words != "Li"] == []


def test_a_text_can_be_told_without_names() -> None:
    text = "Amna Müller-Şahin (ESR-2026-017, Tel. 0151/2345678) wohnt im Mühlenweg 12a, sagt Yusuf."
    told = redacted(text, FILE, WORDS)
    assert told == "[Name] [Name]-[Name] ([Nummer], Tel. [Telefon]) wohnt im [Anschrift], sagt [Name]."
    assert found(told, FILE) == ()
