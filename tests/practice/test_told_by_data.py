"""The town is told by data: its code holds no word that anybody reads."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kimdesk.practice

MODULES = sorted(Path(kimdesk.practice.__file__).parent.glob("*.py"))
TOLD = re.compile(r"[äöüßÄÖÜ§„“]|\S\s|\b[A-Z][a-z]")
JOINING = {"In_land", " ("}  # the name of a gap, and what parts a label from its remark


def told(module: Path) -> Iterator[str]:
    """Yield the strings of a module somebody could read; docstrings are for its makers."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        for inner in ast.iter_child_nodes(node):
            text = inner.value if isinstance(inner, ast.Constant) else None
            is_docstring = isinstance(node, ast.Expr)
            if isinstance(text, str) and not is_docstring and TOLD.search(text) and text not in JOINING:
                yield text


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_no_module_tells_anything_itself(module: Path) -> None:
    assert list(told(module)) == []


def test_a_word_in_code_is_found(tmp_path: Path) -> None:
    module = tmp_path / "kin.py"
    module.write_text(
        '"""A docstring, unread."""\nNOTE, CODE = "Bitte prüfen", "sibling"\n', encoding="utf-8"
    )
    assert list(told(module)) == ["Bitte prüfen"]
