"""What arrives at a Kreis of every column and every answer, under each basis.

``docs/what-leaves.md`` is the list of it for a data protection officer. It is compared with what a real
export brings to a real registry, and written anew only by hand: ``python -m tests.sync.what_leaves``, to be
read before it is committed.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, get_type_hints

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain import records
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.kinds import CASE_RECORDS, KINDS, kind_of, type_of
from kimdesk.domain.records import (
    Case,
    ChecklistEntry,
    Consent,
    DatedNote,
    HandOver,
    LanguageSkill,
    Member,
    Person,
    PhaseEntry,
    PlanStep,
    Record,
    ReferralStep,
    SettledDate,
    Translation,
)
from kimdesk.domain.terms import Phase, Role, SharingLevel, StepKind
from kimdesk.forms.answers import choices_of
from kimdesk.forms.definition import Field, FieldType, FormDefinition, Repeat, Section
from kimdesk.sync.leaving import code_values
from kimdesk.sync.leaving.policy import policy
from kimdesk.texts import say
from kimdesk.texts.preview_fields import field_label
from tests.sync.exchange import AGS, Exchange, enrol, make_desk, open_exchange
from tests.sync.exchange import KINDS as ALL_KINDS

FILE: Final = Path(__file__).parents[2] / "docs" / "what-leaves.md"
TABLES: Final = "## Angaben in den Datensätzen"
ROUNDS: Final = 9
CODES: Final = {
    "ags": AGS,
    "recipient": "ki",
    "regime": "sgb2",
    "service": "jobcenter",
    "life_domain": "housing",
}
OF_PERSONS: Final = ("person", "member", "regime_spell", "regime_change", "residence_spell", "measure")
WHOLE, NOTHING = "ja", "–"


@dataclass(frozen=True)
class Basis:
    """A column of the list: what was agreed to, and whose record is looked at."""

    title: str
    level: SharingLevel = SharingLevel.IDENTIFIED
    purpose: str = "reporting"
    protected: bool = False
    child: bool = False


BASES: Final = (
    Basis("mit Namen"),
    Basis("Kind", child=True),
    Basis("pseudonym", level=SharingLevel.PSEUDONYMISED),
    Basis("geschützt", protected=True),
    Basis("Schule", purpose="school"),
)


def value_of(kind: str, name: str, hint: str) -> Any:
    """Return a value for a field: a code where it holds codes, a text nothing knows otherwise."""
    rule = policy().record[kind].field[name]
    if rule.codes:
        code = {
            "ags": AGS,
            "recipient": "ki",
            "regime": "sgb2",
            "service": "jobcenter",
            "life_domain": "housing",
        }
        found = code.get(rule.codes) or code_values.codes(SHIPPED, rule.codes)[0]
        return (found,) if "tuple" in hint else found
    made: dict[str, Any] = {
        "LanguageSkill": (LanguageSkill("kmr"),),
        "ChecklistEntry": (ChecklistEntry(item="identity_document", note="Kanarie"),),
        "ReferralStep": (
            ReferralStep(id="1", kind=StepKind.QUERY, on=date(2026, 5, 4), who="Kanarie", text="Kanarie"),
        ),
        "PlanStep": (PlanStep(text="Kanarie"),),
        "DatedNote": (DatedNote(date(2026, 5, 4), text="Kanarie"),),
        "Translation": (Translation(language="ara", text="Kanarie", of="Kanarie", by="Kanarie"),),
        "HandOver": (HandOver("Kanarie"),),
        "SettledDate": (SettledDate("goal_due:1", date(2026, 5, 4), "let_go", "Kanarie", date(2026, 5, 4)),),
        "tuple": ("Kanarie",),
        "Mapping": {"Kanarie": "Kanarie"},
        "PartialDate": PartialDate(1990, 5, 3),
        "datetime.datetime": datetime(2026, 5, 4, 3, 2, tzinfo=UTC),
        "date": date(2026, 5, 4),
        "bool": True,
        "int": 7,
        "str": "Kanarie",
    }
    return next(made[each] for each in made if each in hint)


def filled(record_type: type[Record], **given: Any) -> Any:
    """Return a record with something in every field that is not ``given``."""
    kind, hints = kind_of(record_type), get_type_hints(record_type, vars(records))
    values: dict[str, Any] = {}
    for each in fields(record_type):
        if each.name in ("id", "rev", *given):
            continue
        hint = hints[each.name]
        enum = hint if isinstance(hint, type) and issubclass(hint, StrEnum) else None
        values[each.name] = next(iter(enum)) if enum else value_of(kind, each.name, str(hint))
    return record_type(**values | given)


def plant(exchange: Exchange, basis: Basis) -> dict[str, list[Record]]:
    """Put a case with something everywhere into the desk; return the records looked at, by kind."""
    found: dict[str, list[Record]] = {}

    def put(record: Record) -> Any:
        kept = exchange.put(record)
        found.setdefault(kind_of(type(kept)), []).append(kept)
        return kept

    case = put(filled(Case, ags=AGS))
    marks = {"protected": basis.protected, "address_blocked": basis.protected}
    client = put(filled(Person, **marks))
    child = exchange.put(filled(Person, birth_date=PartialDate(2018, 5, 3), **marks))
    looked_at = child if basis.child else client
    for person, role in ((client, Role.CLIENT), (child, Role.CHILD)):
        put(filled(Member, case_id=case.id, person_id=person.id, role=role))
    if basis.child:
        found |= {"person": [child], "member": found["member"][1:]}
    terms: dict[str, Any] = {
        "case_id": case.id, "person_id": "", "recipient": "ki", "purpose": basis.purpose,
        "level": basis.level, "kinds": ALL_KINDS, "special_categories": ("health",),
        "valid_until": date(2027, 5, 4), "withdrawn_on": date(2027, 5, 4),
    }  # fmt: skip
    put(filled(Consent, **terms))
    links = {"case_id": case.id, "person_id": looked_at.id, "other_id": client.id, "for_person": looked_at.id}
    links |= dict.fromkeys(("goal_id", "consent_id"), "") | {"requires": ()}
    for record_type in CASE_RECORDS:
        if record_type not in (Member, Consent, PhaseEntry):
            has = {each.name for each in fields(record_type)}
            put(filled(record_type, **{name: value for name, value in links.items() if name in has}))
    for phase in Phase:
        for number in range(ROUNDS):
            answers = {"answers": answered(SHIPPED.phase_form(phase), number), "round": number + 1}
            form = {"phase": phase, "form": phase.value, "version": SHIPPED.phase_form(phase).version}
            put(filled(PhaseEntry, case_id=case.id, **form, **answers))
    return found


def answered(form: FormDefinition, number: int) -> dict[str, Any]:
    """Return an answer to every question of a form; ``number`` chooses other codes each time."""
    found: dict[str, Any] = {}
    for section in form.sections:
        entry: dict[str, Any] = {}
        for field in section.fields:
            if (value := answer(form, field, entry, number)) is not None:
                entry[field.id] = value
        if entry:
            found[section.id] = _nested(section, entry)
    return found


def _nested(section: Section, entry: dict[str, Any]) -> Any:
    if section.repeat is Repeat.ONCE:
        return entry
    if section.repeat is Repeat.LIST:
        return [entry]
    return {each.code: entry for each in SHIPPED.code_list(section.over).codes}


def answer(form: FormDefinition, field: Field, entry: Mapping[str, Any], number: int) -> Any:
    """Return an answer that the question takes, None where it takes none of its own."""
    if field.type in (FieldType.CHOICE, FieldType.CHOICES, FieldType.SCALE):
        codes = [each.code for each in SHIPPED.code_list(choices_of(field, entry)).codes]
        code = codes[number % len(codes)]
        return (
            [code]
            if field.type is FieldType.CHOICES
            else int(code)
            if field.type is FieldType.SCALE
            else code
        )
    made: dict[FieldType, Any] = {
        FieldType.TEXT: "Kanarie",
        FieldType.LONG_TEXT: "Kanarie",
        FieldType.TEXTS: ["Kanarie"],
        FieldType.DATE: "2026-05-04",
        FieldType.PARTIAL_DATE: "2026-05",
        FieldType.TIME: "09:30",
        FieldType.INTEGER: field.min or 1,
        FieldType.BOOLEAN: number % 2 == 0,
        FieldType.LANGUAGES: [{"language": "kmr", "level": "B1", "interpreter": True}],
        FieldType.SERVICE: "jobcenter",
        FieldType.MUNICIPALITY: AGS,
    }
    return made.get(field.type)


def arrived(exchange: Exchange, basis: Basis) -> dict[str, str]:
    """Return how each column ("goal.text") and each answer ("answers.intake.request.request") arrives."""
    planted = plant(exchange, basis)
    exchange.round()
    told: dict[str, str] = {}
    for kind, found in planted.items():
        if basis.child and kind not in OF_PERSONS:
            continue
        known = {each.id for each in found} if basis.level is SharingLevel.IDENTIFIED else set()
        mine = [row for row in exchange.held(type_of(kind)) if not known or row["id"] in known]
        for field in fields(type_of(kind)):
            told[f"{kind}.{field.name}"] = _how(kind, field.name, found, mine)
        if kind == "phase_entry":
            told |= _answers(mine)
    return {place: how for place, how in told.items() if how}


def _how(kind: str, name: str, found: list[Record], rows: list[dict[str, Any]]) -> str:
    values = [getattr(each, name) for each in found]
    if values[0] is False:
        return ""  # it says nothing here
    ways = {_way(name, values, row) for row in rows} or {NOTHING}
    if name == "answers":
        ways = {"einzeln"} if rows else {NOTHING}
    return ", ".join(sorted(ways))


def _way(name: str, values: list[Any], row: dict[str, Any]) -> str:
    there = row.get(name)
    if name == "birth_date" and row.get("age_band"):
        return "Altersgruppe"
    if there is None:
        return NOTHING
    if any(_plain(there) == _plain(value) for value in values):
        return WHOLE
    texts = [there] if isinstance(there, str) else there if isinstance(there, list | tuple) else []
    if texts and all(isinstance(each, str) and each.startswith("P") and len(each) == 25 for each in texts):
        return "Pseudonym"
    if isinstance(there, PartialDate):
        return "Monat" if there.month else "Jahr"
    return {"nationalities": "Erdteil", "checklist": "ohne Notizen"}.get(name, "gerundet")


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple | list) else value


def _answers(rows: list[dict[str, Any]]) -> dict[str, str]:
    there = {path for row in rows for path in _paths(row["form"], row.get("answers") or {})}
    every = {path for phase in Phase for path in questions(phase)}
    return {path: WHOLE if path in there else NOTHING for path in sorted(every)}


def questions(phase: Phase) -> Iterator[str]:
    """Yield the paths of the questions of a form, as the policy calls them."""
    for section in SHIPPED.phase_form(phase).sections:
        once = section.repeat is Repeat.ONCE
        yield from (
            f"answers.{phase}.{section.id}.{'' if once else '*.'}{field.id}"
            for field in section.fields
            if field.type is not FieldType.RECORDS
        )


def _paths(form: str, answers: Mapping[str, Any]) -> Iterator[str]:
    for section_id, found in answers.items():
        section = next(each for each in SHIPPED.form(form).sections if each.id == section_id)
        if section.repeat is Repeat.ONCE:
            yield from (f"answers.{form}.{section_id}.{name}" for name in found)
        else:
            for entry in found.values() if isinstance(found, dict) else found:
                yield from (f"answers.{form}.{section_id}.*.{name}" for name in entry)


def listed() -> set[str]:
    """Return every column and answer the list names."""
    lines = FILE.read_text("utf-8").splitlines()
    return {line.split("`")[1] for line in lines if line.startswith("| `")}


def expected() -> dict[str, dict[str, str]]:
    """Return what the list says, by the title of the basis."""
    found: dict[str, dict[str, str]] = {basis.title: {} for basis in BASES}
    for line in FILE.read_text("utf-8").splitlines():
        cells = [each.strip() for each in line.strip("|").split("|")]
        if line.startswith("| `"):
            for basis, cell in zip(BASES, cells[2:], strict=False):
                if cell:
                    found[basis.title][cells[0].strip("`")] = cell
    return found


def written(by_basis: Mapping[str, Mapping[str, str]]) -> str:
    """Return the list as Markdown; what it says above its tables is written by hand."""
    lines = [FILE.read_text("utf-8").partition(TABLES)[0] + TABLES]
    kinds = SHIPPED.code_list("record_kind")
    for kind in KINDS:
        lines += ["", f"### {kinds.label(kind)}", "", *_head()]
        names = [each.name for each in fields(type_of(kind))]
        lines += [_line(f"{kind}.{name}", _label(kind, name), by_basis) for name in names]
    lines += ["", "## Antworten in den Formularen der Phasen"]
    for phase in Phase:
        lines += ["", f"### {SHIPPED.phase_form(phase).title}", "", *_head()]
        form = SHIPPED.phase_form(phase)
        labels = [
            f"{section.title}: {field.label}"
            for section in form.sections
            for field in section.fields
            if field.type is not FieldType.RECORDS
        ]
        lines += [_line(path, label, by_basis) for path, label in zip(questions(phase), labels, strict=True)]
    return "\n".join(lines) + "\n"


def _head() -> list[str]:
    titles = ["Feld", "Angabe", *(basis.title for basis in BASES), "Warum nicht"]
    return [f"| {' | '.join(titles)} |", f"|{'---|' * len(titles)}"]


def _label(kind: str, name: str) -> str:
    record_type = type_of(kind)
    required = {"phase": Phase.ACCESS, "opened_on": date(2026, 1, 1)}
    hints = {each.name for each in fields(record_type)}
    record = filled(record_type, **{key: value for key, value in required.items() if key in hints})
    return field_label(SHIPPED, record, name).replace("|", "/")


def _line(place: str, label: str, by_basis: Mapping[str, Mapping[str, str]]) -> str:
    cells = [by_basis[basis.title].get(place, "") for basis in BASES]
    why = "" if cells[0] not in (NOTHING, "") else _why(place)
    return f"| `{place}` | {label} | {' | '.join(cells)} | {why} |"


def _why(place: str) -> str:
    kind, _, name = place.partition(".")
    if kind == "answers":
        return say("preview.reason_minimisation")
    rule = policy().record[kind].field.get(name)
    key = f"preview.reason_{rule.why if rule else 'minimisation'}"
    return say(key, day="")


def made_anew() -> str:
    """Return the list as real exports bring it about now."""
    found: dict[str, dict[str, str]] = {}
    home = Path(tempfile.mkdtemp())
    try:
        desk, kreis = make_desk(home / "desk", "Eschenried"), make_desk(home / "kreis", "Auental", "kreis")
        enrol(desk, kreis, home)
        desk.close()
        kreis.close()
        for number, basis in enumerate(BASES):
            place = home / str(number)
            for name in ("desk", "kreis"):
                shutil.copytree(home / name, place / name)
            for name in ("stick", "receipts"):
                (place / name).mkdir()
            exchange = open_exchange(place)
            found[basis.title] = arrived(exchange, basis)
            exchange.close()
    finally:
        shutil.rmtree(home)
    return written(found)


if __name__ == "__main__":
    FILE.write_text(made_anew(), "utf-8")
