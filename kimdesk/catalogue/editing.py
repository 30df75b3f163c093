"""Documents of the catalogue as forms to fill in: a service, a code list; their answers are documents again.

What a document holds besides the fields of its form stays as it is. Whoever adds an entry need not think of a
code: it is made from the words, and never changes afterwards.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from datetime import date
from typing import Any, Final

import msgspec
from anyascii import anyascii

import resources
from kimdesk.catalogue.layers import Shipped, Table
from kimdesk.catalogue.services import BASE, base
from kimdesk.forms.check import lists_named
from kimdesk.forms.codes import Code, CodeList
from kimdesk.forms.definition import FormDefinition, FormSheet

Answers = dict[str, Any]

_FILES: Final = Shipped()
EMPTY: Final[tuple[Any, ...]] = (None, "", False, [])
"""Answers that say nothing."""
_NEEDED: Final[Answers] = {
    "name": "", "offer": "", "source": "", "responsible": "municipality", "answer_days": 0, "purposes": [],
    "information_kinds": [],
}  # fmt: skip
_LONGEST: Final = 40


def service_form(find_list: Callable[[str], CodeList]) -> FormDefinition:
    """Return the form that edits a service; ``find_list`` are the code lists of the catalogue."""
    shared = base(_FILES.table(BASE) or {})
    own = {
        "responsible": codes("responsible", shared.responsible.items()),
        "base_item": codes("base_item", ((item.code, item.label) for item in shared.item)),
    }
    return definition("service", find_list, own)


def service_answers(table: Table) -> Answers:
    """Return a service as answers to its form."""
    plain = msgspec.to_builtins(dict(table))
    items = plain.pop("item", [])
    return {"service": plain, "base": {"include": plain.get("include", [])}, "item": items}


def service_table(answers: Mapping[str, Any], before: Table) -> dict[str, Any]:
    """Return the service of ``answers``; what the form does not ask stays as it is in ``before``."""
    found = _over(before, "service", answers.get("service", {}), deepcopy(_NEEDED))
    found["include"] = list(answers.get("base", {}).get("include", []))
    taken = {*found["include"], *(one["code"] for one in before.get("item", ()))}
    found["item"] = coded(answers.get("item", []), "code", taken)
    return found


def new_service(name: str, taken: Iterable[str]) -> dict[str, Any]:
    """Return a service that is just being added, with a code nobody has; it still needs its facts."""
    return {
        "code": slug(name, set(taken)),
        "version": 1,
        "name": name,
        "offer": "",
        "responsible": "municipality",
        "source": "",
        "valid_from": "2026-01-01",
        "purposes": [],
        "information_kinds": ["person"],
        "answer_days": 14,
        "icon": "buildings",
        "include": ["identity"],
        "item": [],
    }


def list_form(find_list: Callable[[str], CodeList]) -> FormDefinition:
    """Return the form that edits a code list."""
    return definition("codelist", find_list, {})


def list_answers(table: Table) -> Answers:
    """Return a code list as answers to its form."""
    plain = msgspec.to_builtins(dict(table))
    return {"list": {"title": plain["title"], "source": plain["source"]}, "code": plain.get("code", [])}


def list_table(answers: Mapping[str, Any], before: Table) -> dict[str, Any]:
    """Return the code list of ``answers``: of the shipped entries only those that are said otherwise."""
    found = _over(before, "codelist", answers.get("list", {}), {"title": "", "source": ""})
    shipped = _FILES.table(f"codelists/{before['name']}.toml")
    known = {one["code"]: msgspec.to_builtins(one) for one in (shipped or {}).get("code", ())}
    entries = coded(answers.get("code", []), "code", {*known, *(one["code"] for one in before["code"])})
    found["code"] = [one for one in entries if one != known.get(one["code"])]
    return found


def new_list(title: str, taken: Iterable[str]) -> dict[str, Any]:
    """Return a code list that is just being added."""
    name = slug(title, set(taken))
    return {"name": name, "title": title, "source": "", "valid_from": "2026-01-01", "code": []}


def definition(
    name: str, find_list: Callable[[str], CodeList], own: Mapping[str, CodeList]
) -> FormDefinition:
    """Return the form ``resources/editing/<name>.toml``, choosing from lists of its ``own`` and others."""
    sheet = msgspec.convert(resources.read_toml(f"editing/{name}.toml"), FormSheet)
    lists = {each: own[each] if each in own else find_list(each) for each in lists_named(sheet)}
    facts = {field: getattr(sheet, field) for field in sheet.__struct_fields__}
    return FormDefinition(**facts, lists=lists)


def codes(name: str, entries: Iterable[tuple[str, str]]) -> CodeList:
    """Return a code list that stands in no document."""
    found = tuple(Code(code=code, label=label) for code, label in entries)
    return CodeList(name=name, title=name, source=name, valid_from=date.min, codes=found)


def coded(entries: Iterable[Mapping[str, Any]], key: str, taken: set[str]) -> list[dict[str, Any]]:
    """Return ``entries`` without empty members, each with a code: its own, else one made from its label."""
    found = []
    for entry in entries:
        kept = {name: value for name, value in entry.items() if value not in EMPTY}
        if not kept:
            continue  # added and not begun
        if key not in kept:
            kept = {key: slug(str(kept.get("label", "")), taken), **kept}
            taken.add(kept[key])
        found.append({**kept, "label": str(kept.get("label", ""))})
    return found


def slug(text: str, taken: set[str]) -> str:
    """Return a code made from ``text`` that is not ``taken``."""
    plain = re.sub(r"[^a-z0-9]+", "_", anyascii(text).lower()).strip("_")[:_LONGEST].strip("_")
    start = plain if plain[:1].isalpha() else f"own_{plain}".rstrip("_")
    numbers = (f"{start}_{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (start, *numbers) if code not in taken)


def word(name: str, code: str) -> str:
    """Return what ``code`` of the list ``name`` in ``resources/editing/lists.toml`` is called."""
    return words(name).get(code, code)


def words(name: str) -> dict[str, str]:
    """Return what the codes of the list ``name`` are called."""
    found: dict[str, str] = resources.read_toml("editing/lists.toml")[name]
    return found


def _over(before: Table, form: str, answers: Answers, needed: Answers) -> dict[str, Any]:
    """Return ``before`` with ``answers`` over it; what is empty is left out, or as ``needed`` says."""
    asked = {field["id"] for field in resources.read_toml(f"editing/{form}.toml")["section"][0]["field"]}
    plain: dict[str, Any] = msgspec.to_builtins(dict(before))
    kept = {name: value for name, value in plain.items() if name not in asked}
    given = {name: value for name, value in answers.items() if name in asked and value not in EMPTY}
    return {**kept, **needed, **given}
