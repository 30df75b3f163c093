"""The way of a referral: vorbereitet → gesendet → angenommen | abgelehnt → erledigt | zurückgezogen.

What happens is a step that is kept for good (``Referral.course``); state and days of the referral follow from
it. An answer is kept whenever it comes, also when the referral is settled or withdrawn by then.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

from kimdesk.domain.records import Referral, ReferralStep
from kimdesk.domain.terms import ReferralState, StepKind

STEPS: dict[ReferralState, tuple[ReferralState, ...]] = {
    ReferralState.PREPARED: (ReferralState.SENT, ReferralState.WITHDRAWN),
    ReferralState.SENT: (ReferralState.ACCEPTED, ReferralState.REJECTED, ReferralState.WITHDRAWN),
    ReferralState.ACCEPTED: (ReferralState.DONE, ReferralState.WITHDRAWN),
    ReferralState.REJECTED: (ReferralState.DONE, ReferralState.WITHDRAWN),
    ReferralState.DONE: (),
    ReferralState.WITHDRAWN: (),
}
"""From each state, the states a referral may take next."""

ANSWERS = frozenset({ReferralState.ACCEPTED, ReferralState.REJECTED})
ENDED = frozenset({ReferralState.DONE, ReferralState.WITHDRAWN})
ELSEWHERE = frozenset({"not_responsible", "forwarded"})
"""Reasons (reject_reason) that mean: right person, wrong office."""

_HEARD = frozenset({StepKind.RECEIPT, StepKind.QUERY, StepKind.ACCEPTED, StepKind.REJECTED})
_ASKED = frozenset({StepKind.CHASED, StepKind.REPLIED})


class ReferralStanding(StrEnum):
    """How a referral stands on a day. What lies between its stored states is worked out, never stored."""

    PREPARED = "prepared"
    SENT = "sent"
    UNANSWERED = "unanswered"  # longer than usual
    QUERY = "query"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    ELSEWHERE = "elsewhere"  # not responsible, or passed on
    DONE = "done"
    WITHDRAWN = "withdrawn"


def may_become(now: ReferralState, then: ReferralState) -> bool:
    """Return whether a referral may go from ``now`` to ``then``."""
    return then in STEPS[now]


def may_take(referral: Referral, kind: StepKind) -> bool:
    """Return whether a step of ``kind`` may follow: what the office says always, once it was asked."""
    state = referral.state
    if state is ReferralState.PREPARED:
        return kind in (StepKind.SENT, StepKind.WITHDRAWN)
    if kind in _HEARD:
        return True
    if kind in _ASKED:
        return state not in ENDED
    return may_become(state, ReferralState(kind))


def is_answer(step: ReferralStep) -> bool:
    """Return whether the office said yes or no with it."""
    return step.kind in (StepKind.ACCEPTED, StepKind.REJECTED)


def in_order(steps: Iterable[ReferralStep]) -> tuple[ReferralStep, ...]:
    """Return the steps as they happened, of one day as they were noted."""
    return tuple(sorted(steps, key=lambda each: (each.on, each.id)))


def taken(referral: Referral, step: ReferralStep) -> Referral:
    """Return ``referral`` after ``step``, which may follow (``may_take``)."""
    after = replace(referral, course=(*referral.course, step))
    return replace(after, **_head(after, step))


def _head(after: Referral, step: ReferralStep) -> dict[str, Any]:
    """Return what a step changes besides the course; nothing once the referral has ended."""
    if after.state in ENDED:
        return {}
    if is_answer(step):
        return _answered(after)
    if step.kind in (StepKind.DONE, StepKind.WITHDRAWN):
        ended = {"state": ReferralState(step.kind), "result": step.text or after.result}
        return {**ended, "remind_on": None}
    return _awaited(after, step)


def _awaited(after: Referral, step: ReferralStep) -> dict[str, Any]:
    """Return until when the office, or the desk, is waited for after a step that ends nothing."""
    sending, waits = step.kind is StepKind.SENT, after.state is ReferralState.SENT
    if sending or (step.kind is StepKind.REPLIED and waits):
        went = {"state": ReferralState.SENT, "sent_on": step.on} if sending else {}
        return {**went, "answer_due_on": step.due_on, "remind_on": None}
    if step.kind is StepKind.QUERY and waits:
        return {"answer_due_on": None, "remind_on": step.due_on}
    return {"remind_on": step.due_on} if step.kind is StepKind.CHASED else {}


def _answered(after: Referral) -> dict[str, Any]:
    """Return what the latest answer says; one that is noted late takes no later one back."""
    last = max((each for each in after.course if is_answer(each)), key=lambda each: (each.on, each.id))
    return {
        "state": ReferralState(last.kind),
        "answered_on": last.on,
        "reject_reason": last.reason if last.kind is StepKind.REJECTED else "",
        "remind_on": None,
    }


def standing(referral: Referral, day: date) -> ReferralStanding:
    """Return how it stands on ``day``."""
    if referral.state is ReferralState.SENT:
        if open_query(referral):
            return ReferralStanding.QUERY
        overdue = referral.answer_due_on is not None and referral.answer_due_on < day
        return ReferralStanding.UNANSWERED if overdue else ReferralStanding.SENT
    if referral.state is ReferralState.REJECTED and referral.reject_reason in ELSEWHERE:
        return ReferralStanding.ELSEWHERE
    return ReferralStanding(str(referral.state))


def open_query(referral: Referral) -> ReferralStep | None:
    """Return what the office asked and still waits for, None when there is nothing."""
    if referral.state is not ReferralState.SENT or referral.answer_due_on is not None:
        return None
    asked = [each for each in in_order(referral.course) if each.kind in (StepKind.QUERY, StepKind.REPLIED)]
    return asked[-1] if asked and asked[-1].kind is StepKind.QUERY else None


def last_of(referral: Referral, *kinds: StepKind) -> ReferralStep | None:
    """Return the last step of one of ``kinds``, None when there is none."""
    found = [each for each in in_order(referral.course) if each.kind in kinds]
    return found[-1] if found else None


def days_to_answer(referral: Referral) -> int | None:
    """Return in how many days the office said yes or no, None while it has not."""
    if referral.sent_on is None or referral.answered_on is None:
        return None
    return (referral.answered_on - referral.sent_on).days


def days_waiting(referral: Referral, day: date) -> int | None:
    """Return for how many days it has been under way on ``day``, None before it was sent."""
    return None if referral.sent_on is None else max((day - referral.sent_on).days, 0)
