"""What every service asks of ten invented households, and why: the list a case manager can read.

``docs/checklists.md`` is compared with what the program judges, and written anew only by hand:
``python -m tests.casework.what_is_asked``, to be read before it is committed.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Final

import msgspec

from kimdesk.casework.checklists import ChecklistLine, begun, lines
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.catalogue.paper_conditions import Paper
from kimdesk.catalogue.services import Service
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.needs.facts import gathered
from kimdesk.domain.records import (
    Achievement,
    Case,
    CaseFile,
    Member,
    Person,
    PhaseEntry,
    Referral,
    RegimeSpell,
    Relation,
    ResidenceSpell,
    Standing,
)
from kimdesk.domain.terms import Lane, Phase, Role
from kimdesk.texts import needs

HERE: Final = Path(__file__).parent
FILE: Final = HERE.parents[1] / "docs" / "checklists.md"
DAY: Final = date(2026, 11, 30)
INTRO: Final = """# Was jede Stelle verlangt, und warum

Für jede Stelle jede Zeile ihrer Checkliste, beurteilt für zehn erfundene Haushalte am 30.11.2026. „Nötig“ und
„nicht nötig“ sagt der Fall; „offen“ ist, was im Fall noch fehlt oder nur ein Mensch entscheiden kann. Ein
Buchstabe ohne Worte: dafür braucht es keinen Grund.
Geschrieben von `python -m tests.casework.what_is_asked`, verglichen in einem Test.

"""


class _Person(msgspec.Struct, forbid_unknown_fields=True):
    key: str
    role: Role
    born: str = ""
    nationality: str = ""
    arrived: str = ""
    protected: bool = False
    address_blocked: bool = False


class _Residence(msgspec.Struct, forbid_unknown_fields=True):
    of: list[str]
    status: str
    paragraph: str = ""
    since: str = msgspec.field(name="from", default="")
    until: str = ""
    employment: str = ""


class _Spell(msgspec.Struct, forbid_unknown_fields=True):
    of: list[str]
    lane: Lane
    regime: str
    since: str = msgspec.field(name="from")
    until: str = ""


class _Of(msgspec.Struct, forbid_unknown_fields=True):
    of: str
    kind: str = ""
    asylum_decision: str = ""


class Household(msgspec.Struct, forbid_unknown_fields=True):
    """One of the ten."""

    letter: str
    name: str
    persons: list[_Person]
    residence: list[_Residence] = []
    spells: list[_Spell] = []
    relations: list[_Of] = []
    achievements: list[_Of] = []
    standings: list[_Of] = []
    living: str = ""


class _Ten(msgspec.Struct, forbid_unknown_fields=True):
    household: list[Household]


def households() -> list[Household]:
    """Return the ten households."""
    text = (HERE / "ten_households.toml").read_bytes()
    return msgspec.toml.decode(text, type=_Ten).household


def case_of(one: Household) -> CaseFile:
    """Return a household as a case."""
    answers = {"household": {"living": one.living}} if one.living else {}
    return CaseFile(
        case=Case(id="case", opened_on=DAY),
        persons=tuple(map(_person, one.persons)),
        members=tuple(Member(case_id="case", person_id=each.key, role=each.role) for each in one.persons),
        residence=tuple(_residence(each, key) for each in one.residence for key in each.of),
        regimes=tuple(_spell(each, key) for each in one.spells for key in each.of),
        relations=tuple(Relation(person_id=each.of, other_id="x", kind=each.kind) for each in one.relations),
        achievements=tuple(Achievement(person_id=each.of, kind=each.kind) for each in one.achievements),
        standings=tuple(
            Standing(person_id=each.of, asylum_decision=each.asylum_decision) for each in one.standings
        ),
        phases=(PhaseEntry(phase=Phase.ASSESSMENT, form="assessment", answers=answers),),
    )


def _person(one: _Person) -> Person:
    return Person(
        id=one.key,
        given_names=one.key,
        birth_date=PartialDate.parse(one.born) if one.born else None,
        nationalities=(one.nationality,) if one.nationality else (),
        arrived_on=PartialDate.parse(one.arrived) if one.arrived else None,
        protected=one.protected,
        address_blocked=one.address_blocked,
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _residence(one: _Residence, key: str) -> ResidenceSpell:
    return ResidenceSpell(
        person_id=key, status=one.status, paragraph=one.paragraph, valid_from=_day(one.since),
        valid_until=_day(one.until), employment=one.employment,
    )  # fmt: skip


def _spell(one: _Spell, key: str) -> RegimeSpell:
    return RegimeSpell(
        person_id=key, lane=one.lane, regime=one.regime, starts_on=_day(one.since), ends_on=_day(one.until)
    )


def written() -> str:
    """Return the whole list."""
    cases = [(one.letter, case_of(one)) for one in households()]
    told = [f"- **{one.letter}** {one.name}\n" for one in households()]
    services = (_service(one, cases) for one in SHIPPED.services(DAY))
    return INTRO + "".join(told) + "".join(services)


def _service(one: Service, cases: list[tuple[str, CaseFile]]) -> str:
    head = f"\n## {one.name}\n\n| Unterlage | nötig | nicht nötig | offen |\n|---|---|---|---|\n"
    judged = [(letter, file, household_lines(one, file)) for letter, file in cases]
    return head + "".join(_row(at, paper, judged) for at, paper in enumerate(one.items))


def household_lines(one: Service, file: CaseFile) -> tuple[ChecklistLine, ...]:
    """Return what a service asks of a household."""
    facts = gathered(file, DAY)
    made = Referral(service=one.code, service_version=one.version, checklist=begun(one.items, facts))
    return lines(made, one.items, facts)


_Judged = list[tuple[str, CaseFile, tuple[ChecklistLine, ...]]]


def _row(at: int, paper: Paper, judged: _Judged) -> str:
    cells: dict[bool | None, list[tuple[str, str]]] = {True: [], False: [], None: []}
    for letter, file, found in judged:
        judgement = found[at].judgement
        assert judgement is not None
        cells[judgement.truth].append((letter, _why(found[at], file)))
    name = f"{paper.label} *(wenn: {paper.condition})*" if paper.condition else paper.label
    return f"| {name} | {_cell(cells[True])} | {_cell(cells[False])} | {_cell(cells[None])} |\n"


def _why(line: ChecklistLine, file: CaseFile) -> str:
    judgement, paper = line.judgement, line.paper
    assert judgement is not None
    assert paper is not None
    if judgement.truth is None:
        return needs.missing_words(SHIPPED, needs.wanted(line), file) or "selbst entscheiden"
    why = needs.joined(SHIPPED, judgement.because, file)
    if judgement.truth and paper.mandatory:
        why = ", ".join(line.persons) if paper.when else ""
    unknown = needs.missing_words(SHIPPED, needs.wanted(line), file)
    return "; noch offen: ".join(filter(None, (why, unknown)))


def _cell(found: list[tuple[str, str]]) -> str:
    if len(found) == len(households()) and len({why for _, why in found}) == 1:
        return f"alle: {found[0][1]}".removesuffix(": ")
    return "<br>".join(_grouped(found)) or "–"


def _grouped(found: Iterable[tuple[str, str]]) -> Iterator[str]:
    by_why = sorted(found, key=lambda one: (one[1], one[0]))
    groups = [(why, [letter for letter, _ in each]) for why, each in groupby(by_why, key=lambda one: one[1])]
    for why, letters in sorted(groups, key=lambda one: one[1]):
        yield f"**{', '.join(letters)}** {why}".strip()


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
