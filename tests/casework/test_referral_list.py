"""The list of referrals over all cases: its groups, its filters, its order, and that it is read in parts."""

from datetime import timedelta
from typing import Any

from kimdesk.casework import referral_list
from kimdesk.casework.desk import Desk
from kimdesk.casework.referral_list import ReferralGroup, ReferralQuery, page
from kimdesk.domain.custody import Passage, PassageWay, Side, Stage
from kimdesk.domain.dates import now, today
from kimdesk.domain.records import Case, Referral
from kimdesk.domain.referral_steps import ReferralStanding
from kimdesk.domain.terms import ReferralState
from kimdesk.store import passages

TODAY = today()
DAY = timedelta(days=1)
S = ReferralState


def put(desk: Desk, case: Case, state: ReferralState, **facts: Any) -> Referral:
    usual: dict[str, Any] = {"service": "jobcenter", "agency": "Jobcenter Auental"}
    usual["prepared_on"] = TODAY - 40 * DAY
    with desk.writing() as writer:
        return writer.put(Referral(case_id=case.id, state=state, **{**usual, **facts}))


def sent(desk: Desk, case: Case, due: int, **facts: Any) -> Referral:
    return put(desk, case, S.SENT, sent_on=TODAY - 20 * DAY, answer_due_on=TODAY + due * DAY, **facts)


def listed(desk: Desk, **asked: Any) -> list[tuple[ReferralGroup, str]]:
    found = page(desk, ReferralQuery(**asked), TODAY, 0, 50)
    return [(each.group, each.referral.id) for each in found.rows]


def test_what_waits_stands_in_its_group_and_what_is_settled_nowhere(desk: Desk, case: Case) -> None:
    late, later = sent(desk, case, -9), sent(desk, case, -2)
    today_, prepared = sent(desk, case, 0), put(desk, case, S.PREPARED)
    fresh = put(desk, case, S.ACCEPTED, sent_on=TODAY - 9 * DAY, answered_on=TODAY - 7 * DAY)
    put(desk, case, S.ACCEPTED, sent_on=TODAY - 9 * DAY, answered_on=TODAY - 8 * DAY)
    put(desk, case, S.WITHDRAWN, sent_on=TODAY, answered_on=TODAY)
    put(desk, case, S.DONE, sent_on=TODAY - 90 * DAY, answered_on=TODAY - 80 * DAY)
    assert listed(desk) == [
        (ReferralGroup.UNANSWERED, late.id),
        (ReferralGroup.UNANSWERED, later.id),
        (ReferralGroup.OPEN, prepared.id),  # its papers should be together since long
        (ReferralGroup.OPEN, today_.id),
        (ReferralGroup.ANSWERED, fresh.id),
    ]
    assert referral_list.count(desk, TODAY) == 4
    first = page(desk, ReferralQuery(), TODAY, 0, 9).first
    assert first is not None
    assert first.referral.id == late.id


def test_parts_of_the_list_make_the_whole(desk: Desk, case: Case) -> None:
    for number in range(5):
        sent(desk, case, -number - 1)
        put(desk, case, S.PREPARED)
        put(desk, case, S.REJECTED, sent_on=TODAY - 9 * DAY, answered_on=TODAY - number * DAY)
    whole = [row for _, row in listed(desk)]
    parts = [
        each.referral.id
        for offset in range(0, 15, 4)
        for each in page(desk, ReferralQuery(), TODAY, offset, 4).rows
    ]
    assert parts == whole
    assert len(set(whole)) == 15


def test_it_can_be_that_of_one_office_of_one_worker_of_one_group(desk: Desk, case: Case) -> None:
    own = sent(desk, case, -1)
    nameless = sent(desk, case, 5, agency="", service="mbe")
    assert referral_list.offices(desk, TODAY) == ("Jobcenter Auental", "mbe")
    assert listed(desk, office="Jobcenter Auental") == [(ReferralGroup.UNANSWERED, own.id)]
    assert listed(desk, office="mbe") == [(ReferralGroup.OPEN, nameless.id)]
    assert listed(desk, group=ReferralGroup.OPEN) == [(ReferralGroup.OPEN, nameless.id)]
    assert len(listed(desk, worker=case.worker)) == 2
    assert listed(desk, worker="Jemand anders") == []


def test_what_another_desk_took_over_waits_there_and_comes_back_with_the_case(desk: Desk, case: Case) -> None:
    waiting = sent(desk, case, -1)
    for side, there in ((Side.GAVE, []), (Side.TOOK, [waiting.id])):
        one = Passage(id=side * 8, case_id=case.id, way=PassageWay.MOVE, side=side, stage=Stage.ACCEPTED,
                      desk="b" * 32, desk_name="Niederholt", at=now())  # fmt: skip
        with desk.writing() as writer:
            passages.note(writer.connection, one, passages.Papers())
        assert [row for _, row in listed(desk)] == there
        assert referral_list.count(desk, TODAY) == len(there)


def test_a_row_says_what_is_missing_by_the_case_while_it_is_prepared(desk: Desk, case: Case) -> None:
    from kimdesk.casework import referrals

    referrals.prepare(desk, case.id, "jobcenter", agency="Jobcenter", purpose="benefits", override_reason="x")
    [row] = page(desk, ReferralQuery(), TODAY, 0, 9).rows
    assert row.standing is ReferralStanding.PREPARED
    assert row.file is not None
    assert "identity" in {each.entry.item for each in row.missing}
