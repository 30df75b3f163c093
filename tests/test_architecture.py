"""The house keeps its floors: each test is one rule of ARCHITECTURE.md."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = {
    "resources": 0,
    "kimdesk.domain": 1,
    "kimdesk.forms": 2,
    "kimdesk.catalogue": 2,
    "kimdesk.vault": 3,
    "kimdesk.store": 4,
    "kimdesk.casework": 5,
    "kimdesk.sync": 6,
    "kimdesk.kreis": 6,
    "kimdesk.texts": 7,
    "kimdesk.documents": 8,
    "kimdesk.cli": 9,
    "kimdesk.practice": 9,
    "ui": 10,
}


def modules(*tops: str) -> Iterator[tuple[str, ast.Module]]:
    for top in tops:
        for path in sorted((ROOT / top).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(name: str) -> str | None:
    """Return the room a module lives in, or None for what is not ours."""
    return next((each for each in FLOORS if name == each or name.startswith(each + ".")), None)


@pytest.mark.parametrize("top", ["kimdesk", "resources"])
def test_no_qt_below_the_windows(top: str) -> None:
    guilty = [
        name
        for name, tree in modules(top)
        if any(each.split(".")[0] in {"PySide6", "shiboken6", "qtawesome", "ui"} for each in imports(tree))
    ]
    assert guilty == []


def test_every_module_lives_in_a_room() -> None:
    homeless = [name for name, _ in modules("kimdesk", "ui", "resources") if room(name) is None]
    assert homeless == ["kimdesk"]


def test_a_room_imports_only_from_floors_below_it() -> None:
    guilty = []
    for name, tree in modules("kimdesk", "ui", "resources"):
        own = room(name)
        for each in imports(tree):
            other = room(each)
            if (
                own
                and other
                and other != own
                and FLOORS[other] >= FLOORS[own]
                and not _lowest_pair(own, other)
            ):
                guilty.append(f"{name} imports {each}")
    assert guilty == []


def _lowest_pair(own: str, other: str) -> bool:
    """The Kreis registry and the command line may use the room that stands beside them."""
    return (own, other) in {
        ("kimdesk.catalogue", "kimdesk.forms"),
        ("kimdesk.kreis", "kimdesk.sync"),
        ("kimdesk.cli", "kimdesk.practice"),
    }


def test_the_domain_needs_the_standard_library_only() -> None:
    guilty = [
        f"{name} imports {each}"
        for name, tree in modules("kimdesk/domain")
        for each in imports(tree)
        if room(each) != "kimdesk.domain" and each.split(".")[0] not in sys.stdlib_module_names
    ]
    assert guilty == []


def test_every_import_is_absolute() -> None:
    for _, tree in modules("kimdesk", "ui", "resources"):
        list(imports(tree))


def test_nothing_prints_but_the_command_line() -> None:
    guilty = [
        name
        for name, tree in modules("kimdesk", "ui", "resources")
        if room(name) != "kimdesk.cli" and name != "ui.__main__"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert guilty == []


def test_each_database_is_spoken_to_in_its_own_corner() -> None:
    corners = {
        "sqlcipher3": ("kimdesk.vault", "kimdesk.store.sqlite"),
        "sqlalchemy.dialects.sqlite": ("kimdesk.store.dialect",),
        "psycopg": ("kimdesk.store.postgresql",),
        "sqlalchemy.dialects.postgresql": ("kimdesk.store.dialect",),
    }
    guilty = [
        f"{name} imports {each}"
        for name, tree in modules("kimdesk", "ui")
        for each in imports(tree)
        for driver, allowed in corners.items()
        if each.startswith(driver) and not name.startswith(allowed)
    ]
    assert guilty == []
