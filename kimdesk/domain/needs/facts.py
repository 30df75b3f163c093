"""The facts of a case that conditions speak of, gathered once for a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from kimdesk.domain.household import is_inside, recorded_form
from kimdesk.domain.law.claims import GERMANY
from kimdesk.domain.law.paragraphs import RESIDENCE_ACT, read
from kimdesk.domain.needs.conditions import During, Fact, Group
from kimdesk.domain.records import (
    Achievement,
    Attachment,
    CaseFile,
    Member,
    Person,
    PhaseEntry,
    RegimeSpell,
    Relation,
    ResidenceSpell,
    Standing,
)
from kimdesk.domain.terms import Lane, Role

LANES: Final = {
    Fact.BENEFIT: Lane.BENEFIT,
    Fact.INSURANCE: Lane.HEALTH_INSURANCE,
    Fact.COURSE: Lane.COURSE,
    Fact.SCHOOL: Lane.SCHOOL,
    Fact.WORK: Lane.WORK,
}
FREE_MOVEMENT: Final = frozenset(
    {*range(124, 132), 134, 135, 136, 137, 139, 141, 142, 143, 145, 148, 149}
    | {*range(151, 156), 157, 158, 161, 164, 165, 181}
)
"""Destatis keys of the EU, the EEA and Switzerland, Germany left out."""
_RECENT = timedelta(days=365)
_WORKING_AGE = 15  # § 2 Abs. 1, § 5 JArbSchG: nobody younger has a job
_LAPSES = frozenset({Fact.BENEFIT, Fact.INSURANCE})  # nobody is without for long
_VAGUE = frozenset({"unclear", "unknown", ""})
_WITH_PARAGRAPH = frozenset({"permit"})  # residence_status that says little without its paragraph


@dataclass(frozen=True, slots=True)
class Recorded:
    """Codes that are known to hold, and whether these are all: an empty incomplete one says nothing."""

    codes: frozenset[str] = frozenset()
    complete: bool = False


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the case says of one person of the household on a day."""

    person: Person
    role: Role
    day: date
    regimes: tuple[RegimeSpell, ...]  # begun, and not merely expected
    residence: tuple[ResidenceSpell, ...]
    relations: tuple[Relation, ...]
    achievements: tuple[Achievement, ...]
    standing: Standing | None
    known: dict[tuple[Fact, During], Recorded] = field(default_factory=dict, repr=False, compare=False)

    @property
    def id(self) -> str:
        """Return the identity of the person."""
        return self.person.id

    def years(self, fact: Fact) -> tuple[int, int] | None:
        """Return the fewest and the most full years (AGE) or months (STAY); None while nobody knows."""
        since = self.person.birth_date if fact is Fact.AGE else self.person.arrived_on
        if since is None:
            return None
        counted = _full_years if fact is Fact.AGE else _full_months
        return counted(since.latest(), self.day), counted(since.earliest(), self.day)

    def of(self, fact: Fact, during: During) -> Recorded:
        """Return the codes of ``fact``, worked out once."""
        found = self.known.get((fact, during))
        if found is None:
            found = self.known[fact, during] = self._found(fact, during)
        return found

    def _found(self, fact: Fact, during: During) -> Recorded:
        if fact in LANES:
            return self._lane(fact, during)
        if fact in (Fact.STATUS, Fact.EMPLOYMENT, Fact.PARAGRAPH):
            return self._residence(fact, during)
        return self._lasting(fact)

    def _lasting(self, fact: Fact) -> Recorded:
        if fact is Fact.ROLE:
            return Recorded(frozenset({self.role.value}), complete=True)
        if fact is Fact.NATIONALITY:
            known = self.person.nationalities
            return Recorded(frozenset({*known, *map(group_of, known)}), complete=bool(known))
        if fact is Fact.ASYLUM:
            decided = self.standing.asylum_decision if self.standing else ""
            return Recorded(frozenset({decided} - _VAGUE), complete=bool(decided))
        if fact is Fact.RELATION:
            return Recorded(frozenset(one.kind for one in self.relations))
        if fact is Fact.ACHIEVEMENT:
            return Recorded(frozenset(one.kind for one in self.achievements))
        marks = {"protected": self.person.protected, "address_blocked": self.person.address_blocked}
        return Recorded(frozenset(name for name, is_set in marks.items() if is_set))

    def _lane(self, fact: Fact, during: During) -> Recorded:
        age = self.years(Fact.AGE)
        if fact is Fact.WORK and age and age[1] < _WORKING_AGE:
            return Recorded(complete=True)
        own = [one for one in self.regimes if one.lane is LANES[fact]]
        since = {During.NOW: self.day, During.LATELY: self.day - _RECENT, During.EVER: date.min}[during]
        held = [one for one in own if one.ends_on is None or one.ends_on >= since]
        codes = frozenset(one.regime for one in held) - _VAGUE
        vague = any(one.regime in _VAGUE for one in held)
        if during is During.NOW:
            sure = bool(held or (own and fact not in _LAPSES))
        else:
            sure = during is During.LATELY and any(one.starts_on and one.starts_on <= since for one in own)
        return Recorded(codes, sure and not vague)

    def _residence(self, fact: Fact, during: During) -> Recorded:
        groups = {group_of(one) for one in self.person.nationalities}
        if fact is Fact.EMPLOYMENT and groups & {"german", "eu"}:
            return Recorded(frozenset({"allowed"}), complete=True)  # Art. 45 AEUV, § 2 FreizügG/EU
        if "german" in groups:
            return Recorded(frozenset({"german"}) if fact is Fact.STATUS else frozenset(), complete=True)
        since = {During.NOW: self.day, During.LATELY: self.day - _RECENT, During.EVER: date.min}[during]
        held = [one for one in self.residence if one.valid_until is None or one.valid_until >= since]
        sure = bool(held) and during is During.NOW
        if fact is Fact.PARAGRAPH:
            sections = frozenset(each for one in held for each in sections_of(one.paragraph))
            unsaid = any(not one.paragraph.strip() and one.status in _WITH_PARAGRAPH | _VAGUE for one in held)
            return Recorded(sections, sure and not unsaid)
        values = [one.status if fact is Fact.STATUS else one.employment for one in held]
        return Recorded(frozenset(values) - _VAGUE, sure and not any(one in _VAGUE for one in values))


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a case says on a day; ``household_known``: whether nobody but ``persons`` lives there."""

    day: date
    persons: tuple[PersonFacts, ...]  # of the household, the client first
    household_known: bool
    phases: tuple[PhaseEntry, ...]
    papers: tuple[Attachment, ...] = ()

    def of_group(self, who: Group) -> tuple[PersonFacts, ...]:
        """Return the persons of ``who``."""
        return tuple(one for one in self.persons if _belongs(one.role, who))

    def answer(self, form: str, field: str) -> tuple[Any, ...]:
        """Return the newest answer to ``field`` („section.field“) of ``form``, () while there is none."""
        section, _, name = field.partition(".")
        runs = sorted((one for one in self.phases if one.form == form), key=lambda one: one.round)
        for run in reversed(runs):
            given = run.answers.get(section)
            value = given.get(name) if isinstance(given, Mapping) else None
            values = tuple(value) if isinstance(value, list | tuple) else (value,)
            if said := tuple(one for one in values if one is not None and str(one).strip()):
                return said
        return ()


def gathered(file: CaseFile, day: date) -> CaseFacts:
    """Return the facts of ``file`` on ``day``: who is of the household, and the spells that have begun."""
    known = {one.id: one for one in file.persons}
    inside = {
        one.person_id: one
        for one in sorted(file.members, key=lambda one: one.role is not Role.CLIENT, reverse=True)
        if one.person_id in known and (one.role is Role.CLIENT or is_inside(one, day))
    }
    ordered = sorted(inside.values(), key=lambda one: one.role is not Role.CLIENT)
    persons = tuple(_person(file, known[one.person_id], one, day) for one in ordered)
    lived_in = recorded_form(file)
    return CaseFacts(
        day,
        persons,
        any(one.role is not Role.CLIENT for one in persons) or lived_in in ("alone", "shared"),
        file.phases,
        file.attachments,
    )


def _person(file: CaseFile, person: Person, member: Member, day: date) -> PersonFacts:
    return PersonFacts(
        person,
        member.role,
        day,
        tuple(
            one
            for one in _own(file.regimes, person.id)
            if not one.expected and one.starts_on and one.starts_on <= day
        ),
        tuple(
            one
            for one in _own(file.residence, person.id)
            if not one.expected and (one.valid_from is None or one.valid_from <= day)
        ),
        tuple(_own(file.relations, person.id)),
        tuple(_own(file.achievements, person.id)),
        next(iter(_own(file.standings, person.id)), None),
    )


def _own(spells: Iterable[Any], person_id: str) -> list[Any]:
    return [one for one in spells if one.person_id == person_id]


def _belongs(role: Role, who: Group) -> bool:
    if who is Group.HOUSEHOLD:
        return True
    if who is Group.OTHERS:
        return role is not Role.CLIENT
    return role is {Group.CLIENT: Role.CLIENT, Group.PARTNER: Role.PARTNER, Group.CHILDREN: Role.CHILD}[who]


def group_of(nationality: str) -> str:
    """Return „german“, „eu“ (with EEA and Switzerland) or „third“ for a Destatis key."""
    if nationality == GERMANY:
        return "german"
    return "eu" if nationality.isdigit() and int(nationality) in FREE_MOVEMENT else "third"


def sections_of(paragraph: str) -> frozenset[str]:
    """Return „25“ and „25.3“ for „§ 25 Abs. 3 AufenthG“, as people write it; nothing for other words."""
    named = read(paragraph)
    if not named.section or named.law != RESIDENCE_ACT:
        return frozenset()
    return frozenset({named.section, f"{named.section}.{named.part}"} if named.part else {named.section})


def _full_years(since: date, day: date) -> int:
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))


def _full_months(since: date, day: date) -> int:
    return (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)
