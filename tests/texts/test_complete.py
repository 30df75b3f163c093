"""Every text that is said exists with the facts it is given, and none is left that nobody says."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale

import resources
from kimdesk.documents.papers import PAPERS
from kimdesk.texts import say
from kimdesk.texts.speech import SHIPPED, Entry, table

ROOT = Path(__file__).parents[2]
LANGUAGES = sorted(path.name for path in (ROOT / "resources/texts").iterdir())
ANYTHING = ".+"


@dataclass(frozen=True)
class Said:
    """A call of ``say``: patterns of the keys it can mean, and the facts it gives (None: cannot be seen)."""

    place: str
    keys: tuple[str, ...]
    facts: frozenset[str] | None


@cache
def texts(language: str) -> dict[str, Entry]:
    """Return every text of a language by its key."""
    paths = [Path(path) for path in resources.names(f"texts/{language}")]
    return {
        f"{path.stem}.{name}": entry for path in paths for name, entry in table(language, path.stem).items()
    }


def variants(entry: Entry) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry.values())


def fields(entry: Entry) -> set[str]:
    """Return what is filled in, in one of the forms of a text at least."""
    return {name for text in variants(entry) for _, name, _, _ in Formatter().parse(text) if name}


def patterns(node: ast.expr) -> list[str]:
    """Return patterns of the texts an expression can be: a literal, a choice, an f-string."""
    match node:
        case ast.Constant(value=str() as text):
            return [re.escape(text)]
        case ast.IfExp(body=body, orelse=orelse):
            return [*patterns(body), *patterns(orelse)]
        case ast.FormattedValue(value=value):
            return patterns(value) or [ANYTHING]
        case ast.JoinedStr(values=values):
            return ["".join(parts) for parts in product(*map(patterns, values))]
    return []


@cache
def trees() -> list[tuple[str, ast.Module]]:
    paths = [path for top in ("kimdesk", "ui") for path in sorted((ROOT / top).rglob("*.py"))]
    return [(str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


def said() -> Iterator[Said]:
    """Yield every call of ``say`` whose key can be seen where it stands."""
    for name, tree in trees():
        if not speaks(name, tree):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and node.args and called(node.func) == "say":
                given = [keyword.arg for keyword in node.keywords]
                facts = None if None in given else frozenset(each for each in given if each)
                if keys := tuple(patterns(node.args[0])):
                    yield Said(f"{name}:{node.lineno}", keys, facts)


def speaks(name: str, tree: ast.Module) -> bool:
    """Return whether a module says texts by their keys; the practice town has a voice of its own."""
    imported = (node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return name.startswith("kimdesk/texts/") or any(
        (each or "").startswith("kimdesk.texts") for each in imported
    )


def called(function: ast.expr) -> str:
    return getattr(function, "attr", "") or getattr(function, "id", "")


def mentioned() -> set[str]:
    """Return patterns of all keys that stand anywhere in the code, in a table as well as in a call."""
    spaces = "|".join({key.partition(".")[0] for key in texts(SHIPPED)})
    key_like = re.compile(rf"(?:{spaces})\\\.\S+")
    return {
        found
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant | ast.JoinedStr)
        for found in patterns(node)
        if key_like.fullmatch(found)
    }


def meant(keys: str) -> list[str]:
    whole = re.compile(keys)
    return [key for key in texts(SHIPPED) if whole.fullmatch(key)]


def test_every_key_that_is_said_has_a_text() -> None:
    assert [each.place for each in said() if not all(map(meant, each.keys))] == []


def test_every_text_gets_the_facts_it_names_and_no_others() -> None:
    wrong = []
    for each in said():
        if each.facts is None:
            continue
        entries = [texts(SHIPPED)[key] for keys in each.keys for key in meant(keys)]
        named = set[str]().union(*map(fields, entries))
        counted = any(not isinstance(entry, str) for entry in entries)
        if not named <= each.facts or not each.facts <= named | {"n"} or (counted and "n" not in each.facts):
            wrong.append(each.place)
    assert wrong == []


def test_no_text_is_left_that_nobody_says() -> None:
    whole = re.compile("|".join(sorted(mentioned())))
    assert [key for key in texts(SHIPPED) if not whole.fullmatch(key)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_for_numbers_are_those_of_the_language(language: str) -> None:
    wanted = Locale.parse(language).plural_form.tags | {"other"}
    tables = {key: entry for key, entry in texts(language).items() if not isinstance(entry, str)}
    assert {key: set(entry) for key, entry in tables.items() if set(entry) != wanted} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_says_what_german_says(language: str) -> None:
    german = texts(SHIPPED)
    assert texts(language).keys() <= german.keys()
    assert {
        key for key, entry in texts(language).items() if not fields(entry) <= fields(german[key])
    } == set()


WHOLE = (
    "answers", "editor", "exchange", "fields", "findings", "findings_begun", "handover", "kreis", "packs",
    "passing", "preview", "registry", "slip", "versions",
)  # fmt: skip
"""What the pages of the exchange say: English lacks nothing of it."""


def test_the_pages_of_the_exchange_are_english_too() -> None:
    german, english = texts(SHIPPED), texts("en")
    wanted = [key for key in german if key.partition(".")[0] in WHOLE]
    assert [key for key in wanted if key not in english] == []
    assert [key for key in wanted if fields(german[key]) != fields(english[key])] == []


def test_german_typography() -> None:
    """„…“ for quotes, an ellipsis sign, no-break spaces where a line must not break."""
    wrong = ('"', "...", " – ", "§ ", "z. B.", "Abs. ", "Art. ")
    every = ((key, text) for key, entry in texts(SHIPPED).items() for text in variants(entry))
    assert [key for key, text in every if any(each in text for each in wrong)] == []


def test_every_paper_has_a_name_in_windows_too() -> None:
    """All papers are offered by their names; one without would take its page away."""
    assert [each.name for each in PAPERS if not say(f"papers.name_{each.key}")] == []
