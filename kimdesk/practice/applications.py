"""Applications for titles, the change from one benefit to the next, and who pays under which number."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.catalogue.regime_changes import ChangeList
from kimdesk.domain.law.periods import DAY, month_start
from kimdesk.domain.records import CaseFile, ChecklistEntry, RegimeChange, RegimeSpell, ResidenceSpell
from kimdesk.domain.terms import ItemState, Lane, MeasureState, Role
from kimdesk.practice.household import ADULT
from kimdesk.practice.library import kreis, measures, words
from kimdesk.practice.scene import Scene

_MISSING_SHARE = 0.12  # of families with a title: it ended, the Fiktionsbescheinigung is missing
_SOON = timedelta(days=100)
_LATELY, _SOON_CHANGING = timedelta(days=25), timedelta(days=60)
_SETTLED = timedelta(days=100)
_ASYLBLG = frozenset({"asylblg_basic", "asylblg_analog"})


def with_applications(scene: Scene, file: CaseFile) -> CaseFile:
    """Return ``file`` with applications for titles, file numbers of the benefits and changes half done."""
    spells = (*_numbered(scene, file.regimes), *_child_benefit(scene, file))
    return replace(
        file,
        residence=_applied(scene, file.residence),
        regimes=spells,
        regime_changes=tuple(_changes(scene, file)),
    )


def _applied(scene: Scene, spells: tuple[ResidenceSpell, ...]) -> tuple[ResidenceSpell, ...]:
    noted = _followed_by_fiction(spells, scene.dice.between(6, 40))
    current = [one for one in noted if one.status == "permit" and not one.expected and _is_now(scene, one)]
    drawn = not scene.outline.file_number and not scene.course.closed
    if not current or not drawn:
        return noted
    if len(scene.home.persons) > 1 and scene.dice.chance(_MISSING_SHARE):
        return _certificate_missing(scene, noted, current)
    soon = [one for one in current if one.valid_until and one.valid_until <= scene.today + _SOON]
    if not soon or scene.dice.chance(0.5):
        return noted
    applied = scene.today - timedelta(days=scene.dice.between(3, 25))
    ids = {one.id for one in soon if one.valid_from and one.valid_from < applied}
    return tuple(replace(one, applied_on=applied) if one.id in ids else one for one in noted)


def _is_now(scene: Scene, spell: ResidenceSpell) -> bool:
    begun = spell.valid_from is not None and spell.valid_from <= scene.today - timedelta(days=120)
    return begun and spell.valid_until is not None and spell.valid_until >= scene.today


def _followed_by_fiction(spells: tuple[ResidenceSpell, ...], days: int) -> tuple[ResidenceSpell, ...]:
    """Note the application, and the paper about it, on what went before a Fiktion."""
    found = {one.id: one for one in spells}
    for before, after in pairwise(spells):
        same = before.person_id == after.person_id and not after.expected
        if same and after.status.startswith("fiction") and before.valid_until and before.valid_from:
            day = max(before.valid_until - timedelta(days=days), before.valid_from)
            found[before.id] = replace(before, applied_on=day, certificate_on=after.valid_from)
    return tuple(found.values())


def _certificate_missing(
    scene: Scene, spells: tuple[ResidenceSpell, ...], current: list[ResidenceSpell]
) -> tuple[ResidenceSpell, ...]:
    ended = scene.today - timedelta(days=scene.dice.between(5, 30))
    applied = ended - timedelta(days=scene.dice.between(10, 50))
    ids = {one.id for one in current}
    return tuple(
        replace(one, valid_until=ended, applied_on=applied) if one.id in ids else one
        for one in spells
        if not one.expected
    )


def _numbered(scene: Scene, spells: Iterable[RegimeSpell]) -> Iterator[RegimeSpell]:
    numbers: dict[str, str] = {}
    for spell in spells:
        service = words().payer.get(spell.regime) if spell.lane is Lane.BENEFIT else None
        if not service:
            yield spell
            continue
        agency = scene.say(kreis().agency[service].name)
        if service not in numbers:
            numbers[service] = f"{scene.dice.digits(5)}//{scene.dice.digits(4)}"
        yield replace(spell, agency=agency, agency_file_number="" if spell.expected else numbers[service])


def _child_benefit(scene: Scene, file: CaseFile) -> Iterator[RegimeSpell]:
    """Yield Kindergeld for the minors of a household that left AsylbLG; expected while it is asked for."""
    left = _left_asylblg(scene, file)
    if left is None or left > scene.today - _SETTLED or scene.outline.gap == "open":
        return
    asking = measures()["child_benefit"].title
    open_now = not scene.course.closed and any(
        one.title == asking and one.state is not MeasureState.DONE for one in file.measures
    )
    for play, person in zip(scene.home.plays, scene.home.persons, strict=True):
        if play.role is Role.CHILD and play.age < ADULT and person.birth_date:
            starts = max(month_start(left, 1), month_start(person.birth_date.earliest(), 1))
            yield RegimeSpell(
                id=scene.new_id(min(starts, scene.today)),
                case_id=scene.case_id,
                person_id=person.id,
                regime="kindergeld",
                starts_on=month_start(scene.today, 1) if open_now else starts,
                expected=open_now,
                note=words().note["child_benefit"] if open_now else "",
                agency=kreis().agency["child_benefit"].name,
            )


def _left_asylblg(scene: Scene, file: CaseFile) -> date | None:
    own = [one for one in file.regimes if one.lane is Lane.BENEFIT and one.person_id == file.persons[0].id]
    ends = [one.ends_on for one in own if one.regime in _ASYLBLG]
    last = ends[-1] if ends else None
    return last + DAY if last and last < scene.today else None


def _changes(scene: Scene, file: CaseFile) -> Iterator[RegimeChange]:
    """Yield the change from AsylbLG to SGB II of the client, when it is near."""
    own = [one for one in file.regimes if one.lane is Lane.BENEFIT and one.person_id == file.persons[0].id]
    for before, after in pairwise(own):
        day = after.starts_on
        if before.regime in _ASYLBLG and after.regime == "sgb2" and day and _is_near(scene, day):
            yield _change(scene, before, after, day)


def _is_near(scene: Scene, day: date) -> bool:
    return not scene.course.closed and -_LATELY <= day - scene.today <= _SOON_CHANGING


def _change(scene: Scene, before: RegimeSpell, after: RegimeSpell, day: date) -> RegimeChange:
    noted = max(min(day, scene.today) - 20 * DAY, scene.opened)
    found = SHIPPED.change_list(before.regime, after.regime, day)
    return RegimeChange(
        id=scene.new_id(noted),
        case_id=scene.case_id,
        person_id=before.person_id,
        from_regime=before.regime,
        to_regime=after.regime,
        changes_on=day,
        checklist=tuple(_entries(scene, found, noted)),
        note=words().note["change"],
    )


def _entries(scene: Scene, found: ChangeList, noted: date) -> Iterator[ChecklistEntry]:
    """Yield the items: what the old body brings is there, of the rest a part is under way."""
    for item in found.items:
        state = ItemState.MISSING
        if item.by == "old_body" or item.code == "title_proof":
            state = ItemState.PRESENT
        elif item.condition:
            state = ItemState.REQUESTED if item.code == "child_benefit" and "child" in scene.facts else state
        elif item.code == "bank_account":
            state = ItemState.REQUESTED
        since = scene.dice.day(noted, scene.today) if state is not ItemState.MISSING else None
        yield ChecklistEntry(item=item.code, state=state, since=since)
