"""The house keeps its floors: each test is one rule of ARCHITECTURE.md."""

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest
from importlinter.cli import lint_imports

from ui.program import keys

ROOT = Path(__file__).parent.parent
MOST_LINES, MOST_METHODS = 40, 20


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


def test_rooms_keep_the_contracts_of_pyproject(capsys: pytest.CaptureFixture[str]) -> None:
    """Floors of the core and of the windows, no circle of rooms, no Qt below: ``[tool.importlinter]``."""
    kept = lint_imports(str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True) == 0
    assert kept, capsys.readouterr().out


def test_no_module_needs_itself_by_a_circle() -> None:
    """Whatever is imported at the top of a module, on first use or for types alone."""
    graph = grimp.build_graph("kimdesk", "ui", "resources", cache_dir=None)
    needs = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    TopologicalSorter(needs).prepare()


def test_readers_of_foreign_bytes_are_imported_by_the_caged_helper_alone() -> None:
    """Whoever imported one in the program could hand it foreign bytes there."""
    graph = grimp.build_graph("kimdesk", "ui", "resources", cache_dir=None, include_external_packages=True)
    graph.remove_import(importer="kimdesk.cli.scan", imported="PIL")  # it saves a picture of our own
    readers = ("PIL", "pi_heif", "pypdfium2", "xlrd")
    found = set().union(*map(graph.find_downstream_modules, readers))
    caged = ("kimdesk.casework.scans.", "kimdesk.casework.sheets.")
    assert found
    assert [each for each in found if not each.startswith(caged)] == []


def test_functions_and_classes_can_be_taken_in() -> None:
    long, wide = [], []
    for name, tree in modules("kimdesk", "ui", "resources"):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= MOST_LINES:
                long.append(f"{name}.{node.name}")
            if isinstance(node, ast.ClassDef) and _methods(node) > MOST_METHODS:
                wide.append(f"{name}.{node.name}")
    assert (long, wide) == ([], [])


def _methods(node: ast.ClassDef) -> int:
    return sum(isinstance(each, ast.FunctionDef) for each in node.body)


def test_the_domain_needs_the_standard_library_only() -> None:
    guilty = [
        f"{name} imports {each}"
        for name, tree in modules("kimdesk/domain")
        for each in imports(tree)
        if not each.startswith("kimdesk.domain") and each.split(".")[0] not in sys.stdlib_module_names
    ]
    assert guilty == []


def test_every_import_is_absolute() -> None:
    for _, tree in modules("kimdesk", "ui", "resources"):
        list(imports(tree))


def test_nothing_prints_but_the_command_line() -> None:
    guilty = [
        name
        for name, tree in modules("kimdesk", "ui", "resources")
        if not name.startswith("kimdesk.cli") and name != "ui.__main__"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert guilty == []


def test_the_keyboard_is_moved_by_the_rule_of_focus_alone() -> None:
    """``ui.focus`` moves it and nothing else; ``focusProxy()`` takes its result away from its owner."""
    barred = {"setFocus", "focusProxy"}
    moved = [
        f"{name}:{node.lineno}"
        for name, tree in modules("ui")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in barred
    ]
    assert [each for each in moved if not each.startswith("ui.focus.")] == []


def test_every_key_is_on_the_list_of_keys_and_every_key_on_it_is_bound() -> None:
    """``ui.program.keys`` alone makes shortcuts, so the page of all keys, made of it, is whole and true."""
    calls = [
        (name, node, getattr(node.func, "attr", getattr(node.func, "id", "")))
        for name, tree in modules("ui")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    ]
    makers = {name for name, _, called in calls if called in {"QShortcut", "setShortcut", "setShortcuts"}}
    bound = {
        node.args[1].value
        for _, node, called in calls
        if called == "bind" and len(node.args) > 1 and isinstance(node.args[1], ast.Constant)
    }
    assert makers == {"ui.program.keys"}
    assert bound == {key.name for key in keys.ALL if not key.inborn}


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


GERMAN = re.compile(
    r"[äöüÄÖÜß„“]|\b(?:[Uu]nd|[Oo]der|[Dd]er|[Dd]ie|[Dd]as|[Ee]in|[Ee]ine|[Nn]icht|[Mm]it|[Vv]on|[Vv]om|[Bb]is|[Ff]ür|[Ww]eil|[Aa]m|[Ii]m"
    r"|[Kk]ein|[Kk]eine|[Ss]eit|[Oo]hne|ja|nein|heute|gestern|morgen|Uhr|Tage?n?|Wochen?|Monate?n?|Jahre?n?|Minuten"
    r"|Fall|Akte|Frist|Termin|Verweis|Bescheid|Gespräch|Einwilligung|Kreis|Tresor|Paket|Befund|abgeschlossen)\b"
)
READING = {
    "kimdesk.domain.addresses",
    "kimdesk.domain.phonetics",
    "kimdesk.domain.law.paragraphs",
    "kimdesk.store.folding",
    "kimdesk.store.postgresql.failures",
    "kimdesk.casework.sheets.encodings",
}
"""Modules that read German, letter by letter or what a server answers; they say none."""


def test_no_code_below_the_windows_holds_german() -> None:
    """What people read is data in resources, said by ``kimdesk.texts``; the practice town tells stories."""
    guilty = [
        f"{name}:{line} {text!r}"
        for name, tree in modules("kimdesk")
        if not name.startswith("kimdesk.practice") and name not in READING and ".migrations." not in name
        for line, text in strings(tree)
        if GERMAN.search(text)
    ]
    assert guilty == []


def strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the texts of a module that are no docstrings, each with its line."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def test_words_only_sqlite_knows_stand_in_its_corner() -> None:
    words = re.compile(r"PRAGMA |\browid\b|json_each\(|json_extract\(|\binstr\(|sqlite_schema|MATCH :")
    allowed = ("vault/", "store/sqlite/", "store/dialect.py", "store/reckoning.py", "store/migrations/")
    core = ROOT / "kimdesk"
    guilty = [
        path.relative_to(core).as_posix()
        for path in sorted(core.rglob("*.py"))
        if words.search(path.read_text(encoding="utf-8"))
    ]
    assert [each for each in guilty if not each.startswith(allowed)] == []


OWN_CONTENT = {
    "kimdesk.catalogue.layers": "reads the shipped documents for it",
    "kimdesk.catalogue.editing": "how documents are edited belongs to the program",
    "kimdesk.catalogue.editing_lists": "its forms too",
    "kimdesk.catalogue.editing_words": "and their words",
    "kimdesk.catalogue.municipalities": "asked for before a desk is made, and no layer founds a municipality",
    "kimdesk.catalogue.responsibility": "what a municipality is by law; who it is here, the desk notes",
    "kimdesk.casework.desk": "what a desk holds before it has layers",
    "kimdesk.cli.rules": "rules over facts alone, without a vault and so without layers",
    "kimdesk.cli.screening": "screens facts alone, without a desk",
    "kimdesk.cli.responsible": "the same: who it is by law, without a vault",
    "kimdesk.practice": "the invented town is made of shipped content alone",
    "kimdesk.store.likeness": "keys in the vault follow from how names are heard",
    "kimdesk.store.work": "a writer outside a desk writes no cases",
    "kimdesk.sync.leaving.caseload": "from when somebody is of age is no municipality's",
    "kimdesk.sync.leaving.projection": "a code that a municipality added can be the name of a place",
    "kimdesk.sync.leaving.allow_list": "what may leave is reviewed with the program, not given out",
    "kimdesk.sync.leaving.policy": "it is judged by the codes that come with the program",
    "kimdesk.texts": "what is said",
    "kimdesk.indicators": "what is counted is the same everywhere, or no two desks could be compared",
    "kimdesk.pictures.inks": "the colours of the windows",
    "kimdesk.documents.recovery_sheet": "made before a desk is open",
    "kimdesk.documents.slip": "made of a file alone, without a desk",
    "kimdesk.vault.failures": "which error of the system means what",
    "kimdesk.vault.passphrase": "needed before a vault is open",
    "kimdesk.vault.place": "needed before a vault is open",
    "ui.kit": "icons",
    "ui.pages.help": "the help",
    "ui.theme": "the look",
}
"""Rooms that may read content without a desk, and why; everything else asks ``desk.catalogue``."""


def _reads_content(node: ast.AST) -> bool:
    """Return whether ``node`` reads a shipped document, or asks the shipped catalogue."""
    return any(
        isinstance(each, ast.Name) and each.id in {"resources", "SHIPPED"} and isinstance(each.ctx, ast.Load)
        for each in ast.walk(node)
    )


def test_content_is_asked_of_a_desk_and_not_of_the_process() -> None:
    guilty = [
        name
        for name, tree in modules("kimdesk", "ui")
        if _reads_content(tree) and not any(f"{name}.".startswith(f"{each}.") for each in OWN_CONTENT)
    ]
    assert guilty == []


def test_no_room_is_excused_for_nothing() -> None:
    reading = {f"{name}." for name, tree in modules("kimdesk", "ui") if _reads_content(tree)}
    assert [each for each in OWN_CONTENT if not any(one.startswith(f"{each}.") for one in reading)] == []


def test_what_is_kept_for_the_process_comes_from_no_catalogue() -> None:
    """A cache or a constant of a module is shared by all desks, and no desk could replace it."""
    guilty = []
    for name, tree in modules("kimdesk", "ui"):
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        cached = [node for node in functions if _names(node.decorator_list) & {"cache", "lru_cache"}]
        constants = [node for node in tree.body if isinstance(node, (ast.Assign, ast.AnnAssign))]
        kept = [*(ast.walk(node) for node in cached), *map(_evaluated, constants)]
        if any(_names(list(nodes)) & {"catalogue", "SHIPPED"} for nodes in kept):
            guilty.append(name)
    assert guilty == ["kimdesk.store.likeness"]  # how names are heard is the program's own, see above


def _names(nodes: Sequence[ast.AST]) -> set[str]:
    """Return the names that are used, of variables, attributes and parameters; not those that are set."""
    called = [each.func if isinstance(each, ast.Call) else each for each in nodes]
    used = [each for each in called if not isinstance(getattr(each, "ctx", None), ast.Store)]
    return {
        str(getattr(each, part)) for each in used for part in ("id", "attr", "arg") if hasattr(each, part)
    }


def _evaluated(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is worked out at import: nothing within a lambda."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.Lambda):
            yield from _evaluated(child)


def test_a_class_name_stands_in_one_file() -> None:
    """Who reads a name knows which thing is meant."""
    found: dict[str, list[str]] = {}
    for name, tree in modules("kimdesk", "ui"):
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(name)
    assert {name: places for name, places in found.items() if len(places) > 1} == {}
