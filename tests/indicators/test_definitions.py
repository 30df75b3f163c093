"""Indicators as data: what is broken is refused with the file and the line named."""

import tomllib
from datetime import date

import pytest

import resources
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.errors import ContentError
from kimdesk.indicators import breakdowns, definitions
from kimdesk.sync.leaving.policy import policy

PATH = "indicators/active_cases.toml"
TEXT = resources.read_text(PATH)
CHANGES = [
    ("opened_on until last", "opened_onn until last"),
    ("opened_on until last", "opened_on till last"),
    ("opened_on until last", "opened_on until tomorrow"),
    ("closed_on missing", "closed_on missing now"),
    ('"phase"', '"shoe_size"'),
    ('"phase"', '"service"'),
    ('subject = "case"', 'subject = "horse"'),
    ('code = "active_cases"', 'code = "other"'),
    ("number = 2", 'says = "share"\nnumber = 2'),
    ("number = 2", "numbers = 2"),
]


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_a_word_nobody_knows_is_refused(old: str, new: str) -> None:
    text = TEXT.replace(old, new, 1)
    assert text != TEXT
    with pytest.raises(ContentError) as refused:
        definitions.parse(tomllib.loads(text), PATH, text)
    assert refused.value.code == "E700"


def test_the_refusal_names_the_file_and_the_line() -> None:
    text = TEXT.replace("opened_on until last", "opened_on till last", 1)
    line = next(n for n, each in enumerate(text.splitlines(), 1) if "till" in each)
    with pytest.raises(ContentError) as refused:
        definitions.parse(tomllib.loads(text), PATH, text)
    assert refused.value.facts["name"] == PATH
    place = str(refused.value.facts["place"])
    assert place.startswith(f"{line}: ")
    assert "till" in place


def test_there_are_thirty_and_each_has_a_number_and_a_sentence_of_its_own() -> None:
    every = definitions.indicators(date(2026, 12, 31))
    assert len(every) >= 30
    assert [each.sheet.number for each in every] == sorted({each.sheet.number for each in every})
    for said in (each.definition for each in every):
        assert said.endswith(".")
        assert said.count(". ") == 0
    assert len({each.definition for each in every}) == len(every)


def test_every_breakdown_is_used_and_its_codes_have_labels() -> None:
    used = {by.code for each in definitions.indicators() for by in each.breakdowns}
    assert used == {each.code for each in breakdowns.breakdowns().breakdown}
    for code in used:
        for value in breakdowns.codes_of(code, SHIPPED):
            assert breakdowns.label(code, value, SHIPPED)
            assert value not in ("", "unknown")


def test_age_bands_are_those_in_which_a_birth_date_leaves() -> None:
    assert [(each.code, each.below) for each in breakdowns.breakdowns().band] == [
        (each.code, each.below) for each in policy().age_band
    ]
