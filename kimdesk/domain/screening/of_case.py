"""What the records of a case tell about each of its people; what is not recorded is unknown."""

from collections.abc import Iterable, Iterator
from datetime import date

from kimdesk.domain.dates import PartialDate
from kimdesk.domain.household import ALONE, recorded_form
from kimdesk.domain.law.claims import GERMANY
from kimdesk.domain.law.periods import DAY
from kimdesk.domain.records import (
    Achievement,
    CaseFile,
    DatedNote,
    Person,
    ResidenceSpell,
)
from kimdesk.domain.screening.case_person import CHILD, PARTNER, CasePerson
from kimdesk.domain.screening.engine import screen
from kimdesk.domain.screening.facts import (
    LOST_ASYLUM,
    Asylum,
    AsylumKind,
    Benefit,
    German,
    Job,
    Schooling,
    ScreeningFacts,
    Spell,
    SpellKind,
    Timespan,
    Training,
)
from kimdesk.domain.screening.result import Screening
from kimdesk.domain.screening.rules import ScreeningLaw
from kimdesk.domain.terms import Lane

_KINDS = {
    "arrival_certificate": (SpellKind.PERMISSION, ""),
    "asylum_permission": (SpellKind.PERMISSION, ""),
    "toleration_60a": (SpellKind.TOLERATION, "60a"),
    "toleration_60b": (SpellKind.TOLERATION_60B, "60b"),
    "toleration_60c": (SpellKind.TOLERATION, "60c"),
    "toleration_60d": (SpellKind.TOLERATION, "60d"),
    "fiction_81_3": (SpellKind.FICTION_3, ""),
    "fiction_81_4": (SpellKind.FICTION_4, ""),
    "permit": (SpellKind.TITLE, ""),
    "settlement_permit": (SpellKind.TITLE, "9"),
    "eu_long_term": (SpellKind.TITLE, "9a"),
    "blue_card": (SpellKind.TITLE, "18g"),
    "eu_free_movement": (SpellKind.TITLE, "2 FreizuegG/EU"),
    "none": (SpellKind.NONE, ""),
}
"""What each residence_status is, and by which paragraph where none is entered; „unknown“ says nothing."""
_GERMAN = "german"  # residence_status
_LEVELS = ("A0", "A1", "A2", "B1", "B2", "C1", "C2")  # german_level
_DEGREES = frozenset({"ha9", "ha10", "msa", "fhr", "abitur", "support"})  # school_degree
_NO_SCHOOL = frozenset({"kita", "waiting", "university"})  # school
_JOBS = {"full_time": (40.0, None), "part_time": (None, None), "marginal": (None, False)}
"""Hours a week and whether it is insured, by the work of a spell."""
_YES_NO = {"yes": True, "no": False}
_PREPARATION = "preparation"  # training_kind: no training yet


def screen_case(file: CaseFile, law: ScreeningLaw, today: date) -> dict[str, Screening]:
    """Return by the id of each person of the case what is screened on ``today``."""
    return {one.id: screen(facts_of(file, one, today), law, today) for one in file.persons}


def facts_of(file: CaseFile, person: Person, today: date) -> ScreeningFacts:
    """Return what the case tells about one of its people."""
    known = CasePerson(file, person, today)
    standing = known.standing
    born, entry = person.birth_date, person.arrived_on
    return ScreeningFacts(
        born=_first(born),
        born_until=_last(born),
        entry=_first(entry),
        entry_until=_last(entry),
        nationality=_nationality(known),
        spells=_spells(known),
        asylum=_asylum(known),
        identity_clarified=standing.identity_clarified_on,
        identity_steps=tuple(one.starts_on for one in standing.identity_steps) or None,
        german=_german(known),
        civic_test=_civic(known),
        civic_points=max((one.points for one in known.of_kind("civic_test") if one.points), default=None),
        school=_schools(known),
        training=_trainings(known),
        recognised_degree=True if known.of_kind("recognition") else None,
        jobs=_jobs(known),
        partner_jobs=_partner_jobs(known),
        income_share=None if standing.income_share is None else min(standing.income_share, 100) / 100,
        benefits=_benefits(known),
        pension_months=standing.pension_months,
        minor_child=_children(known),
        expected_title=_expected_title(known),
        german_spouse=standing.german_spouse_since or _wedding(known),
        flat=_YES_NO.get(standing.flat),
        absences=tuple(_span(one) for one in standing.absences) or None,
        unable=_YES_NO.get(standing.unable),
    )


def _first(day: PartialDate | None) -> date | None:
    return day.earliest() if day else None


def _last(day: PartialDate | None) -> date | None:
    return day.latest() if day else None


def _span(note: DatedNote) -> Timespan:
    return Timespan(first=note.starts_on, last=note.ends_on)


def _nationality(known: CasePerson) -> tuple[str, ...] | None:
    german = any(one.status == _GERMAN and not one.expected for one in known.residence)
    return (*known.person.nationalities, *((GERMANY,) if german else ())) or None


def _spells(known: CasePerson) -> tuple[Spell, ...] | None:
    held = [one for one in known.residence if not one.expected and one.status in _KINDS]
    found = [_spell(one) for one in held]
    found += [one for each in held for one in _going_on(each, held, known.today)]
    return tuple(found) or None


def _spell(one: ResidenceSpell) -> Spell:
    kind, paragraph = _KINDS[one.status]
    return Spell(kind=kind, paragraph=one.paragraph or paragraph, first=one.valid_from, last=one.valid_until)


def _going_on(one: ResidenceSpell, held: Iterable[ResidenceSpell], today: date) -> Iterator[Spell]:
    """Yield the time after a title that was to be prolonged in time, until the next paper (§ 81 Abs. 4)."""
    ends, applied = one.valid_until, one.applied_on
    if _KINDS[one.status][0] is not SpellKind.TITLE or not ends or not applied or applied > ends >= today:
        return
    follows = [each.valid_from for each in held if each.valid_from and each.valid_from > ends]
    last = min(follows) - DAY if follows else None
    if applied <= ends and ends < today and (last is None or last > ends):
        yield Spell(kind=SpellKind.FICTION_4, paragraph=_spell(one).paragraph, first=ends + DAY, last=last)


def _expected_title(known: CasePerson) -> date | None:
    """Return from when a title is expected, where it is still to come."""
    coming = (one for one in known.residence if one.expected and one.status in _KINDS and one.valid_from)
    days = [one.valid_from for one in coming if _KINDS[one.status][0] is SpellKind.TITLE]
    return min((day for day in days if day and day > known.today), default=None)


def _asylum(known: CasePerson) -> Asylum | None:
    standing = known.standing
    kind = AsylumKind(standing.asylum_decision) if standing.asylum_decision in set(AsylumKind) else None
    decided = standing.asylum_final_on or standing.asylum_decided_on
    if kind in LOST_ASYLUM and standing.asylum_final_on is None and _is_permitted(known):
        kind, decided = AsylumKind.PENDING, None
    if standing.asylum_applied_on is None and kind is None and decided is None:
        return None
    return Asylum(applied=standing.asylum_applied_on, decided=decided, kind=kind)


def _is_permitted(known: CasePerson) -> bool:
    """Return whether a Gestattung is held today: then the procedure goes on."""
    held = [one for one in known.residence if one.status in _KINDS and not one.expected]
    return any(_spell(one).kind is SpellKind.PERMISSION and (_spell(one).holds(known.today)) for one in held)


def _german(known: CasePerson) -> German | None:
    proven = [one for one in known.of_kind("german_certificate") if one.level in _LEVELS]
    best = max(proven, key=lambda one: _LEVELS.index(one.level), default=None)
    return German(level=best.level, on=best.achieved_on) if best else None


def _civic(known: CasePerson) -> date | bool | None:
    tests = known.of_kind("civic_test")
    days = [one.achieved_on for one in tests if one.achieved_on]
    return min(days) if days else (True if tests else None)


def _is_abroad(known: CasePerson, one: Achievement) -> bool:
    """Return whether something ended before the entry."""
    ended, entry = one.achieved_on or one.ends_on, _first(known.person.arrived_on)
    return ended is not None and entry is not None and ended < entry


def _schools(known: CasePerson) -> tuple[Schooling, ...] | None:
    found = [
        Schooling(first=one.starts_on, last=one.achieved_on or one.ends_on, degree=_has_degree(one))
        for one in known.of_kind("school", "school_degree")
        if not _is_abroad(known, one)
    ]
    found += [
        Schooling(first=one.starts_on, last=one.ends_on)
        for one in known.lane(Lane.SCHOOL)
        if not one.expected and one.regime not in _NO_SCHOOL
    ]
    return tuple(found) or None


def _has_degree(one: Achievement) -> bool | None:
    return True if one.kind == "school_degree" and one.level in _DEGREES else None


def _trainings(known: CasePerson) -> tuple[Training, ...] | None:
    found = [
        Training(
            start=one.starts_on,
            registered=True if one.registered_on else None,
            diploma=one.achieved_on,
            promised=_YES_NO.get(one.follow_on),
        )
        for one in known.of_kind("training", "study")
        if one.level != _PREPARATION and not _is_abroad(known, one) and _is_training(one)
    ]
    spells = [one for one in known.lane(Lane.WORK) if one.regime == "apprenticeship"]
    found += [Training(start=one.starts_on) for one in spells if not found]
    return tuple(found) or None


def _is_training(one: Achievement) -> bool:
    return one.kind == "training" or one.achieved_on is not None


def _jobs(known: CasePerson) -> tuple[Job, ...] | None:
    found = [
        Job(
            first=one.starts_on,
            last=one.ends_on,
            hours=one.weekly_hours,
            insured=_YES_NO.get(one.insured),
            skilled=_YES_NO.get(one.skilled),
        )
        for one in known.of_kind("job")
    ]
    spells = [one for one in known.lane(Lane.WORK) if one.regime in _JOBS and not one.expected]
    if not found:
        for one in spells:
            hours, insured = _JOBS[one.regime]
            found.append(Job(first=one.starts_on, last=one.ends_on, hours=hours, insured=insured))
    return tuple(found) or None


def _partner_jobs(known: CasePerson) -> tuple[Job, ...] | None:
    return tuple(job for one in known.partners for job in _jobs(one) or ()) or None


def _benefits(known: CasePerson) -> tuple[Benefit, ...] | None:
    """Return the benefits; they are known when something is recorded to be lived on today."""
    spells = [one for one in known.lane(Lane.BENEFIT) if not one.expected]
    found = tuple(Benefit(regime=one.regime, first=one.starts_on, last=one.ends_on) for one in spells)
    return found if any(one.holds(known.today) for one in found) else None


def _children(known: CasePerson) -> tuple[date, ...] | None:
    """Return the birth dates of children of this person or the partner, of whom the household has any."""
    children = {one.id: one for parent in (known, *known.partners) for one in parent.kin(CHILD)}
    born = [day for one in children.values() if (day := _first(one.birth_date))]
    if born:
        return tuple(sorted(born))
    client = known.file.client
    alone = client is not None and client.id == known.person.id and recorded_form(known.file) == ALONE
    return () if alone else None


def _wedding(known: CasePerson) -> date | None:
    """Return since when there is a German wife, husband or partner, by the relations of the case."""
    german = {one.person.id for one in known.partners if GERMANY in one.person.nationalities}
    days = [
        one.since
        for one in known.file.relations
        if one.kind == PARTNER
        and one.since
        and {one.person_id, one.other_id} & german
        and known.person.id in (one.person_id, one.other_id)
    ]
    return min(days, default=None)
