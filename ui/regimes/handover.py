"""How far a change of regime is, in words: score, what is missing, rows of the checklist. No widgets."""

from dataclasses import dataclass
from datetime import date

from kimdesk.casework import regime_changes
from kimdesk.casework.checklists import ChecklistLine, lines
from kimdesk.casework.regime_changes import ChangeProposal, Score
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.catalogue.regime_changes import ChangeItem, ChangeList
from kimdesk.domain.needs.facts import gathered
from kimdesk.domain.records import Case, CaseFile, ChecklistEntry, RegimeChange
from kimdesk.domain.terms import ItemState
from kimdesk.texts import dates, needs, say
from ui.case.cards import person_name
from ui.case.referrals.rows import ChecklistRow, lacking_of, sign_of, sign_word

_NAMED = 3  # missing things named in the card; the checklist names all


@dataclass(frozen=True, slots=True)
class HandoverList:
    """A change of regime as the card shows it; ``late`` says what must not wait."""

    change: RegimeChange
    title: str
    note: str
    score: Score
    words: str
    missing: str
    late: str


def handovers(catalogue: Catalogue, file: CaseFile, today: date) -> list[HandoverList]:
    """Return the changes that are not finished, the earliest first."""
    running = sorted(
        (one for one in file.regime_changes if one.done_on is None), key=lambda one: one.changes_on
    )
    return [handover(catalogue, one, file, today) for one in running]


def handover(catalogue: Catalogue, change: RegimeChange, file: CaseFile, today: date) -> HandoverList:
    """Return ``change`` in words."""
    gap = regime_changes.gap_of(change, file.regimes, today)
    sheet = regime_changes.list_of(catalogue, change)
    facts = gathered(file, today)
    score = regime_changes.score(sheet, change, today, gap[1] if gap else None, facts)
    note = say("regimes.person_from_day", person=person_name(file, change.person_id),
              day=dates.full(change.changes_on))  # fmt: skip
    words = say("regimes.n_of_all", n=score.present, all=score.needed)
    return HandoverList(
        change,
        say("regimes.hand_over_change", change=sheet.title),
        note,
        score,
        words,
        _missing(score),
        _late(score),
    )


def change_words(catalogue: Catalogue, from_regime: str, to_regime: str) -> str:
    """Return „AsylbLG → SGB II“."""
    regimes = catalogue.code_list("legal_regime")
    return f"{regimes.short(from_regime)} → {regimes.short(to_regime)}"


def proposal_words(catalogue: Catalogue, one: ChangeProposal, file: CaseFile) -> str:
    """Return who changes from what to what, and when."""
    people = ", ".join(person_name(file, each) for each in one.person_ids)
    change = change_words(catalogue, one.from_regime, one.to_regime)
    return say("regimes.change_on_day_people", change=change,
              day=dates.full(one.on), people=people)  # fmt: skip


def rows(
    catalogue: Catalogue,
    change: RegimeChange,
    file: CaseFile | None,
    today: date,
    order: tuple[str, ...] = (),
    sheet: ChangeList | None = None,
) -> list[ChecklistRow]:
    """Return the checklist as rows: in ``order`` where it names them, else as the list has them.

    ``sheet`` is what they are read by, by default the list for this change; ``file`` its case, None for
    one of no case.
    """
    sheet = sheet or regime_changes.list_of(catalogue, change)
    seen = lines(change, sheet.items, gathered(file, today) if file else None)
    whose = file or CaseFile(case=Case(opened_on=today))
    found = [_row(catalogue, line, sheet.item(line.entry.item), change, whose, today) for line in seen]
    places = {code: number for number, code in enumerate(order)}
    return sorted(found, key=lambda row: places.get(row.code, len(places))) if places else found


def _row(
    catalogue: Catalogue,
    line: ChecklistLine,
    item: ChangeItem | None,
    change: RegimeChange,
    file: CaseFile,
    today: date,
) -> ChecklistRow:
    entry, sign = line.entry, sign_of(line)
    parts, due = [needs.reason(catalogue, line, file)], ""
    if item is not None:
        parts += [say("regimes.brought_by_who", who=catalogue.label("change_owner", item.by)), item.source]
        due = _due(item, entry, change, today)
    why = " · ".join([*parts, *([entry.note] if entry.note else [])])
    word, name = sign_word(catalogue, sign), item.label if item else entry.item
    return ChecklistRow(
        entry.item,
        needs.title(line, file),
        why,
        entry.state,
        word,
        due,
        sign,
        lacking_of(catalogue, line, file),
        name,
    )


def _due(item: ChangeItem, entry: ChecklistEntry, change: RegimeChange, today: date) -> str:
    due = item.due_on(change.changes_on)
    if entry.state in (ItemState.PRESENT, ItemState.NOT_NEEDED) or due is None:
        return say("common.since_day", day=dates.full(entry.since)) if entry.since else ""
    return (
        say("regimes.was_due_day", day=dates.full(due))
        if due < today
        else say("common.until_day", day=dates.full(due))
    )


def _missing(score: Score) -> str:
    if score.complete:
        return say("regimes.everything_needed_there")
    names = [one.label for one in score.missing[:_NAMED]]
    left = len(score.missing) - len(names)
    more = f" {say('common.and_n_more', n=left)}" if left else ""
    return say("regimes.missing_items", items=", ".join(names)) + more


def _late(score: Score) -> str:
    if not score.late:
        return ""
    return say("regimes.falls_into_gap_items", items=", ".join(one.label for one in score.late))
