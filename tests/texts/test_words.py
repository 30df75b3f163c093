"""One word for one thing, and the right form beside a number: walks over every German text."""

import re
import tomllib
from pathlib import Path

import pytest

import resources
from tests.texts.test_complete import texts, variants

HERE = Path(__file__).parent
ROOT = Path(resources.__file__).parent
READ = ("texts/de", "forms", "codelists", "help", "rules", "chains", "client", "documents")
NOT_SHOWN = ("#", "source", "[", "heads")  # „heads“: what tables of others write above a column
WORDS = tomllib.loads((HERE / "other_words.toml").read_text(encoding="utf-8"))["word"]
PLAIN = tomllib.loads((HERE / "plain_numbers.toml").read_text(encoding="utf-8"))


def test_a_text_with_a_number_has_a_form_for_one_and_for_many() -> None:
    plain = re.compile("|".join(f"(?:{each})" for group in PLAIN.values() for each in group))
    bare = [
        f"{key}: {entry}"
        for key, entry in texts("de").items()
        if isinstance(entry, str) and "{n}" in entry and not plain.search(entry.replace("\u00a0", " "))
    ]
    assert bare == []


def test_a_second_number_in_a_text_bends_its_word_too() -> None:
    """„4 Fälle angelegt, 1 Zeilen weggelassen“: only ``n`` chooses a form. An age in a rule is never 1."""
    found = texts("de")
    counted = re.compile(r"\{n\} ([A-ZÄÖÜ]\w+)")
    forms = [entry for entry in found.values() if not isinstance(entry, str)]
    ones, many = (
        {word for entry in forms for word in counted.findall(entry[form].replace("\u00a0", " "))}
        for form in ("one", "other")
    )
    beside = re.compile(rf"\{{(?!n\}}|count\}}|age\}})\w+\}} ({'|'.join(sorted(many - ones | {'Bytes'}))})\b")
    assert {"Fälle", "Zeilen", "Jahre"} < many
    assert [
        f"{key}: {text}"
        for key, entry in found.items()
        for text in variants(entry)
        if beside.search(text.replace("\u00a0", " "))
    ] == []


def test_one_and_many_are_both_said_and_differ() -> None:
    forms = {key: set(entry) for key, entry in texts("de").items() if not isinstance(entry, str)}
    assert [key for key, found in forms.items() if not {"one", "other"} <= found] == []
    same = [key for key, entry in texts("de").items() if len(variants(entry)) != len(set(variants(entry)))]
    assert same == []


@pytest.mark.parametrize("word", WORDS, ids=[word["say"].split(",")[0] for word in WORDS])
def test_no_text_says_it_in_another_word(word: dict[str, str]) -> None:
    pattern = re.compile(word["not"])
    assert [found for found in _lines() if pattern.search(found)] == []


def _lines() -> list[str]:
    """Return every line of a resource that people read, without what is not shown."""
    paths = [path for folder in READ for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [line.partition(" = ")[2] or line for line in lines if not line.startswith(NOT_SHOWN)]
