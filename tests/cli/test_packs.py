"""Catalogue packs with kimdeskctl alone: a folder of documents becomes what a desk works with."""

import json
from pathlib import Path
from typing import Any

import pytest

import resources
from kimdesk.casework.desk import Desk
from kimdesk.kreis.stock import publishing
from kimdesk.sync import finding_answers
from tests.cli.test_whole_job import DOCUMENT, PASSPHRASE, Shell

AGREED: Any = DOCUMENT["consents"]


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Return a desk and a Kreis that know each other, and a folder with one changed service."""
    found = Shell(tmp_path, capsys)
    found.create("desk", "desk", "--ags", "05999001")
    found.create("kreis", "kreis")
    asked = found.on("desk", "sync", "request", "--out", found.path("request.kimq"))
    paths = found.path("request.kimq"), "--out", found.path("certificate.kimz")
    made = found.on("kreis", "kreis", "enrol", *paths, "--fingerprint", asked["fingerprint"])
    digits = ("--fingerprint", made["kreis_fingerprint"])
    found.on("desk", "sync", "enrol", found.path("certificate.kimz"), *digits)
    write(tmp_path, 14)
    return found


def write(home: Path, days: int) -> None:
    (home / "layer" / "services").mkdir(parents=True, exist_ok=True)
    text = resources.read_text("services/jobcenter.toml")
    text = text.replace("answer_days = 21", f"answer_days = {days}")
    (home / "layer" / "services" / "jobcenter.toml").write_text(text, encoding="utf-8")


def test_a_folder_is_published_looked_at_taken_and_taken_back(shell: Shell) -> None:
    folder = ("--to", shell.path("."), "--documents", shell.path("layer"))
    made = shell.on("kreis", "kreis", "publish", *folder, "--note", "Ab sofort.", "--not-after", "2099-01-01")
    assert (made["version"], made["not_after"]) == (1, "2099-01-01")
    looked = shell.on("desk", "sync", "catalogue", made["pack"], "--dry-run")
    assert looked["note"] == "Ab sofort."
    assert looked["differences"][-1] == {
        "change": "changed",
        "what": "Stelle „Jobcenter“: Antwort erwartet in Tagen",
        "before": "21",
        "after": "14",
    }
    taken = shell.on("desk", "sync", "catalogue", made["pack"])
    assert taken["differences"] == looked["differences"]
    again = shell.on("desk", "sync", "catalogue", made["pack"], status=1)
    assert again["error"]["code"] == "E743"
    assert shell.on("desk", "sync", "catalogue-back") == {"version": 0}
    assert shell.on("desk", "sync", "catalogue-back") == {"version": 1}
    second = shell.on("kreis", "kreis", "publish", "--to", shell.path("."))
    assert shell.on("desk", "sync", "catalogue", second["pack"])["differences"] == []


def test_a_folder_that_is_none_and_a_broken_document_publish_nothing(shell: Shell, tmp_path: Path) -> None:
    to = ("--to", shell.path("."))
    for folder, code in ((shell.path("nowhere"), "E910"), (shell.path("kreis"), "E746")):
        told = shell.on("kreis", "kreis", "publish", *to, "--documents", folder, status=1)
        assert told["error"]["code"] == code
    (tmp_path / "layer" / "services" / "jobcenter.toml").write_text("code = ", encoding="utf-8")
    told = shell.on("kreis", "kreis", "publish", *to, "--documents", shell.path("layer"), status=1)
    assert told["error"]["code"] == "E741"
    told = shell.on("kreis", "kreis", "publish", "--to", shell.path("nowhere"), status=1)
    assert told["error"]["code"] == "E920"
    assert not list(tmp_path.glob("*.kimp"))
    with Desk.unlock(tmp_path / "kreis", PASSPHRASE) as kreis:
        assert not publishing.draft(kreis).begun


CLUSTER = {
    "id", "state", "since",  # a code of finding_state, and the day it came to that state
    "title", "summary", "kind", "life_domain", "agencies", "services", "regimes", "chain_steps",
    "group", "meets_on", "decision", "answer", "released",  # who deals with it; what may go to the desks
    "findings", "times",  # how many were bundled, how often they were met
    "municipalities",  # a band: {"from", "to"}, "to" null where there is no upper end
    "desks", "acknowledged", "adopted",  # who reported it, who has the answer, who takes it over
}  # fmt: skip


def test_a_finding_is_answered_and_the_answer_comes_with_the_receipt(shell: Shell, tmp_path: Path) -> None:
    finding = {"id": "0199a000-0000-7000-8000-000000000009", "title": "Kein Kurs mit Kinderbetreuung",
               "kind": "service_gap", "ags": "05999001", "noted_on": "2026-03-09"}  # fmt: skip
    consent = {**AGREED[0], "kinds": ["person", "findings"]}
    document = {**DOCUMENT, "consents": [consent], "findings": [finding]}
    shell.on("desk", "case", "import", shell.file("case.json", json.dumps([document])))
    for name in ("stick", "receipts"):
        (tmp_path / name).mkdir()
    assert shell.on("kreis", "kreis", "findings")["findings"] == []
    for number in (1, 2):
        bundle = shell.on("desk", "sync", "export", "--to", shell.path("stick"))["bundle"]
        shell.on("kreis", "kreis", "import", bundle, "--receipts", shell.path("receipts"))
        if number == 1:
            [found] = shell.on("kreis", "kreis", "findings", "--status", "noted")["findings"]
            words = ("--status", "decided", "--text", "Ab März gibt es einen Kurs.")
            told = shell.on("kreis", "kreis", "answer", found["id"], *words)["finding"]
            assert (told["state"], told["arrived"]) == ("decided", False)
    for path in sorted((tmp_path / "receipts").glob("*.kimr")):
        shell.on("desk", "sync", "receipt", str(path))
    with Desk.unlock(tmp_path / "desk", PASSPHRASE) as desk:
        [answer] = finding_answers.answers(desk).values()
        assert (answer.state, answer.text) == ("decided", "Ab März gibt es einen Kurs.")
    [found] = shell.on("kreis", "kreis", "findings", "--status", "decided")["findings"]
    assert found["answer"] == "Ab März gibt es einen Kurs."
    assert "desk" not in found, "what is bundled tells no desk"
    told = shell.on("kreis", "kreis", "findings", "--status", "decided")["clusters"]
    assert [set(one) for one in told] == [CLUSTER]
    [one] = told
    assert (one["title"], one["answer"], one["findings"]) == (found["title"], found["answer"], 1)
    assert (one["municipalities"], one["desks"], one["acknowledged"]) == ({"from": 0, "to": 2}, 1, 0)
    assert shell.on("kreis", "kreis", "findings", "--status", "bundled")["clusters"] == []
    gone = shell.on("kreis", "kreis", "answer", "nobody", "--status", "decided", status=1)
    assert gone["error"]["code"] == "E747"
