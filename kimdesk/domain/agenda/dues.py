"""What is due in a case, since when and why: the one answer for list, Heute, plan, closing and papers.

Each source tells what follows from some of the records, whatever the day is. A rule is a code; when it is
shown stands in the data (``agenda.rules``), its words where it is said. Facts are short: codes, dates in ISO,
texts of the record itself.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kimdesk.domain.agenda import (
    case_dates,
    fact_dates,
    paper_dates,
    passage_dates,
    perspective_dates,
    regime_dates,
)
from kimdesk.domain.agenda.due import Due, unstaged
from kimdesk.domain.agenda.own_notes import notes_for, taken_up
from kimdesk.domain.agenda.rules import AgendaRules
from kimdesk.domain.custody import Passage
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.law.periods import DAY
from kimdesk.domain.law.regime_law import Law
from kimdesk.domain.phases import latest
from kimdesk.domain.records import (
    Achievement,
    Attachment,
    CaseFile,
    Consent,
    Contact,
    FollowUp,
    Goal,
    Measure,
    Member,
    Person,
    PhaseEntry,
    Record,
    Referral,
    RegimeChange,
    RegimeSpell,
    Relation,
    ResidenceSpell,
    Standing,
)
from kimdesk.domain.terms import CaseStatus, Phase, ReferralState

WAIVED = "waived"  # settled_how: let go while the case is worked on
_HANDED_ON = frozenset({"mainstream", "handed_over", "moved"})  # closing_reason: somebody else goes on


@dataclass(frozen=True, slots=True)
class DueSource:
    """Dates that point to records of one ``kind``, or a passage, what they follow from, and how.

    ``judged``: it also follows from all that conditions speak of (``FACTS``), as far as it is open to them,
    and so may be another one on another day.
    """

    kind: str
    reads: tuple[type[Record] | type[Passage], ...]
    find: Callable[[CaseFile, AgendaRules, date], Iterator[Due]]
    judged: bool = False


_HOUSEHOLD = (Person, Member, Relation)


def _of_titles(file: CaseFile, law: Law) -> Iterator[Due]:
    yield from regime_dates.of_residence(file, law)
    yield from fact_dates.of_titles(file, law)


def _of_regimes(file: CaseFile, law: Law) -> Iterator[Due]:
    yield from regime_dates.of_regimes(file, law)
    yield from fact_dates.of_work(file, law)


def _by_law(
    find: Callable[[CaseFile, Law], Iterator[Due]],
) -> Callable[[CaseFile, AgendaRules, date], Iterator[Due]]:
    return lambda file, rules, _: find(file, rules.law)


def _screened(file: CaseFile, rules: AgendaRules, _: date) -> Iterator[Due]:
    return perspective_dates.of_household(file, rules.screening)


_STAY = (*_HOUSEHOLD, ResidenceSpell, RegimeSpell, Standing)
_SCREENED = (*_STAY, Achievement, PhaseEntry)
FACTS: tuple[type[Record], ...] = _SCREENED
"""The records that conditions of checklists speak of, besides the papers."""


def _of_changes(file: CaseFile, rules: AgendaRules, day: date) -> Iterator[Due]:
    return regime_dates.of_changes(rules.lists(file, day).regime_changes)


def _of_referrals(file: CaseFile, rules: AgendaRules, day: date) -> Iterator[Due]:
    return case_dates.of_referrals(rules.lists(file, day).referrals, rules.spans)


def _of_papers(file: CaseFile, rules: AgendaRules, day: date) -> Iterator[Due]:
    return paper_dates.of_papers(file, rules.proofs, day)


def open_to_facts(file: CaseFile, rules: AgendaRules) -> bool:
    """Return whether conditions decide over anything that is due: an open checklist, a paper not minded."""
    return (
        any(one.state is ReferralState.PREPARED for one in file.referrals)
        or any(one.done_on is None for one in file.regime_changes)
        or any(one.valid_until and one.document in rules.proofs.quiet_kinds for one in file.attachments)
    )


SOURCES: tuple[DueSource, ...] = (
    DueSource("consent", (Consent,), lambda file, _, __: case_dates.of_consents(file.consents)),
    DueSource("residence_spell", _STAY, _by_law(_of_titles)),
    DueSource("regime_spell", (*_HOUSEHOLD, ResidenceSpell, RegimeSpell), _by_law(_of_regimes)),
    DueSource("standing", _STAY, _by_law(fact_dates.of_standings)),
    DueSource("achievement", (ResidenceSpell, Achievement), _by_law(fact_dates.of_achievements)),
    DueSource("regime_change", (RegimeChange, Attachment), _of_changes, judged=True),
    DueSource("referral", (Referral, Attachment), _of_referrals, judged=True),
    DueSource("measure", (Measure,), lambda file, _, __: case_dates.of_measures(file.measures)),
    DueSource("goal", (Goal,), lambda file, _, __: case_dates.of_goals(file.goals)),
    DueSource("follow_up", (FollowUp,), lambda file, _, __: case_dates.of_follow_ups(file.follow_ups)),
    DueSource(
        "contact", (Contact,), lambda file, rules, _: case_dates.of_contacts(file.contacts, rules.spans)
    ),
    DueSource("attachment", (Attachment, ResidenceSpell), _of_papers, judged=True),
    DueSource("person", (*_HOUSEHOLD, ResidenceSpell, RegimeSpell), _by_law(regime_dates.of_household)),
    DueSource("passage", (Passage,), lambda file, _, __: passage_dates.of_passages(file.passages)),
    DueSource("phase", (PhaseEntry, FollowUp), lambda file, _, __: case_dates.of_phases(file)),
    DueSource(perspective_dates.PERSPECTIVE, _SCREENED, _screened),
)


def due_in(file: CaseFile, rules: AgendaRules, today: date) -> tuple[Due, ...]:
    """Return what is due in a case on ``today`` or later, the most pressing first.

    In a closed case only the dates that nobody took over and that were not let go.
    """
    return in_order(standing(file, of_file(file, rules, day=today), rules), rules, today)


def open_dates(file: CaseFile, rules: AgendaRules, today: date) -> tuple[Due, ...]:
    """Return the dates of a case that whoever goes on with it must know, whether it is closed or not."""
    found = _unsettled(file, of_file(file, rules, day=today), rules)
    return tuple(each for each in in_order(found, rules, today) if each.is_date)


def let_go_in(file: CaseFile, rules: AgendaRules) -> tuple[Due, ...]:
    """Return the dates of a case that was let go while it was worked on, and that would count."""
    gone = {(one.key, one.due_on) for one in file.case.settled if one.outcome == WAIVED}
    return tuple(each for each in of_file(file, rules) if (each.key, each.due_on) in gone) if gone else ()


def noted_in(file: CaseFile, rules: AgendaRules) -> dict[str, Due]:
    """Return by the identity of a follow-up the date of the case for which it stands, though made by hand."""
    return {note.id: due for due, note in notes_for(of_file(file, rules), file.follow_ups, rules)}


def next_date(ordered: Iterable[Due]) -> Due | None:
    """Return the date of a case that its list names: the first of ``due_in`` that is one."""
    return next((each for each in ordered if each.is_date), None)


def of_file(
    file: CaseFile,
    rules: AgendaRules,
    sources: Sequence[DueSource] = SOURCES,
    *,
    day: date | None = None,
) -> tuple[Due, ...]:
    """Return all dates that follow from ``sources``, past ones too and whether the case is closed or not.

    What conditions decide is as on ``day`` (today when None).
    """
    on = day or calendar_day()
    found = (each for source in sources for each in source.find(file, rules, on))
    return tuple(shown for each in found for shown in _shown(each, rules))


def standing(file: CaseFile, found: Sequence[Due], rules: AgendaRules) -> tuple[Due, ...]:
    """Return those that still count: not taken up or noted as a follow-up, and not let go.

    ``found`` are all dates of the records they come from.

    Of a closed case the dates that were neither done, nor taken over by somebody who is named, nor let go for
    a reason.
    """
    unsettled = _unsettled(file, found, rules)
    if file.case.status is not CaseStatus.CLOSED:
        return unsettled
    handed_on = _is_handed_on(file)
    return tuple(each for each in unsettled if each.is_date and (each.rule == "after_care" or not handed_on))


def in_order(found: Iterable[Due], rules: AgendaRules, today: date) -> tuple[Due, ...]:
    """Return the dates that have not lapsed on ``today``, the most pressing first.

    What it is time for comes before what is later; of two on the same day the one whose rule stands first. A
    day that is told anew in stages stands there once, by the stage that has not lapsed.
    """

    def place(each: Due) -> tuple[Any, ...]:
        where = (rules.place(each.rule), each.kind, each.record_id)
        return (not each.is_shown(today), each.rank, each.due_on, *where)

    told: dict[tuple[str, ...], Due] = {}
    for each in sorted((each for each in found if today <= each.until), key=place):
        told.setdefault(each.stages, each)
    return tuple(told.values())


def _shown(each: Due, rules: AgendaRules) -> Iterator[Due]:
    """Yield a date with the days it is shown on, once for each stage in which it is told."""
    window = rules.windows[each.rule]
    since = each.since if each.since > date.min else window.first(each.due_on)
    until = min(each.until, window.last(each.due_on))
    stages = [(0, since), *window.told_again(each.due_on, since)]
    ends = [begins - DAY for _, begins in stages[1:]]
    for (number, begins), ends_on in zip(stages, [*ends, until], strict=True):
        record = f"{each.record_id}.{number}" if number else each.record_id
        last = min(ends_on, until)
        yield Due(each.rule, each.due_on, each.kind, record, each.facts, begins, last, window.rank)


def _unsettled(file: CaseFile, found: Sequence[Due], rules: AgendaRules) -> tuple[Due, ...]:
    """Return those of which nothing is said that still counts: taken up, noted by hand, let go."""
    noted = {(due.key, due.due_on) for due, _ in notes_for(found, file.follow_ups, rules)}
    closed = file.case.status is CaseStatus.CLOSED
    said = {(one.key, one.due_on) for one in file.case.settled if closed or one.outcome == WAIVED}
    gone, made = noted | said, taken_up(file.follow_ups)
    return tuple(
        each
        for each in found
        if (each.key, each.due_on) not in gone
        and not (made and (unstaged(each.key), each.due_on.isoformat()) in made)
    )


def _is_handed_on(file: CaseFile) -> bool:
    """Return whether the evaluation names who took the case over, and when."""
    entry = latest(file.phases, Phase.EVALUATION)
    said = (entry.answers.get("handover") if entry else None) or {}
    named = bool(said.get("recipient") and said.get("handed_over_on"))
    return named and file.case.closing_reason in _HANDED_ON
