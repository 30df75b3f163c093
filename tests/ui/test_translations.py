"""Everything users read is German: each text of the windows has its translation, and none is left over."""

import ast
from collections import defaultdict
from pathlib import Path
from string import Formatter

import pytest

import resources
from ui.text import tr

UI = Path(__file__).parents[2] / "ui"
TABLES = {path: resources.read_toml(path) for path in resources.names("translations/de")}


def literals() -> dict[str, set[str]]:
    """Return every text given to ``tr()`` and the names of the values it gets, and where."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
                for text in constants(node.args[0]):
                    found[text].update(keyword.arg or "" for keyword in node.keywords)
    for text in marked():
        found[text].update()
    return found


def constants(node: ast.expr) -> list[str]:
    """Return the texts an argument can be: a literal, or either side of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [*constants(node.body), *constants(node.orelse)]
    return []


def marked() -> list[str]:
    """Return texts that reach ``tr()`` through a variable: the titles of pages and tabs."""
    from ui.case.tabs import TABS
    from ui.pages import PAGES

    return [page.title for page in PAGES] + [tab.title for tab in TABS]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_text_has_its_german() -> None:
    known = {source for table in TABLES.values() for source in table}
    assert sorted(set(literals()) - known) == []


def test_no_translation_is_left_over() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in UI.rglob("*.py"))
    used = set(literals())
    left = [
        source for table in TABLES.values() for source in table if source not in used and source not in code
    ]
    assert left == []


def test_a_text_that_stands_in_two_tables_reads_the_same_in_both() -> None:
    seen: dict[str, set[str]] = defaultdict(set)
    for table in TABLES.values():
        for source, german in table.items():
            seen[source].add(german)
    assert {source: texts for source, texts in seen.items() if len(texts) > 1} == {}


@pytest.mark.parametrize("path", TABLES)
def test_translations_keep_the_places_for_values(path: str) -> None:
    assert {
        source: german for source, german in TABLES[path].items() if fields(source) != fields(german)
    } == {}


@pytest.mark.parametrize("path", TABLES)
def test_german_typography(path: str) -> None:
    """„…“ for quotes, an ellipsis sign, no-break spaces where a line must not break."""
    for german in TABLES[path].values():
        assert '"' not in german
        assert "..." not in german
        assert " – " not in german, german
        assert "§ " not in german
        assert "z. B." not in german


def test_values_are_filled_in() -> None:
    assert tr("Open vault “{name}”", name="Eschenried") == "Tresor „Eschenried“ öffnen"
