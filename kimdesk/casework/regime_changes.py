"""Changes of regime: begun with a checklist, ticked off, taken back; and which ones to propose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kimdesk.casework.case_file import known_case, read_file
from kimdesk.casework.changes import Change, Changing, changing
from kimdesk.casework.checklists import ChecklistLine, begun, lines, set_entry, settled
from kimdesk.casework.desk import Desk
from kimdesk.casework.records import known
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.regime_changes import ChangeItem, ChangeList
from kimdesk.domain.dates import today
from kimdesk.domain.law.claims import after_youth, full_age_on
from kimdesk.domain.law.periods import DAY
from kimdesk.domain.law.regime_law import Law
from kimdesk.domain.law.spans import SpanName, Spans
from kimdesk.domain.needs.facts import CaseFacts, gathered
from kimdesk.domain.records import CaseFile, ChecklistEntry, RegimeChange, RegimeSpell
from kimdesk.domain.regimes import ASYLBLG, BESIDE, WITHOUT_BENEFIT, certain_gaps, current
from kimdesk.domain.terms import ItemState, Lane

_SGB2, _YOUTH = "sgb2", "sgb8"


@dataclass(frozen=True, slots=True)
class Score:
    """How complete a hand-over is: ``present`` of ``needed``, and what is missing, mandatory first.

    Mandatory items count unless they are not needed here; conditional ones once the case or a person says so.
    Each counts the same.
    """

    present: int
    needed: int
    missing: tuple[ChangeItem, ...]
    to_check: tuple[ChangeItem, ...]  # conditional, and nobody can say yet
    late: tuple[ChangeItem, ...]  # missing, and their day has passed or lies in the gap

    @property
    def complete(self) -> bool:
        """Return whether nothing is missing."""
        return self.present == self.needed


@dataclass(frozen=True, slots=True)
class ChangeProposal:
    """A change that is coming or has come and has no checklist yet; ``person_ids`` change together."""

    person_ids: tuple[str, ...]
    from_regime: str
    to_regime: str
    on: date


def begin(
    desk: Desk,
    case_id: str,
    person_id: str,
    from_regime: str,
    to_regime: str,
    on: date,
    *,
    with_spells: bool = False,
    also: Sequence[str] = (),
) -> Change:
    """Begin a change for a person on the first day ``on`` of the new regime.

    Its items are missing, or not needed by what the case says.

    ``with_spells``: the running spell of ``from_regime`` ends the day before, and one of ``to_regime`` is
    expected from ``on``, for the persons in ``also`` too, all in one transaction.
    Raises CaseworkError E853 when there is no such case, StoreError E907 when there is no such person.
    """
    sheet = desk.catalogue.change_list(from_regime, to_regime, on)
    with changing(desk) as step:
        known_case(step.writer, case_id)
        step.put(
            RegimeChange(
                case_id=case_id,
                person_id=person_id,
                from_regime=from_regime,
                to_regime=to_regime,
                changes_on=on,
                checklist=begun(sheet.items, gathered(read_file(step.writer, case_id), today())),
            )
        )
        for each in dict.fromkeys((person_id, *also)) if with_spells else ():
            spells = [one for one in step.writer.of_case(RegimeSpell, case_id) if one.person_id == each]
            wanted = RegimeSpell(
                case_id=case_id, person_id=each, regime=to_regime, starts_on=on, expected=True
            )
            _end(step, spells, from_regime, on)
            _plan(step, spells, wanted)
    return step.change


def set_item(
    desk: Desk, change_id: str, item: str, state: ItemState, note: str | None = None
) -> RegimeChange:
    """Note where one item stands; without ``note`` the earlier one stays.

    Raises StoreError E909 when the change is gone.
    """
    with desk.writing() as writer:
        change = known(writer, RegimeChange, change_id)
        entries = {entry.item: entry for entry in change.checklist}
        before = entries.get(item, ChecklistEntry(item=item))
        facts = gathered(read_file(writer, change.case_id), today())
        told = {one.item: one.state for one in settled(desk.catalogue, change, facts).checklist}
        state = before.state if note is not None and state is told.get(item) else state
        entries[item] = set_entry(before, state, note, today())
        return writer.put(replace(change, checklist=tuple(entries.values())))


def finish(desk: Desk, change_id: str, on: date | None = None, *, done: bool = True) -> Change:
    """Note a hand-over as finished on ``on`` (today when None), or as open again.

    From then on its checklist stands as it is. Raises StoreError E909 when the change is gone.
    """
    with changing(desk) as step:
        known_change = step.known(RegimeChange, change_id)
        facts = gathered(read_file(step.writer, known_change.case_id), today())
        listed = settled(desk.catalogue, known_change, facts)
        step.put(replace(listed, done_on=(on or today()) if done else None))
    return step.change


def list_of(catalogue: Catalogue, change: RegimeChange) -> ChangeList:
    """Return the checklist a change was made from."""
    return catalogue.change_list(change.from_regime, change.to_regime, change.changes_on)


def score(
    sheet: ChangeList,
    change: RegimeChange,
    today: date,
    gap_until: date | None = None,
    facts: CaseFacts | None = None,
) -> Score:
    """Return how complete a change is by the checklist it was made from.

    ``gap_until`` is the last day known of a gap that it is to close, ``facts`` are those of the case.
    """
    found = {line.entry.item: line for line in lines(change, sheet.items, facts)}
    items = [one for one in sheet.items if one.code in found]
    needed = [one for one in items if _counts(found[one.code])]
    missing = [one for one in needed if found[one.code].entry.state is not ItemState.PRESENT]
    unseen = [one for one in items if one not in needed and _is_missing(found[one.code])]
    late = [one for one in missing if _is_late(one, change.changes_on, today, gap_until)]
    return Score(len(needed) - len(missing), len(needed), tuple(missing), tuple(unseen), tuple(late))


def _counts(line: ChecklistLine) -> bool:
    """Return whether it is known to be needed: always, by the case, or because somebody set it."""
    needed = line.own or (line.judgement is not None and line.judgement.truth)
    always = line.paper is not None and line.paper.mandatory
    return line.entry.state is not ItemState.NOT_NEEDED and bool(needed or always)


def _is_missing(line: ChecklistLine) -> bool:
    return line.entry.state is ItemState.MISSING


def gap_of(change: RegimeChange, spells: Iterable[RegimeSpell], today: date) -> tuple[date, date] | None:
    """Return the days without benefit that lie at the change: first, and last known; None for none."""
    for gap in certain_gaps(one for one in spells if one.person_id == change.person_id):
        if gap.before.lane is Lane.BENEFIT and _at(gap.before.regime, change.from_regime):
            last = gap.foreseen_end or max(today, gap.starts_on)
            if gap.starts_on <= today or gap.foreseen_end:
                return gap.starts_on, last
    return None


def proposals(law: Law, file: CaseFile, today: date) -> tuple[ChangeProposal, ...]:
    """Return the changes the spells speak of and nobody has begun: those who change alike together."""
    groups: dict[tuple[str, str, date], list[str]] = {}
    for member in _client_first(file):
        found = _coming(law, file, member, today)
        if found and not _begun(law.spans, file, member, found):
            groups.setdefault(found, []).append(member)
    return tuple(
        ChangeProposal(tuple(people), *key)
        for key, people in groups.items()
        if not any(_same(law.spans, one, key) for one in file.regime_changes)
    )


def _coming(law: Law, file: CaseFile, person_id: str, today: date) -> tuple[str, str, date] | None:
    """Return from what to what a person changes, and from when; the latest change that is near."""
    spans = law.spans
    own = [
        one
        for one in file.regimes
        if (one.person_id, one.lane) == (person_id, Lane.BENEFIT)
        and one.starts_on
        and one.regime not in BESIDE
        and one.regime != WITHOUT_BENEFIT
    ]
    own.sort(key=lambda one: (one.starts_on or today, one.id))
    if not own:
        return None
    last, grown_up = own[-1], _full_age(spans, file, person_id)
    if last.regime == _YOUTH and grown_up and _is_near(spans, grown_up, today, SpanName.YOUTH_AHEAD):
        return last.regime, after_youth(person_id, grown_up, file, law), grown_up
    others = [one for one in own[:-1] if not _at(one.regime, last.regime)]
    before = max(others, key=lambda one: (one.ends_on or date.max, -_first(one).toordinal()), default=None)
    if before and last.starts_on and _is_near(spans, last.starts_on, today):
        return before.regime, last.regime, last.starts_on
    if last.ends_on and _is_near(spans, last.ends_on, today, SpanName.CHANGE_AHEAD):
        return last.regime, "own_income" if last.regime == _SGB2 else _SGB2, last.ends_on + DAY
    return None


def _is_near(spans: Spans, day: date, today: date, ahead: SpanName | None = None) -> bool:
    """Return whether ``day`` is not long past, and no further than ``ahead``; any day to come without it."""
    recent = today <= spans.after(SpanName.CHANGE_PAST, day)
    return recent and (ahead is None or day <= spans.after(ahead, today))


def _first(spell: RegimeSpell) -> date:
    return spell.starts_on or date.min


def _full_age(spans: Spans, file: CaseFile, person_id: str) -> date | None:
    born = next((one.birth_date for one in file.persons if one.id == person_id), None)
    return full_age_on(born, spans) if born and born.day else None


def _begun(spans: Spans, file: CaseFile, person_id: str, found: tuple[str, str, date]) -> bool:
    return any(one.person_id == person_id and _same(spans, one, found) for one in file.regime_changes)


def _same(spans: Spans, change: RegimeChange, found: tuple[str, str, date]) -> bool:
    """Return whether ``change`` is the one found: from the same regime, about the same time."""
    first, second = sorted((change.changes_on, found[2]))
    near = second <= spans.after(SpanName.CHANGE_PAST, first)
    return _at(change.from_regime, found[0]) and near


def _at(one: str, other: str) -> bool:
    """Return whether two codes stand for the same body: basic and analogous benefits do (§ 2 AsylbLG)."""
    return one == other or (one in ASYLBLG and other in ASYLBLG)


def _client_first(file: CaseFile) -> list[str]:
    members = sorted(file.members, key=lambda one: one.role.value != "client")
    return list(dict.fromkeys(one.person_id for one in members))


def _end(step: Changing, spells: Iterable[RegimeSpell], regime: str, on: date) -> None:
    running = [one for one in spells if _at(one.regime, regime)]
    spell = current(running, running[0].person_id, Lane.BENEFIT, on - DAY) if running else None
    if spell:
        step.put(replace(spell, ends_on=on - DAY))


def _plan(step: Changing, spells: Iterable[RegimeSpell], wanted: RegimeSpell) -> None:
    there = any(
        one.regime == wanted.regime and (one.ends_on is None or one.ends_on >= (wanted.starts_on or date.min))
        for one in spells
    )
    if not there:
        step.put(wanted)


def _is_late(item: ChangeItem, changes_on: date, today: date, gap_until: date | None) -> bool:
    due = item.due_on(changes_on)
    return due is not None and (due < today or (gap_until is not None and due <= gap_until))
