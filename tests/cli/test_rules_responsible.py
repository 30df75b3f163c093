"""``kimdeskctl rules responsible``: who it is in a municipality, the same as the pages say."""

import json

import pytest

from kimdesk.cli.__main__ import main


def test_it_says_who_it_is_from_which_source_and_that_nobody_checked_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--json", "rules", "responsible", "youth-office", "05554004"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["service"], found["bodies"], found["open"]) == (
        "youth_office",
        ["Ahaus", "Kreis Borken"],
        True,
    )
    assert "AG-KJHG" in found["source"]
    assert not found["checked"]
    assert main(["rules", "responsible", "immigration_office", "05554008"]) == 0
    told = capsys.readouterr().out
    assert "Zuständig: Bocholt" in told
    assert "ungeprüft" in told


@pytest.mark.parametrize(
    ("service", "key", "code"),
    [("no_such_office", "05554008", "E899"), ("jobcenter", "123", "E729"), ("jobcenter", "05554999", "E729")],
)
def test_a_service_or_a_key_that_is_none_is_refused(
    service: str, key: str, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rules", "responsible", service, key]) == 1
    assert capsys.readouterr().err.startswith(code)
