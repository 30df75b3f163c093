"""Deciding between two histories, and having set-aside records sent again, at the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from kimdesk.cli.__main__ import main
from tests.conftest import PASSPHRASE
from tests.kreis.forging import CASE, forge, line
from tests.sync.exchange import Exchange


@pytest.fixture
def command(tmp_path: Path, exchange: Exchange, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command on one of the vaults, closed before; return its answer."""
    (tmp_path / "secret").write_text(PASSPHRASE, encoding="utf-8")

    def run(vault: str, group: str, name: str, *words: str, status: int = 0, plain: bool = False) -> Any:
        opened = (str(exchange.home / vault), "--passphrase-file", str(tmp_path / "secret"))
        capsys.readouterr()
        assert main([*([] if plain else ["--json"]), group, name, *opened, *words]) == status
        said = capsys.readouterr().out
        return said if plain else json.loads(said)

    return run


def test_a_history_is_chosen_by_the_digest_of_its_last_bundle(exchange: Exchange, command: Any) -> None:
    exchange.case()
    exchange.carry(forge(exchange, [CASE]))
    exchange.round()
    exchange.close()
    status = command("desk", "sync", "status")
    assert status["stopped"] == "E401"
    assert "Der Kreis muss entscheiden" in command("desk", "sync", "status", plain=True)
    [dispute] = command("kreis", "kreis", "disputes")["disputes"]
    assert [each["counts"] for each in dispute["histories"]] == [True, False]
    mine = dispute["histories"][1]
    assert mine["digits"] in command("kreis", "kreis", "disputes", plain=True)
    receipts = ("--receipts", str(exchange.receipts))
    refused = command("kreis", "kreis", "decide", dispute["desk"], "--bundle", "a" * 96, *receipts, status=1)
    assert refused["error"]["code"] == "E408"
    chosen = command("kreis", "kreis", "decide", dispute["desk"], "--bundle", mine["digest"], *receipts)
    assert [(each["result"], each["seq"]) for each in chosen["results"]] == [("applied", 1)]
    assert command("kreis", "kreis", "disputes") == {"disputes": []}
    [path] = (each for each in exchange.receipts.iterdir() if "quarantined" not in each.name)
    command("desk", "sync", "receipt", str(path))
    assert command("desk", "sync", "status")["stopped"] == ""


def test_records_that_were_set_aside_are_listed_and_released(exchange: Exchange, command: Any) -> None:
    exchange.carry(forge(exchange, [CASE, line("goal", {"case_id": "case-1", "priority": "hoch"})]))
    exchange.close()
    [group] = command("kreis", "kreis", "aside")["aside"]
    assert (group["reason"], group["kinds"], group["released"]) == ("content", {"goal": 1}, False)
    assert "Eschenried: Ziel (1)" in command("kreis", "kreis", "aside", plain=True)
    released = command("kreis", "kreis", "release", group["desk_id"], "--reason", "content")
    assert released == {"records": 1}
    assert command("kreis", "kreis", "aside")["aside"][0]["released"]
