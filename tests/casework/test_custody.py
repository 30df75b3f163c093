"""Who is responsible for a case is known at every moment, and nobody else changes it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from kimdesk.casework import attachments, cases, closing, exchange, people, plans, records, responsible
from kimdesk.casework.desk import Desk
from kimdesk.domain.custody import (
    GRACE,
    Custody,
    Passage,
    PassageWay,
    Side,
    Stage,
    may_ask_another,
    standing,
)
from kimdesk.domain.errors import CaseworkError, StoreError
from kimdesk.domain.records import Case, Contact, Goal, Person
from kimdesk.domain.terms import Role
from kimdesk.store import passages
from kimdesk.store.passages import Papers
from tests.scan_samples import jpeg

AT = datetime(2026, 11, 30, 9, tzinfo=UTC)
DAY = AT.date()


def passage(way: PassageWay, side: Side, stage: Stage, case_id: str = "", **named: Any) -> Passage:
    known: dict[str, Any] = {"id": "a" * 32, "desk": "b" * 32, "desk_name": "Niederholt", "at": AT} | named
    return Passage(case_id=case_id, way=way, side=side, stage=stage, **known)


def note(desk: Desk, one: Passage) -> None:
    with desk.writing() as writer:
        passages.note(writer.connection, one, Papers())


@pytest.mark.parametrize(
    ("way", "side", "stage", "told"),
    [
        (PassageWay.MOVE, Side.GAVE, Stage.OFFERED, Custody.OFFERED),
        (PassageWay.MOVE, Side.GAVE, Stage.ACCEPTED, Custody.PASSED_ON),
        (PassageWay.MOVE, Side.GAVE, Stage.REFUSED, Custody.OWN),
        (PassageWay.MOVE, Side.GAVE, Stage.WITHDRAWN, Custody.OWN),
        (PassageWay.MOVE, Side.TOOK, Stage.ACCEPTED, Custody.TAKEN_OVER),
        (PassageWay.MOVE, Side.TOOK, Stage.REFUSED, Custody.OWN),
        (PassageWay.COVER, Side.GAVE, Stage.LENT, Custody.LENT),
        (PassageWay.COVER, Side.GAVE, Stage.RETURNED, Custody.OWN),
        (PassageWay.COVER, Side.TOOK, Stage.LENT, Custody.COVERING),
        (PassageWay.COVER, Side.TOOK, Stage.RETURNED, Custody.COVERING),
        (PassageWay.COVER, Side.TOOK, Stage.ENDED, Custody.OWN),
    ],
)
def test_each_passage_says_whose_the_case_is(
    way: PassageWay, side: Side, stage: Stage, told: Custody
) -> None:
    assert standing([passage(way, side, stage)], DAY).custody is told


def test_the_last_acceptance_counts() -> None:
    gave = passage(PassageWay.MOVE, Side.GAVE, Stage.ACCEPTED)
    took = passage(PassageWay.MOVE, Side.TOOK, Stage.ACCEPTED)
    assert standing([gave, took], DAY).custody is Custody.TAKEN_OVER
    assert standing([took, gave], DAY).custody is Custody.PASSED_ON
    assert (
        standing([took, passage(PassageWay.MOVE, Side.GAVE, Stage.OFFERED)], DAY).custody is Custody.OFFERED
    )


def test_a_cover_ends_by_the_calendar() -> None:
    cover = passage(PassageWay.COVER, Side.TOOK, Stage.LENT, until=DAY)
    assert not standing([cover], DAY).read_only
    assert standing([cover], DAY + timedelta(days=1)).read_only
    assert standing([replace(cover, stage=Stage.RETURNED)], DAY).read_only


def test_another_desk_is_asked_only_when_the_first_cannot_have_accepted() -> None:
    until = DAY + timedelta(days=30)
    for stage in (Stage.OFFERED, Stage.WITHDRAWN):
        offer = passage(PassageWay.MOVE, Side.GAVE, stage, until=until)
        assert may_ask_another([offer], offer.desk, DAY)
        assert not may_ask_another([offer], "c" * 32, until + GRACE)
        assert may_ask_another([offer], "c" * 32, until + GRACE + timedelta(days=1))
    assert may_ask_another([passage(PassageWay.MOVE, Side.GAVE, Stage.REFUSED, until=until)], "c" * 32, DAY)


def test_the_store_holds_no_two_open_offers_of_a_case(desk: Desk, case: Case) -> None:
    note(desk, passage(PassageWay.MOVE, Side.GAVE, Stage.OFFERED, case.id))
    with pytest.raises((IntegrityError, StoreError)):
        note(desk, passage(PassageWay.MOVE, Side.GAVE, Stage.OFFERED, case.id, id="c" * 32, desk="d" * 32))


def test_every_way_to_change_a_case_that_was_handed_over_is_refused(desk: Desk, case: Case) -> None:
    goal = records.save(desk, Goal(case_id=case.id, text="Wohnung"))
    client = cases.peek(desk, case.id).client
    assert client
    note(desk, passage(PassageWay.MOVE, Side.GAVE, Stage.ACCEPTED, case.id))
    ways: list[Any] = [
        lambda: records.save(desk, replace(goal, text="Haus")),
        lambda: records.save(desk, Contact(case_id=case.id, held_on=DAY, minutes=15)),
        lambda: records.remove(desk, goal),
        lambda: records.save(desk, replace(client, phone="0171 2")),
        lambda: people.add_person(desk, case.id, Person(family_name="Neu"), Role.OTHER),
        lambda: cases.save_case(desk, replace(case, worker="Andere")),
        lambda: closing.close(desk, case.id, "moved"),
        lambda: attachments.attach(desk, case.id, jpeg(), title="Ausweis"),
        lambda: plans.rate(desk, goal.id, 1),
    ]
    before = cases.peek(desk, case.id)
    for way in ways:
        with pytest.raises(CaseworkError, match="E864") as refused:
            way()
        assert refused.value.facts == {"desk": "Niederholt"}
    told = exchange.import_documents(desk, [{"id": case.id, "worker": "Andere"}])
    assert [error.code for _, error in told.refused] == ["E864"]
    assert cases.peek(desk, case.id) == before
    assert cases.load(desk, case.id) == before  # reading is no change
    cases.erase(desk, case.id)  # when its time of keeping is over


def test_a_person_of_another_case_may_be_changed_for_that_one(desk: Desk, case: Case) -> None:
    client = cases.peek(desk, case.id).client
    assert client
    cases.open_new(desk, client)
    note(desk, passage(PassageWay.MOVE, Side.GAVE, Stage.ACCEPTED, case.id))
    assert records.save(desk, replace(client, phone="0171 2")).phone == "0171 2"


def test_a_case_is_changed_freely_while_it_is_offered_or_lent(desk: Desk, case: Case) -> None:
    note(desk, passage(PassageWay.MOVE, Side.GAVE, Stage.OFFERED, case.id, until=date(2020, 1, 1)))
    records.save(desk, Goal(case_id=case.id, text="Wohnung"))
    assert responsible.of_case(desk, case.id).overdue


def test_a_copy_is_read_only_once_the_cover_is_over_or_given_back(desk: Desk, case: Case) -> None:
    note(desk, passage(PassageWay.COVER, Side.TOOK, Stage.LENT, case.id, until=date(2020, 1, 1)))
    with pytest.raises(CaseworkError, match="E865"):
        records.save(desk, Goal(case_id=case.id, text="Wohnung"))
    with desk.writing() as writer:
        [one] = passages.of_case(writer.connection, case.id)
        assert passages.settle(writer.connection, one, Stage.RETURNED, AT)
        assert not passages.settle(writer.connection, one, Stage.RETURNED, AT)  # it stands there no more
    with pytest.raises(CaseworkError, match="E866"):
        records.save(desk, Goal(case_id=case.id, text="Wohnung"))
