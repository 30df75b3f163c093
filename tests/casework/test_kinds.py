"""A kind of record is described once: what the desk does with records it does with every kind.

Each test goes over all kinds, so that a new one is read, counted, searched, exchanged, merged, told and
refused a way out before anybody has written a line for it elsewhere.
"""

import ast
import json
from collections.abc import Iterator
from dataclasses import MISSING, fields, replace
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import resources
from kimdesk.casework import cases, phases, trail
from kimdesk.casework.desk import Desk
from kimdesk.casework.exchange import document, import_documents
from kimdesk.casework.history import label_of
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.errors import ContentError
from kimdesk.domain.kinds import KINDS, RECORD_TYPES, Kind, must_name
from kimdesk.domain.records import (
    MEMBERS,
    Case,
    CaseRecord,
    ChecklistEntry,
    DatedNote,
    Dispute,
    HandOver,
    Member,
    Person,
    PlanStep,
    ReferralStep,
    Relation,
    Translation,
)
from kimdesk.domain.terms import Role, StepKind
from kimdesk.kreis import registry
from kimdesk.store.tables import RECORD_TABLES
from kimdesk.sync.leaving import allow_list, policy

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 24)
OWN = {"id", "rev", "extra", "case_id"}
MADE_BY_THE_PROGRAM = {
    *("number", "template", "service_version", "about", "facts", "rule"),
    *("added_on", "media_type", "sha256", "size", "look"),
}
SPECIAL = {
    "kimdesk.indicators.subjects": "what indicators count, and of which kinds that is all there is to know",
    "kimdesk.practice.kreis.desks": "what an invented desk writes",
    "kimdesk.sync.leaving.own_counts": "what indicators read",
    "ui.case.cards": "how some kinds look as cards",
    "ui.case.openers": "how some kinds are opened",
}
IN_CASES = [each for each in KINDS.values() if issubclass(each.type, CaseRecord)]
WITH_FORM = [each for each in KINDS.values() if each.form]


def by_name(kind: Kind) -> str:
    return kind.name


def word(kind: Kind, field: str) -> str:
    """Return a word that stands nowhere else."""
    return f"zwetschge{kind.name}{field}".replace("_", "")


def sample(kind: Kind, case: Case, person: Person) -> Any:
    """Return a new record of a kind about ``person``, each searched field holding its word."""
    hints = get_type_hints(kind.type)
    needed = (each for each in fields(kind.type) if each.default is each.default_factory is MISSING)
    values = {each.name: _some(hints[each.name]) for each in needed}
    values |= dict.fromkeys(must_name(kind.type, Person), person.id)
    values |= {field: _holding(field, word(kind, field)) for field in kind.searched}
    values |= {"case_id": case.id} if issubclass(kind.type, CaseRecord) else {}
    return kind.type(**values)


def about_something(desk: Desk, case: Case, record: Any) -> Any:
    """Return a record that names what a document has to know: another person, a field."""
    if isinstance(record, Relation):
        other = put(desk, Person(family_name="Osman", given_names="Tarig"))
        put(desk, Member(case_id=case.id, person_id=other.id, role=Role.PARTNER))
        return replace(record, other_id=other.id, kind="sibling")
    if isinstance(record, Dispute):
        return replace(record, record_kind="case", record_id=case.id, field_name="file_number")
    return record


def _some(hint: Any) -> Any:
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    return {date: DAY, datetime: datetime(2026, 11, 24, 9, tzinfo=UTC)}.get(hint, "")


def _holding(field: str, text: str) -> Any:
    inside = {
        "answers": {"section": [{"field": text}]},
        "steps": (PlanStep(text=text),),
        "identity_steps": (DatedNote(DAY, text=text),),
        "absences": (DatedNote(DAY, text=text),),
        "translations": (Translation(language="ara", text=text),),
        "checklist": (ChecklistEntry(item="identity", note=text),),
        "course": (ReferralStep(id="1", kind=StepKind.QUERY, on=DAY, text=text),),
        "handed": (HandOver(text),),
    }
    return inside.get(field, text)


def put(desk: Desk, record: Any) -> Any:
    with desk.writing() as writer:
        return writer.put(record)


@pytest.fixture
def client(desk: Desk, case: Case) -> Person:
    found = cases.peek(desk, case.id).client
    assert found
    return found


def test_every_kind_has_a_place_in_the_whole_case_and_one_description() -> None:
    assert set(RECORD_TYPES) == {Case, *MEMBERS}
    assert len(KINDS) == len(RECORD_TYPES) == len(set(RECORD_TYPES))
    for kind in KINDS.values():
        named = {
            *kind.searched,
            *(link.field for link in kind.links),
            *([kind.reason] if kind.reason else []),
        }
        assert named <= {each.name for each in fields(kind.type)}, kind.name


@pytest.mark.parametrize("kind", IN_CASES, ids=by_name)
def test_it_is_read_with_its_case_and_counted(desk: Desk, case: Case, client: Person, kind: Kind) -> None:
    before = phases.record_counts(cases.peek(desk, case.id))[kind.name]
    saved = put(desk, sample(kind, case, client))
    file = cases.peek(desk, case.id)
    assert saved in file.of(kind.type)
    assert phases.record_counts(file)[kind.name] == before + 1


@pytest.mark.parametrize("kind", IN_CASES, ids=by_name)
def test_its_case_is_found_by_what_is_written_in_it(
    desk: Desk, case: Case, client: Person, kind: Kind
) -> None:
    put(desk, sample(kind, case, client))
    for field in kind.searched:
        assert [row.id for row in cases.find(desk, word(kind, field))] == [case.id], field


@pytest.mark.parametrize("kind", [each for each in IN_CASES if each.section], ids=by_name)
def test_it_goes_out_with_its_case_and_comes_back(desk: Desk, case: Case, client: Person, kind: Kind) -> None:
    saved = put(desk, about_something(desk, case, sample(kind, case, client)))
    written = json.loads(json.dumps(document(cases.peek(desk, case.id))))
    schema = json.loads(resources.read_text("schema/case.schema.json"))
    item = schema["properties"][kind.section]["items"]["$ref"].rpartition("/")[2]
    [own] = [one for one in written[kind.section] if one["id"] == saved.id]
    assert own.keys() <= schema["$defs"][item]["properties"].keys()
    with desk.writing() as writer:
        writer.remove(saved)
    report = import_documents(desk, [{"id": case.id, kind.section: [own]}])
    assert (report.updated, report.refused) == (1, ())
    back = next(one for one in cases.peek(desk, case.id).of(kind.type) if one.id == saved.id)
    assert replace(back, rev=1) == saved


@pytest.mark.parametrize("kind", IN_CASES, ids=by_name)
def test_the_trail_calls_it_by_its_word(desk: Desk, case: Case, client: Person, kind: Kind) -> None:
    words = SHIPPED.code_list("record_kind")
    assert words.counted(kind.name, 1) == f"1 {words.label(kind.name)}"
    assert words.find(kind.name)
    saved = put(desk, sample(kind, case, client))
    [line] = [
        one for one in trail.page(desk, trail.Filter(case_id=case.id)).lines if one.record_id == saved.id
    ]
    assert line.words.startswith((words.label(kind.name), "Phase", "Angabe als „bestritten“"))


@pytest.mark.parametrize("kind", WITH_FORM, ids=by_name)
def test_its_form_says_what_its_dialog_asks(kind: Kind) -> None:
    form = SHIPPED.record_form(kind.name)
    assert form.asks or kind.name in ("case", "referral"), "these are begun elsewhere"
    assert form.edits or kind.name == "referral", "it is edited in its own tab"


@pytest.mark.parametrize("kind", WITH_FORM, ids=by_name)
def test_what_people_enter_has_a_history(kind: Kind) -> None:
    record = sample(kind, Case(id="c", opened_on=DAY), Person(id="p"))
    untold = {each.name for each in fields(kind.type) if label_of(SHIPPED, record, each.name) == each.name}
    assert untold <= OWN | MADE_BY_THE_PROGRAM


@pytest.mark.parametrize("kind", KINDS.values(), ids=by_name)
def test_it_has_a_table_on_the_desk_and_at_the_kreis(kind: Kind) -> None:
    columns = {each.name for each in fields(kind.type)}
    assert columns <= set(RECORD_TABLES[kind.type].c.keys())
    assert columns - {"extra"} <= set(registry.RECORDS[kind.name].c.keys())


@pytest.mark.parametrize("kind", KINDS)
def test_an_export_policy_that_does_not_mention_it_is_refused(kind: str) -> None:
    table = resources.read_toml(allow_list.PATH)
    silent = {**table, "record": {name: rule for name, rule in table["record"].items() if name != kind}}
    with pytest.raises(ContentError) as refused:
        policy.parse(silent)
    assert refused.value.facts["place"] == f"record.{kind}"


def test_no_second_list_of_kinds_is_kept_by_hand() -> None:
    """A collection that names half of the kinds is a list somebody forgets."""
    guilty = [f"{name}:{line}" for name, line in _lists_of_kinds() if name not in SPECIAL]
    assert guilty == []


def _lists_of_kinds() -> Iterator[tuple[str, int]]:
    types = {each.__name__ for each in RECORD_TYPES}
    for path in sorted([*(ROOT / "kimdesk").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if "migrations" in name or name in ("kimdesk.domain.kinds", "kimdesk.domain.records.__init__"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Dict | ast.Tuple | ast.List | ast.Set):
                parts = node.keys if isinstance(node, ast.Dict) else node.elts
                if len(set(map(_named, parts)) & (types | KINDS.keys())) >= len(KINDS) // 2:
                    yield name, node.lineno


def _named(node: ast.expr | None) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    return getattr(node, "attr", getattr(node, "id", ""))
