"""A certificate is on its stick before the desk it is for counts as enrolled."""

import json
from pathlib import Path
from typing import Any

import pytest

from kimdesk.cli.__main__ import main
from tests.cli.desk_kit import PASSPHRASE, make


def called(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    status = main(["--json", *words])
    return status, json.loads(capsys.readouterr().out)


def test_a_certificate_that_cannot_be_written_enrols_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "secret").write_text(PASSPHRASE, encoding="utf-8")
    opening = {}
    for role in ("desk", "kreis"):
        make(tmp_path / role, role)
        opening[role] = (str(tmp_path / role), "--passphrase-file", str(tmp_path / "secret"))
    assert called(capsys, "sync", "request", *opening["desk"], "--out", str(tmp_path / "request"))[0] == 0
    enrol = ("kreis", "enrol", *opening["kreis"], str(tmp_path / "request"), "--out")
    status, said = called(capsys, *enrol, str(tmp_path / "pulled out" / "certificate"))
    assert (status, said["error"]["code"]) == (1, "E920")
    assert called(capsys, "kreis", "desks", *opening["kreis"]) == (0, {"desks": []})
    assert called(capsys, *enrol, str(tmp_path / "certificate"))[0] == 0
    [desk] = called(capsys, "kreis", "desks", *opening["kreis"])[1]["desks"]
    assert desk["name"] == "Eschenried"
