"""A few changes cost what they are, however many cases there are: nothing goes through all of them."""

from typing import Any

from sqlalchemy import event

from kimdesk.sync.leaving import rescope
from kimdesk.sync.leaving.caseload import Caseload
from tests.sync.exchange import AGS, TODAY, Exchange

FEW = ("person_shielded", "sync_case_shielded")
"""Indexes of what is rare."""


def test_comparing_scopes_goes_through_no_table_that_grows_with_the_cases(exchange: Exchange) -> None:
    exchange.case()
    exchange.round()
    asked: list[tuple[str, Any]] = []
    with exchange.desk.writing() as writer:
        connection = writer.connection
        event.listen(connection, "before_cursor_execute", lambda *each: asked.append((each[2], each[3])))
        caseload = Caseload(connection, TODAY, frozenset([AGS]))
        rescope.renew(connection, caseload, rescope.head(connection) - 1, 1)
        plans = [row[3] for said, given in list(asked)
                 for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", given)]  # fmt: skip
    tables = (
        "member",
        "person",
        "change",
        "sync_case",
        "sync_sent",
        "kim_case",
        "goal",
        "measure",
        "consent",
    )
    through = [each for each in plans if each.startswith(tuple(f"SCAN {table}" for table in tables))]
    assert [each for each in through if not each.endswith(FEW)] == []
