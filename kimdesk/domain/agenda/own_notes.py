"""A deadline somebody noted by hand stands for the one that follows from the facts of a case."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from kimdesk.domain.agenda.due import Due, unstaged
from kimdesk.domain.agenda.rules import AgendaRules
from kimdesk.domain.records import FollowUp

_NEAR = timedelta(days=183)
"""Two days of the same rule and person that lie further apart are two matters."""


def taken_up(follow_ups: Iterable[FollowUp]) -> frozenset[tuple[str, str]]:
    """Return the dates, by key and day, of which follow-ups were made, done or not.

    One counts as long as the date stays the same day; what was made of one stage of it stands for all.
    """
    made = ((one.facts.get("due"), one.facts.get("due_on")) for one in follow_ups)
    return frozenset((unstaged(str(key)), str(day)) for key, day in made if key)


def notes_for(
    found: Sequence[Due], follow_ups: Sequence[FollowUp], rules: AgendaRules
) -> Iterator[tuple[Due, FollowUp]]:
    """Yield the dates for which a note stands that somebody made by a rule of the same law, with the note.

    Counted from the same day, or due on it, a note is the same matter even when it is done. On another day it
    is while it is open, near, and about the same person; one that names nobody when there is no second date
    of that kind.
    """
    notes = [one for one in follow_ups if one.rule and "due" not in one.facts]
    if not notes:
        return
    kinds = Counter(rule for rule, *_ in {(each.rule, each.kind, unstaged(each.key)) for each in found})
    for due in found:
        alone = kinds[due.rule] == 1
        if due.is_derived and (note := _note(due, notes, rules.windows[due.rule].deadlines, alone=alone)):
            yield due, note


def _note(due: Due, notes: Iterable[FollowUp], laws: tuple[str, ...], *, alone: bool) -> FollowUp | None:
    fitting = [one for one in notes if one.rule in laws and _is_same(one, due, alone)]
    return min(fitting, key=lambda one: (one.done_on is not None, one.due_on), default=None)


def _is_same(note: FollowUp, due: Due, alone: bool) -> bool:
    named = note.about in (due.ref.id, due.facts.get("person_id"))
    if note.about and not named:
        return False
    counted = due.facts.get("counted_on")
    if note.due_on == due.due_on or (counted and str(note.facts.get("day")) == counted):
        return True
    return note.done_on is None and (named or alone) and abs(note.due_on - due.due_on) <= _NEAR
