"""What one file says or is called costs no memory, no other file, and nothing that was decided before."""

import json
import os
import threading
import tracemalloc
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kimdesk import kreis, sync
from kimdesk.cage import CagedStream, Limits
from kimdesk.domain.errors import BundleError
from kimdesk.kreis.enrolled.keyring import trust
from kimdesk.kreis.taking import reading
from kimdesk.kreis.taking.said import Said
from kimdesk.sync.sealing import signed
from kimdesk.sync.sealing.gaps import Gap, between, numbers
from kimdesk.sync.sealing.keys import DeviceIdentity
from kimdesk.sync.sealing.manifest import decode_manifest
from kimdesk.sync.trust import device
from kimdesk.sync.trust.enrolment import CERTIFICATE, REQUEST, make_request, read_request
from tests.kreis.forging import CASE, forge, line
from tests.sync.exchange import AGS, NOW, TODAY, Exchange, enrol, make_desk

MOST = 2**31 - 1
LITTLE = 30_000_000  # bytes


def test_a_leap_in_the_numbers_costs_no_memory(exchange: Exchange) -> None:
    path = forge(exchange, [CASE], seq=MOST, prev="a" * 96)
    tracemalloc.start()
    [result] = exchange.carry(path)
    [desk] = kreis.desks(exchange.kreis, now=NOW)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (result.result, result.missing) == ("applied", (Gap(1, MOST - 1),))
    assert desk.missing == (Gap(1, MOST - 1),)
    assert peak < LITTLE
    assert len(numbers(desk.missing)) == 1000


@pytest.mark.parametrize(
    ("arrived", "last", "missing"),
    [
        ([], 0, ()),
        ([1, 2, 3], 3, ()),
        ([], 3, (Gap(1, 3),)),
        ([2], 3, (Gap(1, 1), Gap(3, 3))),
        ([1, 2, 5, 9], 10, (Gap(3, 4), Gap(6, 8), Gap(10, 10))),
    ],
)
def test_gaps_lie_between_what_arrived(arrived: list[int], last: int, missing: tuple[Gap, ...]) -> None:
    assert between(arrived, last) == missing


@pytest.mark.parametrize("name", ["epoch", "seq", "from_change", "to_change", "last_receipt", "cases"])
@pytest.mark.parametrize("number", [2**31, 2**63, 10**30, -1])
def test_every_number_of_a_manifest_has_a_range(name: str, number: int) -> None:
    said = {
        "format": 1, "crit": [], "device": "0" * 32, "epoch": 1, "seq": 1, "prev": "", "from_change": 1,
        "to_change": 9, "last_receipt": 0, "created": "2026-11-24T09:00:00Z", "cases": 1,
        "catalogue": 0, "answers": 0, "sections": [],
    }  # fmt: skip
    assert decode_manifest(json.dumps(said, separators=(",", ":")).encode()).epoch == 1
    with pytest.raises(BundleError, match="E103"):
        decode_manifest(json.dumps(said | {name: number}, separators=(",", ":")).encode())


@pytest.mark.parametrize(
    "row",
    [
        line("goal", {"case_id": "case-1", "number": 2**31}),
        line("goal", {"case_id": "case-1", "number": 2**63}),
        line("goal", {"case_id": "case-1", "number": 1}, scope=2**63),
        line("case", {"ags": AGS, "status": "active", "rev": 2**63}),
    ],
)
def test_a_number_that_no_column_holds_is_set_aside_alone(exchange: Exchange, row: Any) -> None:
    bad = forge(exchange, [CASE, line("contact", {"case_id": "case-1"}), row])
    [result] = exchange.carry(bad)
    assert (result.result, result.code) == ("applied", "")
    assert result.counts is not None
    assert (result.counts.applied, result.counts.aside) == (2, 1)


def test_a_name_that_is_no_text_stops_nothing(exchange: Exchange) -> None:
    good = exchange.export().path
    odd = Path(os.fsdecode(os.fsencode(exchange.stick) + b"/urlaub-\xff\x1b[2J.kimb"))
    odd.write_bytes(b"nothing of ours")
    results = exchange.carry(odd, good)
    assert [each.result for each in results] == ["refused", "applied"]
    shown = [row.file for row in kreis.overview(exchange.kreis, now=NOW).rows]
    assert "urlaub-\ufffd\ufffd[2J.kimb" in shown


def test_a_pipe_in_place_of_a_file_waits_for_nobody(exchange: Exchange) -> None:
    pipe = exchange.stick / "pipe.kimb"
    os.mkfifo(pipe)
    found: list[Any] = []
    reading = threading.Thread(target=lambda: found.extend(exchange.carry(pipe)), daemon=True)
    reading.start()
    reading.join(20)
    assert [each.result for each in found] == ["refused"]


@pytest.mark.parametrize(
    ("reader", "code", "answered"),
    [
        (["only", "swell", 1 << 40], "E605", True),
        (["only", "wait"], "E606", True),
        (["only", "crash"], "E607", True),
        (["sizes"], "E607", True),
        (["only", "kill_parent"], "E608", False),
    ],
)
def test_what_happens_to_the_reader_of_one_file_is_told_and_the_next_one_is_read(
    exchange: Exchange, monkeypatch: pytest.MonkeyPatch, reader: list[Any], code: str, answered: bool
) -> None:
    """A reader that a file has taken over or ended: what the file had brought in so far is gone again."""
    path = exchange.export().path
    function, *arguments = reader
    stream: CagedStream[Any] = CagedStream(f"tests.cage.readers:{function}", Said)  # type: ignore[arg-type]
    limits = Limits(seconds=1)
    with monkeypatch.context() as patched:
        patched.setattr(reading, "_READ", lambda pieces, *_, **__: stream(pieces, *arguments, limits=limits))
        [bad] = exchange.carry(path)
    assert (bad.result, bad.code, bad.receipt is not None) == ("refused", code, answered)
    assert exchange.rows_held() == 0
    [good] = exchange.carry(path)
    assert good.result == "applied"


def test_a_certificate_of_the_thirteenth_month_is_refused(exchange: Exchange) -> None:
    made = device.certificate(exchange.desk)
    assert made is not None
    own = device.identity(exchange.kreis)
    odd = json.loads(json.dumps(signed_body(made)).replace(made.not_after, "2028-13-01"))
    said = trust(exchange.kreis).ring.statement
    data = signed.sign(CERTIFICATE, type(made)(**odd | {"kreis": made.kreis}), own, keys=said)
    with pytest.raises(BundleError, match="E103"):
        sync.accept(exchange.desk, data, today=TODAY)
    assert sync.status(exchange.desk, now=NOW).kreis_name == "Kreis Auental"


def signed_body(certificate: Any) -> dict[str, Any]:
    fields = {name: getattr(certificate, name) for name in certificate.__struct_fields__ if name != "kreis"}
    return {name: value for name, value in fields.items() if value is not msgspec.UNSET}


@pytest.mark.parametrize("name", ["Esch\x1b[2Jenried", "\u202edeirnehcsE", "Esch\nenried"])
def test_a_name_that_steers_the_screen_is_refused(name: str) -> None:
    own = DeviceIdentity.create("desk")
    good = read_request(make_request(own, "Eschenried", [AGS], now=NOW))
    body = type(good)(**{each: getattr(good, each) for each in good.__struct_fields__} | {"name": name})
    with pytest.raises(BundleError, match="E103"):
        read_request(signed.sign(REQUEST, body, own))


def test_a_revoked_desk_stays_revoked_in_another_epoch(exchange: Exchange) -> None:
    exchange.round()
    [desk] = kreis.desks(exchange.kreis, now=NOW)
    kreis.revoke(exchange.kreis, desk.id, 2)
    sync.start_epoch(exchange.desk)
    [result] = exchange.carry(exchange.export().path)
    assert (result.result, result.code) == ("refused", "E203")


def test_enrolling_again_ends_no_revocation(exchange: Exchange, tmp_path: Path) -> None:
    exchange.round()
    [desk] = kreis.desks(exchange.kreis, now=NOW)
    kreis.revoke(exchange.kreis, desk.id, 2)
    with pytest.raises(BundleError, match="E203"):
        enrol(exchange.desk, exchange.kreis, tmp_path)
    [result] = exchange.carry(exchange.export().path)
    assert (result.result, result.code) == ("refused", "E203")


def test_what_is_in_quarantine_stays_there_until_somebody_decides(exchange: Exchange) -> None:
    exchange.round()
    [fork] = exchange.carry(forge(exchange, [CASE]))
    assert fork.result == "quarantined"
    assert exchange.round().code == "E405"
    for row in kreis.overview(exchange.kreis, now=NOW).rows:
        kreis.settle(exchange.kreis, row.number, now=NOW)
    [desk] = kreis.desks(exchange.kreis, now=NOW)
    assert desk.state == "quarantine"
    [dispute] = kreis.disputes(exchange.kreis)
    kreis.choose(exchange.kreis, desk.id, dispute.histories[0].digest, now=NOW)
    [desk] = kreis.desks(exchange.kreis, now=NOW)
    assert desk.state == "fine"


def test_desks_of_one_name_have_receipts_of_their_own(exchange: Exchange, tmp_path: Path) -> None:
    namesake = make_desk(tmp_path / "namesake", "Eschenried", municipalities=("05999002",))
    enrol(namesake, exchange.kreis, tmp_path)
    other = Exchange(exchange.home, namesake, exchange.kreis)
    receipts = {exchange.round().receipt, other.round().receipt}
    assert len(receipts) == 2
    assert all(each and each.exists() for each in receipts)
    namesake.close()
