"""The words of papers for clients: a translation says what the German says, or the paper is German alone."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kimdesk import documents
from kimdesk.catalogue import paper_words
from kimdesk.catalogue.catalogue import SHIPPED, Catalogue
from kimdesk.catalogue.client_words import GERMAN
from kimdesk.catalogue.layers import Layer, Origin
from kimdesk.domain.errors import ContentError

DAY = date(2026, 11, 30)
PAPER = "client_checklist"
CODES = paper_words.codes(SHIPPED.stack)


def _over(language: str, **changes: Any) -> Catalogue:
    """Return a catalogue in which a Gemeinde has its own words for one language of a paper."""
    german = SHIPPED.stack.table(f"client_papers/{PAPER}/deu.toml")
    table = {**german, **changes}
    layer = Layer(
        name="Eschenried", origin=Origin.MUNICIPALITY, version=1, valid_from=date(2026, 1, 1),
        documents={f"client_papers/{PAPER}/{language}.toml": table},
    )  # fmt: skip
    return Catalogue((layer,), DAY)


def _words(**changes: str) -> dict[str, str]:
    return {**SHIPPED.stack.table(f"client_papers/{PAPER}/deu.toml")["words"], **changes}


@pytest.mark.parametrize("code", CODES)
def test_each_language_has_the_keys_and_the_facts_of_the_german(code: str) -> None:
    folder = SHIPPED.stack.folder(f"client_papers/{code}")
    found = {each.name: paper_words.parse(each.table, each.name) for each in folder}
    unlike = {name: paper_words.differing(found[GERMAN], one) for name, one in found.items()}
    assert [name for name, keys in unlike.items() if keys] == []


@pytest.mark.parametrize("code", CODES)
def test_each_paper_begins_with_german_and_has_the_common_words(code: str) -> None:
    found = paper_words.languages(SHIPPED, code)
    assert next(iter(found)) == GERMAN
    assert found[GERMAN].said("until", day="24.12.2026") == "bis 24.12.2026"


def test_no_paper_has_other_words_for_what_is_common() -> None:
    common = SHIPPED.stack.table("client_papers/common/deu.toml")["words"]
    own = [one for one in CODES if one != paper_words.COMMON]
    tables = {code: SHIPPED.stack.table(f"client_papers/{code}/deu.toml")["words"] for code in own}
    assert {code: sorted(common.keys() & words) for code, words in tables.items()} == {one: [] for one in own}


def test_every_text_is_said_somewhere() -> None:
    code = "".join(each.read_text(encoding="utf-8") for each in Path(documents.__file__).parent.rglob("*.py"))
    said = set(re.findall(r'"([a-z_0-9]+)"', code))
    begun = {f"{each}_" for each in re.findall(r'\.code\(\s*"([a-z_]+)"', code)}
    begun |= set(re.findall(r'f"([a-z_]+_)\{', code))
    for paper in CODES:
        words = SHIPPED.stack.table(f"client_papers/{paper}/deu.toml")["words"]
        assert [key for key in words if key not in said and not key.startswith(tuple(begun))] == [], paper


def test_a_translation_without_a_fact_is_refused_by_its_key() -> None:
    whole = _over("xaa", words=_words(title="Your papers"))
    with pytest.raises(ContentError) as refused:
        paper_words.languages(whole, PAPER)
    assert refused.value.facts == {"name": f"client_papers/{PAPER}/xaa", "place": "title"}


def test_own_german_words_of_another_version_leave_the_translations_out() -> None:
    whole = _over(GERMAN, version=99, words=_words(originals="Originale bleiben bei Ihnen."))
    found = paper_words.languages(whole, PAPER)
    assert list(found) == [GERMAN]
    assert found[GERMAN].said("originals") == "Originale bleiben bei Ihnen."


def test_a_language_without_the_common_words_is_not_offered() -> None:
    assert "xaa" not in paper_words.languages(_over("xaa"), PAPER)


def test_a_paper_nobody_knows_is_refused() -> None:
    with pytest.raises(ContentError, match="E700"):
        paper_words.languages(SHIPPED, "shopping_list")
