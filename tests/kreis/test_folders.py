"""What lies on a stick is known by what it is, not by what it is called; and reading it in can be stopped."""

import os
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kimdesk import kreis
from kimdesk import sync as exchange_room
from kimdesk.cage import Stop
from kimdesk.domain.errors import BundleError, StoreError
from kimdesk.kreis import Result
from kimdesk.kreis.taking.folders import bundles_in, unread
from kimdesk.sync.sealing.envelope import OpenedEnvelope, verify_and_open
from tests.sync.exchange import NOW, Exchange, enrol, make_desk


def test_a_stick_full_of_other_files(exchange: Exchange) -> None:
    """Renamed bundles are found, also in a folder of the stick; nothing else is touched."""
    exchange.case()
    bundle = exchange.export().path
    (exchange.stick / "Post").mkdir()
    renamed = bundle.rename(exchange.stick / "Post" / "Übergabe Montag.docx")
    (exchange.stick / "Urlaub.jpg").write_bytes(os.urandom(5000))
    (exchange.stick / ".Trash").mkdir()
    shutil.copy(renamed, exchange.stick / ".Trash" / "old.kimb")
    exchange_room.request(exchange.desk, exchange.stick / "request.kimq")
    os.mkfifo(exchange.stick / "pipe.kimb")
    assert bundles_in(exchange.kreis, exchange.stick) == [renamed]
    assert exchange.carry(renamed)[0].result == "applied"


def test_a_bundle_that_is_not_whole_is_named(exchange: Exchange) -> None:
    """Whoever pulled the stick out too early must hear of it."""
    exchange.case()
    bundle = exchange.export().path
    (exchange.stick / "half").write_bytes(bundle.read_bytes()[:900])
    (exchange.stick / "empty.KIMB").write_bytes(b"")
    found = bundles_in(exchange.kreis, exchange.stick)
    assert {path.name for path in found} == {bundle.name, "half", "empty.KIMB"}
    results = {result.file.name: (result.result, result.code) for result in exchange.carry(*found)}
    assert results == {
        bundle.name: (Result.APPLIED, ""),
        "half": (Result.REFUSED, "E102"),
        "empty.KIMB": (Result.REFUSED, "E101"),
    }


def test_the_wrong_stick(exchange: Exchange, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="E920"):
        bundles_in(exchange.kreis, tmp_path / "gone")
    with pytest.raises(BundleError, match="E105"):
        bundles_in(exchange.kreis, exchange.stick)
    exchange.case()
    stranger = make_desk(tmp_path / "stranger", "Kreis Fremdtal", "kreis")
    enrol(exchange.desk, stranger, tmp_path)
    exchange.export()
    with pytest.raises(BundleError, match="E303"):
        bundles_in(exchange.kreis, exchange.stick)
    assert len(bundles_in(stranger, exchange.stick)) == 1
    stranger.close()


def test_only_what_was_read_in_is_passed_over(exchange: Exchange) -> None:
    """Another bundle under the same name is new, also when the clock of its computer is behind."""
    exchange.case()
    first = exchange.export().path
    exchange.carry(first)
    assert unread(exchange.kreis, [first]) == []
    exchange.case("Haddad")
    second = exchange.export().path.replace(first)
    before = (NOW - timedelta(30)).timestamp()
    os.utime(second, (before, before))
    assert unread(exchange.kreis, [second]) == [second]
    first.write_bytes(b"")
    assert unread(exchange.kreis, [first]) == [first]


def test_stopped_between_two_bundles(exchange: Exchange) -> None:
    """What was taken over stays and has its receipt; the rest is as new."""
    exchange.case()
    first = exchange.export().path
    exchange.case("Haddad")
    second = exchange.export().path
    stop = Stop()
    with stop.heeded():
        results = kreis.import_files(
            exchange.kreis, [first, second], exchange.receipts, now=NOW, progress=lambda *_: stop.stop()
        )
    assert [(each.file, each.result) for each in results] == [(first, Result.APPLIED)]
    assert results[0].receipt is not None
    assert exchange.carry(second)[0].result == "applied"


def test_stopped_while_a_bundle_is_read(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    exchange.case()
    bundle = exchange.export().path
    stop, opened = Stop(), verify_and_open

    def stopping(*arguments: Any, **named: Any) -> OpenedEnvelope:
        stop.stop()
        return opened(*arguments, **named)

    monkeypatch.setattr("kimdesk.kreis.taking.inbox.verify_and_open", stopping)
    with stop.heeded():
        [result] = exchange.carry(bundle)
    assert (result.result, result.code, exchange.rows_held()) == (Result.REFUSED, "E609", 0)
    assert kreis.overview(exchange.kreis, now=NOW).rows == (), "nobody has to look at what was stopped"
    monkeypatch.undo()
    assert exchange.carry(bundle)[0].result == "applied"
