"""``kimdeskctl document``: papers of a case without a window."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kimdesk.casework import cases, records
from kimdesk.casework.desk import Desk
from kimdesk.cli.__main__ import main
from kimdesk.documents.papers import PAPERS
from kimdesk.domain.records import Achievement, Person
from tests.cli.desk_kit import PASSPHRASE, make


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """Return a vault with its passphrase file beside it, a case and its client."""
    place = tmp_path_factory.mktemp("papers") / "vault"
    make(place)
    place.with_suffix(".txt").write_text(PASSPHRASE, "utf-8")
    with Desk.unlock(place, PASSPHRASE) as desk:
        case = cases.open_new(desk, Person(family_name="Osman", given_names="Amna"))
        client = cases.peek(desk, case.id).client
        assert client
        said: dict[str, Any] = {"kind": "course", "proof": "certificate", "seen_on": date(2026, 11, 2)}
        records.save(desk, Achievement(case_id=case.id, person_id=client.id, **said))
    return place, case.id, client.id


def told(capsys: pytest.CaptureFixture[str], *words: object, status: int = 0) -> dict[str, object]:
    assert main(["--json", "document", *map(str, words)]) == status
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_the_papers_are_listed_with_what_their_id_means(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, "--list")["documents"]
    assert isinstance(found, list)
    assert {each["name"] for each in found} == {"achievements", *(each.name for each in PAPERS)}
    assert all("de" in each["languages"] and each["id"] for each in found)


@pytest.mark.parametrize("of", ["case", "person"])
def test_the_page_for_an_authority(
    vault: tuple[Path, str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], of: str
) -> None:
    place, case_id, person_id = vault
    out = tmp_path / "seite.pdf"
    key = case_id if of == "case" else person_id
    told(
        capsys, "achievements", place, "--passphrase-file", place.with_suffix(".txt"), key, "--out", out,
        "--authority", "naturalisation_office", "--today", "2026-11-30",
    )  # fmt: skip
    assert out.read_bytes().startswith(b"%PDF")
    with Desk.unlock(place, PASSPHRASE) as desk:
        kept = cases.peek(desk, case_id).attachments[-1]
    assert [(one.to, one.on) for one in kept.handed] == [("Einbürgerungsbehörde", date(2026, 11, 30))]


def test_an_unknown_consent_is_refused(
    vault: tuple[Path, str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place, case_id, _ = vault
    out = tmp_path / "seite.pdf"
    found = told(
        capsys, "achievements", place, "--passphrase-file", place.with_suffix(".txt"), case_id, "--out", out,
        "--consent", "0" * 32, status=1,
    )  # fmt: skip
    assert isinstance(found["error"], dict)
    assert found["error"]["code"] == "E884"
    assert not out.exists()


def test_the_hand_over_protocol(
    vault: tuple[Path, str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place, case_id, _ = vault
    out = tmp_path / "protokoll.pdf"
    found = told(
        capsys, "handover-protocol", place, "--passphrase-file", place.with_suffix(".txt"), case_id,
        "--out", out,
    )  # fmt: skip
    assert found["names_the_client"] is False
    assert out.read_bytes().startswith(b"%PDF")
