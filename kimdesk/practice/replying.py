"""What happened to the referrals of the practice town: sent with what, asked again, asked back, answered."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from kimdesk.domain import slip_codes
from kimdesk.domain.records import Referral, ReferralStep
from kimdesk.domain.terms import ItemState, ReferralState, StepKind
from kimdesk.practice.dice import Dice
from kimdesk.practice.library import texts

_CHANNELS = ("slip", "slip", "phone", "email", "letter", "client")
_QUERY_SHARE, _RECEIPT_SHARE = 0.25, 0.5  # of those sent
_REPLY_DAYS = 5


def replied(referral: Referral, until: date) -> Referral:
    """Return ``referral`` with its code and its course until the day ``until``, by chance of its own."""
    dice = Dice(f"{referral.id}:course")
    coded = replace(referral, slip_code=slip_codes.of(referral.id))
    if referral.sent_on is None:
        return coded
    steps = tuple(_steps(coded, referral.sent_on, dice, until))
    last = steps[-1]
    if last.kind is StepKind.QUERY:
        return replace(coded, course=steps, answer_due_on=None, remind_on=last.due_on)
    return replace(coded, course=steps, remind_on=last.due_on if last.kind is StepKind.CHASED else None)


def _steps(referral: Referral, sent: date, dice: Dice, until: date) -> Iterator[ReferralStep]:
    papers = tuple(each.item for each in referral.checklist if each.state is ItemState.PRESENT)
    yield _step(referral, 0, StepKind.SENT, sent, due_on=referral.answer_due_on, papers=papers)
    if referral.state is ReferralState.SENT:
        yield from _awaited(referral, sent, dice, until)
    if referral.answered_on:
        refused = bool(referral.reject_reason)
        kind = StepKind.REJECTED if refused else StepKind.ACCEPTED
        yield _step(
            referral, 1, kind, referral.answered_on, who=referral.agency_person,
            channel=dice.pick(_CHANNELS), reason=referral.reject_reason,
        )  # fmt: skip
    if referral.state in (ReferralState.DONE, ReferralState.WITHDRAWN):
        day = max(referral.answered_on or sent, sent)
        yield _step(referral, 2, StepKind(str(referral.state)), day, text=referral.result)


def _awaited(referral: Referral, sent: date, dice: Dice, until: date) -> Iterator[ReferralStep]:
    """Yield what was heard before an answer: the receipt, a question, a call where nobody answers."""
    heard = min(sent + timedelta(days=dice.between(1, 3)), until)
    overdue = referral.answer_due_on is not None and referral.answer_due_on < until
    receipt, query = dice.chance(_RECEIPT_SHARE), dice.chance(_QUERY_SHARE)
    if receipt or overdue:
        yield _step(referral, 3, StepKind.RECEIPT, heard, who=referral.agency_person, channel="email")
    if query and not overdue:
        due = max(until, heard) + timedelta(days=_REPLY_DAYS - 1)
        yield _step(
            referral, 4, StepKind.QUERY, heard, who=referral.agency_person, channel="phone",
            text=dice.pick(texts().referral["query"]), due_on=due,
        )  # fmt: skip


def _step(referral: Referral, number: int, kind: StepKind, on: date, **said: Any) -> ReferralStep:
    identity = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{referral.id} {number}"))
    return ReferralStep(id=identity, kind=kind, on=on, **said)
