"""What nobody is ever asked: faith, politics, flight, convictions, diagnoses, sexuality, relatives abroad.

The words stand with their source in ``resources/rules/never_ask.toml``; the test goes over all forms,
records, code lists, checklists and chains in whatever version.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

import resources
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.kinds import KINDS, PARTS
from kimdesk.domain.never_ask import Unasked

ROOT = Path(resources.__file__).parent
FOLDERS = ("forms", "codelists", "services", "chains", "regime_changes", "client", "client_papers", "editing")
ASKING = ("label", "title", "task", "name", "entry", "short", "asks")
TELLING_NOT_TO = re.compile(r"\b(nicht|nie|nichts|kein\w*|ohne)\b", re.IGNORECASE)
UNASKED = SHIPPED.rules.never_ask
PATHS = sorted(str(path.relative_to(ROOT)) for folder in FOLDERS for path in (ROOT / folder).rglob("*.toml"))


def questions(value: Any, place: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield where something is asked, the key, and the words: labels, and sentences that do not forbid it."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from questions(each, key if not isinstance(each, str) else f"{place}.{key}")
    elif isinstance(value, list):
        for each in value:
            yield from questions(each, place)
    elif isinstance(value, str):
        yield place, place.rpartition(".")[2], value


def asked(table: Any) -> Iterator[str]:
    """Yield what a document asks for, by subject and words."""
    for place, key, words in questions(table):
        for one in UNASKED.topics:
            if (key in ("id", "code") and one.is_named(words)) or _asks(one, key, words):
                yield f"{one.code}: {place} = {words}"


def _asks(one: Unasked, key: str, words: str) -> bool:
    if key in ASKING:
        return one.is_asked(words)
    if key in ("help", "hint", "note", "question"):
        sentences = re.split(r"(?<=[.?!])\s+", words)
        return any(one.is_asked(each) for each in sentences if not TELLING_NOT_TO.search(each))
    return False


@pytest.mark.parametrize("path", PATHS)
def test_no_document_asks_for_it(path: str) -> None:
    allowed = [one.words for one in UNASKED.allowed if f"{one.place}.toml" == path]
    found = asked(tomllib.loads((ROOT / path).read_text("utf-8")))
    assert [each for each in found if not any(words in each for words in allowed)] == []


def test_no_record_has_a_place_for_it() -> None:
    names = {f"{kind.name}.{each.name}" for kind in KINDS.values() for each in fields(kind.type)}
    names |= {f"{part.__name__}.{each.name}" for part in PARTS for each in fields(part)}
    found = {f"{one.code}: {name}" for name in names for one in UNASKED.topics if one.is_named(name)}
    assert found == set()


@pytest.mark.parametrize(
    ("subject", "field"),
    [
        ("religion", {"id": "x", "label": "Religionszugehörigkeit"}),
        ("religion", {"id": "denomination", "label": "Angabe"}),
        ("politics", {"id": "x", "label": "Politische Betätigung im Herkunftsland"}),
        ("politics", {"id": "x", "label": "Mitglied einer Partei?"}),
        (
            "flight",
            {"id": "x", "label": "Warum sind Sie geflohen?", "help": "Schildern Sie Ihre Fluchtgründe."},
        ),
        ("flight", {"id": "x", "label": "Fluchtroute"}),
        ("flight", {"id": "x", "label": "Name des Schleusers"}),
        ("convictions", {"id": "x", "label": "Vorstrafen"}),
        ("convictions", {"id": "conviction", "label": "Angabe"}),
        ("health", {"id": "x", "label": "HIV-Status"}),
        ("health", {"id": "x", "label": "Diagnose"}),
        ("sexuality", {"id": "x", "label": "Sexuelle Orientierung"}),
        ("relatives_abroad", {"id": "x", "label": "Telefon der Angehörigen im Ausland"}),
    ],
    ids=lambda one: one if isinstance(one, str) else "field",
)
def test_a_field_that_asked_for_it_would_be_found(subject: str, field: dict[str, str]) -> None:
    assert {each.partition(":")[0] for each in asked({"section": [{"field": [field]}]})} == {subject}


def test_a_sentence_that_forbids_it_is_no_question() -> None:
    help_ = "Fragen Sie nicht nach Vorstrafen, und schreiben Sie nichts davon auf."
    assert list(asked({"section": [{"help": help_}]})) == []


def test_each_subject_says_where_it_stands_in_the_law() -> None:
    assert {one.code for one in UNASKED.topic} == {
        "religion", "politics", "flight", "convictions", "health", "sexuality", "relatives_abroad",
    }  # fmt: skip
    assert all("DSGVO" in one.source and "19.08.2026" in one.source for one in UNASKED.topic)
    assert all(one.why.endswith(".") and f"{one.place}.toml" in PATHS for one in UNASKED.allowed)
