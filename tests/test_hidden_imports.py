"""What a frozen program cannot see by itself: modules that are named as text and imported on use."""

import ast
import re
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
LIST = ROOT / "packaging" / "hidden-imports.txt"
NAMED = re.compile(r"((?:kimdesk|ui)(?:\.\w+)+)(?::\w+)?")
"""A module, or something in it, as texts name them."""


def named() -> set[str]:
    """Return the modules that stand as text in the code."""
    found = set()
    for path in (each for top in ("kimdesk", "ui") for each in (ROOT / top).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts = (each.value for each in ast.walk(tree) if isinstance(each, ast.Constant))
        found |= {match[1] for each in texts if isinstance(each, str) and (match := NAMED.fullmatch(each))}
    return {each for each in found if find_spec(each)}


def test_the_list_for_freezing_names_every_module_that_stands_as_text() -> None:
    listed = [line for line in LIST.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    assert listed == sorted(named())
    assert {"kimdesk.casework.scans.caged", "kimdesk.casework.sheets.opening"} <= set(listed)
