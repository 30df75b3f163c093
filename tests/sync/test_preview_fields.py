"""A line of the preview opens to its records and their fields, and says of each what really becomes of it."""

from dataclasses import fields
from datetime import date

import pytest

from kimdesk import sync
from kimdesk.domain.records import Contact, Goal, PhaseEntry
from kimdesk.domain.terms import Phase, SharingLevel
from kimdesk.sync.leaving.allow_list import TECHNICAL
from kimdesk.sync.leaving.policy import policy
from kimdesk.sync.leaving.preview import Ref
from kimdesk.sync.leaving.projection import is_empty
from kimdesk.texts.preview_fields import RecordWords
from tests.sync.canaries import plant
from tests.sync.exchange import TODAY, Exchange

ANSWERS = {
    "domains": {
        "housing": {"situation": "im Zelt", "scale": 3},
        "health": {"situation": "krank", "scale": 1},
    },
    "network": [{"who": "die Tante"}],
}


def opened(exchange: Exchange, group: str) -> tuple[sync.PreviewRecord, ...]:
    preview = sync.preview(exchange.desk, TODAY)
    lines = (*preview.leaves, *preview.coarsened, *preview.stays)
    refs: dict[Ref, None] = dict.fromkeys(ref for line in lines if line.group == group for ref in line.refs)
    return sync.fields_of(exchange.desk, tuple(refs), TODAY)


def told(exchange: Exchange, group: str) -> set[tuple[str, str, str, str]]:
    words = RecordWords(exchange.desk.catalogue)
    return {
        (each.label, each.here, each.out, each.why)
        for record in opened(exchange, group)
        for each in words.fields(record)
    }


def test_each_answer_says_what_becomes_of_it(exchange: Exchange) -> None:
    known = exchange.case()
    form = {"phase": Phase.ASSESSMENT, "form": "assessment", "version": 1}
    exchange.put(PhaseEntry(case_id=known.case.id, answers=ANSWERS, **form))  # type: ignore[arg-type]
    [record] = opened(exchange, "phases")
    assert RecordWords(exchange.desk.catalogue).record(record) == "Bogen Assessment"
    found = {label: (here, out, why) for label, here, out, why in told(exchange, "phases")}
    given = "Einwilligung vom 12.06.2026"
    assert found["Wohnen: Situation"] == ("im Zelt", "geht hinaus, wie es hier steht", given)
    assert found["Gesundheit: Situation"] == (
        "krank", "bleibt hier", "Art.\u00a09 DSGVO: keine ausdrückliche Einwilligung",
    )  # fmt: skip
    assert ("die Tante", "bleibt hier", "Datensparsamkeit") in found.values()


def test_pseudonymised_dates_and_texts_say_how_they_leave(exchange: Exchange) -> None:
    known = exchange.case(level=SharingLevel.PSEUDONYMISED)
    exchange.put(Contact(case_id=known.case.id, held_on=date(2026, 11, 3), minutes=50, content="Gespräch"))
    found = {here: (out, why) for _, here, out, why in told(exchange, "contact")}
    assert found["03.11.2026"][0] == "11.2026"
    assert found["Gespräch"] == ("bleibt hier", "geht nie pseudonymisiert hinaus")
    assert found["50"] == ("bis 1 Stunde", "nur für die Statistik")


@pytest.mark.parametrize("level", [SharingLevel.IDENTIFIED, SharingLevel.PSEUDONYMISED])
def test_every_field_that_says_something_is_there(exchange: Exchange, level: SharingLevel) -> None:
    plant(exchange, level)
    preview = sync.preview(exchange.desk, TODAY)
    refs = dict.fromkeys(
        ref for line in (*preview.leaves, *preview.coarsened, *preview.stays) for ref in line.refs
    )
    for record in sync.fields_of(exchange.desk, tuple(refs), TODAY):
        named = {each.part.step.name for each in record.fields}
        rules = policy().record[record.kind].field
        for each in fields(record.record):
            if rules[each.name].group not in (TECHNICAL, "answers"):
                assert each.name in named or is_empty(getattr(record.record, each.name)), each.name


def test_what_is_said_to_leave_is_what_leaves(exchange: Exchange) -> None:
    plant(exchange, SharingLevel.IDENTIFIED)
    goals = opened(exchange, "plan")
    rows = {
        line["row"]["id"]: line["row"]
        for line in exchange.opened(exchange.export().path)["records"]
        if line["kind"] == "goal"
    }
    for record in goals:
        if isinstance(record.record, Goal):
            said = {each.part.step.member for each in record.fields if each.part.leaves}
            assert said == rows[record.record.id].keys() - {"id", "rev", "case_id"}


def test_looking_at_fields_changes_nothing(exchange: Exchange) -> None:
    exchange.case()
    before = sync.status(exchange.desk)
    assert opened(exchange, "plan") == opened(exchange, "plan")
    assert sync.status(exchange.desk) == before


def test_an_address_that_is_protected_is_not_shown(exchange: Exchange) -> None:
    known = exchange.case()
    exchange.change(known.person, protected=True, phone="0231 1")
    here = {each[1] for each in told(exchange, "address") | told(exchange, "reach")}
    assert not {"Mühlenweg 4", "Eschenried", "0231 1"} & here
