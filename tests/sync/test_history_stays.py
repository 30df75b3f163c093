"""Earlier values never leave the desk, and what leaves stands in the trail of each case."""

from dataclasses import replace

import msgspec

from kimdesk.casework import cases, history, records, trail
from kimdesk.casework.trail import Filter
from kimdesk.domain.terms import SharingLevel
from tests.sync.canaries import plant
from tests.sync.exchange import Exchange


def test_a_bundle_holds_the_value_of_now_only(exchange: Exchange) -> None:
    mark = plant(exchange, SharingLevel.IDENTIFIED).marks["goal.text"]
    row = cases.list_page(exchange.desk, cases.CaseQuery()).rows[0]
    goal = next(one for one in cases.peek(exchange.desk, row.id).goals if one.text == mark)
    records.save(exchange.desk, replace(goal, text="Anders gesagt"))
    assert history.of_record(exchange.desk, "goal", goal.id)[0].before.plain == mark
    opened = msgspec.json.encode(exchange.opened(exchange.export().path)).decode()
    assert "Anders gesagt" in opened
    assert mark not in opened
    told = [line.words for line in trail.page(exchange.desk, Filter(case_id=row.id)).lines]
    assert told[0] == "Fall in ein Paket für den Kreis aufgenommen"
