"""Every refusal has one clear German sentence, and no sentence is left without a refusal."""

import re
from pathlib import Path

import pytest

import resources
from kimdesk.domain.errors import KimdeskError
from kimdesk.texts import refusals

ROOT = Path(__file__).parents[2]
CODE = re.compile(r'"(E\d{3})"')


def codes_in_use() -> set[str]:
    files = [path for top in ("kimdesk", "ui") for path in (ROOT / top).rglob("*.py")]
    return {code for path in files for code in CODE.findall(path.read_text(encoding="utf-8"))}


def test_every_code_in_use_has_a_sentence() -> None:
    assert codes_in_use() - set(refusals.known()) == set()


def test_no_sentence_is_left_over() -> None:
    assert set(refusals.known()) - codes_in_use() == set()


def test_a_code_stands_in_one_file_only() -> None:
    everywhere = [code for path in resources.names("texts/de/refusals") for code in resources.read_toml(path)]
    assert len(everywhere) == len(set(everywhere))


@pytest.mark.parametrize("code", sorted(refusals.known()))
def test_a_sentence_says_what_happened_and_what_to_do(code: str) -> None:
    entry = refusals.known()[code]
    assert set(entry) == {"message", "hint"}
    assert entry["message"].endswith((".", "?"))
    assert entry["hint"].endswith((".", "?"))


def test_facts_fill_the_sentence() -> None:
    assert refusals.explain(KimdeskError("E001")).code == "E001"
