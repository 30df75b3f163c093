"""The list for the data protection officer says what really arrives, of every column and every answer."""

from dataclasses import fields, replace

import pytest

from kimdesk.domain.kinds import KINDS, type_of
from kimdesk.domain.terms import Phase, SharingLevel
from tests.sync.exchange import Exchange
from tests.sync.leaving import texts
from tests.sync.what_leaves import BASES, FILE, Basis, arrived, expected, listed, plant, questions, written


@pytest.mark.parametrize("basis", BASES, ids=["named", "child", "pseudonymised", "shielded", "school"])
def test_what_arrives_is_what_the_list_says(exchange: Exchange, basis: Basis) -> None:
    assert arrived(exchange, basis) == expected()[basis.title]


def test_the_list_leaves_nothing_out() -> None:
    columns = {f"{kind}.{each.name}" for kind in KINDS for each in fields(type_of(kind))}
    assert listed() == columns | {path for phase in Phase for path in questions(phase)}


def test_the_list_is_written_as_it_is_read() -> None:
    assert written(expected()) == FILE.read_text("utf-8")


@pytest.mark.parametrize("basis", [BASES[2], BASES[3]], ids=["pseudonymised", "shielded"])
def test_no_text_of_anybody_arrives_but_names(exchange: Exchange, basis: Basis) -> None:
    plant(exchange, basis)
    exchange.round()
    for kind in KINDS:
        for row in exchange.held(type_of(kind)):
            kept = {name: value for name, value in row.items() if not (kind == "person" and "name" in name)}
            kept.pop("alias", None)
            assert "Kanarie" not in " ".join(texts(kept)), kind


@pytest.mark.parametrize("purpose", ["cover", "case_conference"])
def test_for_what_is_not_the_kreis_s_nothing_arrives(exchange: Exchange, purpose: str) -> None:
    plant(exchange, replace(BASES[0], purpose=purpose))
    exchange.round()
    assert exchange.rows_held() == 0


def test_for_the_statistics_nothing_arrives(exchange: Exchange) -> None:
    plant(exchange, replace(BASES[0], level=SharingLevel.STATISTICS))
    exchange.round()
    assert exchange.rows_held() == 0
