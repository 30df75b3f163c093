"""A case with a mark of its own in every field of every record, to see which marks leave."""

import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, Union, get_args, get_origin, get_type_hints

from kimdesk.domain import records
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.kinds import CASE_RECORDS, kind_of
from kimdesk.domain.records import (
    Case,
    ChecklistEntry,
    Consent,
    DatedNote,
    Finding,
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
from tests.sync.exchange import AGS, KINDS, Exchange

_FIRST = date(1971, 1, 1)
_LINKS = {"id", "rev", "case_id", "person_id", "other_id", "for_person", "goal_id", "consent_id", "requires"}


@dataclass
class Canaries:
    """The marks by where they were put ("person.phone"), and the records they are in."""

    marks: dict[str, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1000))
    days: Iterator[date] = field(default_factory=lambda: (_FIRST + timedelta(days=each) for each in count()))

    def mark(self, place: str) -> str:
        """Return a text found nowhere else."""
        self.marks[place] = f"Kanarie{next(self.numbers)}"
        return self.marks[place]

    def of(self, record_type: type[Record], prefix: str = "", **given: Any) -> Any:
        """Return a record with a mark in every field that is not ``given``."""
        kind = prefix or kind_of(record_type)
        hints = get_type_hints(record_type, vars(records))
        names = [each.name for each in fields(record_type) if each.name not in _LINKS | given.keys()]
        return record_type(**{name: self._value(f"{kind}.{name}", hints[name]) for name in names}, **given)

    def _value(self, place: str, hint: Any) -> Any:
        if get_origin(hint) in (Union, types.UnionType):
            hint = next(each for each in get_args(hint) if each is not types.NoneType)
        if get_origin(hint) is tuple:
            return (self._value(place, get_args(hint)[0]),)
        if get_origin(hint) is Mapping:
            return {"member": self.mark(place)}
        return self._plain(place, hint)

    def _plain(self, place: str, hint: Any) -> Any:
        made: dict[Any, Callable[[], Any]] = {
            str: lambda: self.mark(place),
            bool: lambda: True,
            int: lambda: 7,
            date: lambda: self._day(place),
            datetime: lambda: datetime.combine(self._day(place), datetime.min.time(), UTC),
            PartialDate: lambda: self._partial(place),
            LanguageSkill: lambda: LanguageSkill(self.mark(place)),
            ChecklistEntry: lambda: self._entry(place),
            ReferralStep: lambda: self._step(place),
            PlanStep: lambda: PlanStep(text=self.mark(f"{place}.text")),
            DatedNote: lambda: DatedNote(self._day(place), text=self.mark(f"{place}.text")),
            Translation: lambda: self._translation(place),
            HandOver: lambda: HandOver(self.mark(f"{place}.to")),
            SettledDate: lambda: self._settled(place),
        }
        return made[hint]() if hint in made else next(iter(hint))

    def birth(self, place: str) -> PartialDate:
        """Return the birthday of somebody who is not of age."""
        self.marks[place] = "2018-05-03"
        return PartialDate(2018, 5, 3)

    def _settled(self, place: str) -> SettledDate:
        said = self.mark(f"{place}.said")
        return SettledDate("goal_due:1", self._day(place), "let_go", said, self._day(place))

    def _translation(self, place: str) -> Translation:
        said = {name: self.mark(f"{place}.{name}") for name in ("language", "text", "of", "by")}
        return Translation(**said, made_on=self._day(place))

    def _step(self, place: str) -> ReferralStep:
        texts = ("by", "who", "channel", "reason", "text", "appointment_at")
        said: dict[str, Any] = {name: self.mark(f"{place}.{name}") for name in texts}
        papers = (self.mark(f"{place}.papers"),)
        return ReferralStep(id="1", kind=StepKind.SENT, on=self._day(place), papers=papers, **said)

    def _entry(self, place: str) -> ChecklistEntry:
        return ChecklistEntry(item=self.mark(f"{place}.item"), note=self.mark(f"{place}.note"))

    def _day(self, place: str) -> date:
        day = next(each for each in self.days if each.day > 1 and each.month > 1)
        self.marks[place] = day.isoformat()
        return day

    def _partial(self, place: str) -> PartialDate:
        day = self._day(place)
        return PartialDate(day.year, day.month, day.day)


def plant(exchange: Exchange, level: SharingLevel | None, **consent: Any) -> Canaries:
    """Put a case with marks everywhere into the desk of ``exchange``, shared at ``level``."""
    found = Canaries()
    case = exchange.put(found.of(Case, ags=AGS))
    open_address: dict[str, Any] = {"protected": False, "address_blocked": False}
    client = exchange.put(found.of(Person, **open_address))
    child = exchange.put(
        found.of(Person, "child", **open_address, birth_date=found.birth("child.birth_date"))
    )
    for person, role in ((client, Role.CLIENT), (child, Role.CHILD)):
        exchange.put(
            found.of(Member, f"{role.value}_member", case_id=case.id, person_id=person.id, role=role)
        )
    if level is not None:
        terms: dict[str, Any] = {
            "case_id": case.id, "recipient": "ki", "level": level, "kinds": KINDS, "purpose": "reporting",
            "special_categories": ("health",), "given_on": date(2026, 6, 12), "valid_until": None,
            "withdrawn_on": None,
        }  # fmt: skip
        exchange.put(found.of(Consent, **terms | consent))
    links = {"case_id": case.id, "person_id": client.id, "other_id": child.id, "goal_id": ""}
    for record_type in CASE_RECORDS:
        if record_type not in (Member, Consent, PhaseEntry):
            has = {each.name for each in fields(record_type)}
            given = {name: value for name, value in links.items() if name in has}
            exchange.put(found.of(record_type, **given | ({"ags": AGS} if record_type is Finding else {})))
    exchange.put(_assessment(found, case.id))
    return found


def _assessment(found: Canaries, case_id: str) -> PhaseEntry:
    answers = {
        "domains": {
            "housing": {"situation": found.mark("answers.housing"), "scale": 3},
            "health": {"situation": found.mark("answers.health"), "scale": 1},
        },
        "network": [{"who": found.mark("answers.third_party")}],
        "conclusion": {"summary": found.mark("answers.summary")},
        "unknown": {"member": found.mark("answers.unknown")},
    }
    given: dict[str, Any] = {"phase": Phase.ASSESSMENT, "form": "assessment", "version": 1}
    entry: PhaseEntry = found.of(PhaseEntry, case_id=case_id, answers=answers, **given)
    return entry
