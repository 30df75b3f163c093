"""What the Kreis sees first: what came in, who needs a call, whether the totals agree."""

from datetime import timedelta
from pathlib import Path

from kimdesk import kreis
from kimdesk.domain.terms import CaseStatus
from kimdesk.kreis.registry import RECORDS
from kimdesk.store import audit
from kimdesk.sync.sealing.gaps import Gap
from kimdesk.texts import Speech, registry
from tests.counting import statements
from tests.kreis.forging import forge
from tests.sync.exchange import NOW, Exchange, enrol, make_desk


def test_an_empty_inbox(exchange: Exchange) -> None:
    found = kreis.overview(exchange.kreis, now=NOW)
    assert (found.bundles, found.changes, found.open, found.receipts, found.rows) == (0, 0, 0, 0, ())
    assert registry.of_totals(found.totals) == "Es wurde noch nichts gemeldet."
    [desk] = found.desks
    assert (desk.name, desk.state, registry.of_desk(desk)) == (
        "Eschenried",
        "never",
        "Es kam noch kein Paket.",
    )


def test_a_day_at_the_kreis(exchange: Exchange) -> None:
    exchange.case()
    [result] = exchange.carry(exchange.export().path)
    found = kreis.overview(exchange.kreis, now=NOW)
    assert (found.bundles, found.changes, found.open, found.receipts) == (1, 5, 0, 1)
    [row] = found.rows
    assert (row.desk, row.seq, row.result) == ("Eschenried", 1, "applied")
    assert (registry.of_file(row), row.receipt, row.open) == ("5 Änderungen übernommen", "written", False)

    exchange.take(result)
    exchange.carry(exchange.export().path)
    newest, oldest = kreis.overview(exchange.kreis, now=NOW).rows
    assert (registry.of_file(newest), newest.receipt) == ("eingelesen, keine Änderungen", "written")
    assert oldest.receipt == "collected", "the desk says so in its next bundle"


def test_figures_count_since_yesterday(exchange: Exchange) -> None:
    exchange.case()
    exchange.carry(exchange.export().path)
    assert kreis.overview(exchange.kreis, now=NOW + timedelta(days=1)).bundles == 1
    assert kreis.overview(exchange.kreis, now=NOW + timedelta(days=2)).bundles == 0


def test_what_is_set_aside_stays_open_until_somebody_decides(exchange: Exchange) -> None:
    exchange.case()
    exchange.carry(exchange.export().path)
    exchange.carry(forge(exchange, []))
    found = kreis.overview(exchange.kreis, now=NOW)
    assert found.open == 1
    row = found.rows[0]
    assert (row.result, row.code, row.open, row.receipt) == ("quarantined", "E401", True, "none")
    assert registry.of_file(row).startswith("Unter dieser Nummer ist schon ein anderes Paket angekommen.")
    assert registry.hint(row)
    assert found.desks[0].state == "quarantine"

    kreis.settle(exchange.kreis, row.number, now=NOW)
    assert kreis.overview(exchange.kreis, now=NOW).open == 1, "that decides nothing"
    [dispute] = kreis.disputes(exchange.kreis)
    kreis.choose(exchange.kreis, dispute.desk_id, dispute.histories[0].digest, now=NOW)
    found = kreis.overview(exchange.kreis, now=NOW)
    assert (found.open, found.desks[0].state) == (0, "fine")


def test_a_file_that_is_no_bundle_is_nothing_to_settle(exchange: Exchange) -> None:
    path = exchange.stick / "holiday.jpg"
    path.write_bytes(b"not a bundle")
    exchange.carry(path)
    assert kreis.overview(exchange.kreis, now=NOW).open == 0


def test_a_missing_bundle_is_named(exchange: Exchange) -> None:
    exchange.case()
    lost = [exchange.export().path for _ in range(2)]
    exchange.round()
    [desk] = kreis.desks(exchange.kreis, now=NOW)
    assert (desk.state, desk.missing, desk.last_seq) == ("missing", (Gap(1, 2),), 3)
    assert registry.of_desk(desk).startswith("Pakete 1–2 fehlen.")
    exchange.carry(lost[1], lost[0])
    [desk] = kreis.desks(exchange.kreis, now=NOW)
    assert (desk.state, desk.missing) == ("fine", ())


def test_a_silent_desk_is_named(exchange: Exchange) -> None:
    exchange.round()
    assert kreis.desks(exchange.kreis, now=NOW + timedelta(days=30))[0].state == "fine"
    [desk] = kreis.desks(exchange.kreis, now=NOW + timedelta(days=31))
    assert (desk.state, desk.silent_days) == ("silent", 31)
    assert registry.of_desk(desk) == "Seit 31 Tagen kam kein Paket."
    assert registry.of_desk(desk, Speech("en")) == "No package has come for 31 days."


def test_the_totals_agree(exchange: Exchange) -> None:
    known = exchange.case()
    exchange.case("Haddad")
    exchange.case("Yilmaz", level=None)
    exchange.round()
    totals = kreis.overview(exchange.kreis, now=NOW).totals
    assert (totals.desks, totals.reported, totals.here, totals.differing) == (1, 2, 2, ())
    assert registry.of_totals(totals) == (
        "Summen stimmen überein: 1\u00a0Arbeitsplatz meldet 2 aktive Fälle, hier liegen 2."
    )
    exchange.change(known.case, status=CaseStatus.CLOSED)
    exchange.round()
    assert kreis.overview(exchange.kreis, now=NOW).totals.reported == 1


def test_totals_that_differ_name_the_desk(exchange: Exchange) -> None:
    exchange.case()
    exchange.round()
    with exchange.kreis.writing() as writer:
        writer.connection.execute(RECORDS["case"].delete())
    totals = kreis.overview(exchange.kreis, now=NOW).totals
    assert totals.differing == ("Eschenried",)
    assert "Betroffen: Eschenried." in registry.of_totals(totals)


def test_what_the_kreis_does_stands_in_its_trail(exchange: Exchange, tmp_path: Path) -> None:
    exchange.case()
    [applied] = exchange.carry(exchange.export().path)
    assert applied.receipt
    exchange.carry(forge(exchange, []))
    (tmp_path / "urlaub.kimb").write_bytes(b"no bundle")
    exchange.carry(tmp_path / "urlaub.kimb")
    kreis.settle(exchange.kreis, kreis.overview(exchange.kreis, now=NOW).rows[1].number, now=NOW)
    kreis.revoke(exchange.kreis, kreis.overview(exchange.kreis, now=NOW).desks[0].id, 9)
    with exchange.kreis.reading() as reader:
        told = [entry.action for entry in audit.entries(reader.connection) if entry.kind == "kreis"]
        assert audit.verify(reader.connection) is None
    assert told == [
        "desk_enrolled", "bundle_read", "bundle_read", "bundle_read", "bundle_settled", "desk_revoked"
    ]  # fmt: skip


def test_many_desks_cost_no_more_statements_than_one(exchange: Exchange, tmp_path: Path) -> None:
    exchange.case()
    exchange.round()
    with statements(exchange.kreis) as one:
        kreis.overview(exchange.kreis, now=NOW)
    for name in ("Falkenau", "Grünberg", "Hagedorn"):
        with make_desk(tmp_path / name, name) as desk:
            enrol(desk, exchange.kreis, tmp_path)
            another = Exchange(exchange.home, desk, exchange.kreis)
            another.carry(another.export().path)
    with statements(exchange.kreis) as many:
        found = kreis.overview(exchange.kreis, now=NOW)
    told = {row.name: (row.last_seq, row.missing) for row in found.desks}
    assert told == dict.fromkeys(("Eschenried", "Falkenau", "Grünberg", "Hagedorn"), (1, ()))
    assert len(many) == len(one)
