"""A document or file that does not fit is refused as a whole, by its code and its place."""

import json
from pathlib import Path
from typing import Any

import pytest

from kimdesk.casework import cases
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.casework.exchange import import_documents, read_file
from kimdesk.domain.errors import ContentError, StoreError
from kimdesk.texts.refusals import explain

REFUSED: list[tuple[Any, str]] = [
    ("kein Objekt", "E710"),
    ([], "E710"),
    ({"opened_on": "02.03.2026"}, "E711"),
    ({"opened_on": 20260302}, "E711"),
    ({"persons": {}}, "E711"),
    ({"persons": ["Osman"]}, "E711"),
    ({"persons": [{"family_name": ["Osman"]}]}, "E711"),
    ({"persons": [{"family_name": "Os\x00man"}]}, "E711"),
    ({"persons": [{"birth_date": "1992-13"}]}, "E711"),
    ({"persons": [{"birth_date": "1992-5-3"}]}, "E711"),
    ({"persons": [{"protected": "ja"}]}, "E711"),
    ({"persons": [{"languages": [{"level": "B1"}]}]}, "E711"),
    ({"goals": [{"level": True}]}, "E711"),
    ({"goals": [{"level": 1.0}]}, "E711"),
    ({"id": "../../etc"}, "E711"),
    ({"id": 4711}, "E711"),
    ({"x": json.loads("[" * 40 + "]" * 40)}, "E711"),
    ({"phases": [{"phase": "access", "version": 1, "answers": {"contact": {"held_on": 5}}}]}, "E711"),
    ({"contacts": [{"content": "ohne Datum"}]}, "E712"),
    ({"contacts": [{"held_on": None}]}, "E712"),
    ({"regimes": [{"regime": "sgb2"}]}, "E712"),
    ({"status": "offen"}, "E713"),
    ({"phase": "Assessment"}, "E713"),
    ({"persons": [{"role": "Klientin"}]}, "E713"),
    ({"persons": [{"sex": "weiblich"}]}, "E713"),
    ({"persons": [{"nationalities": ["Sudan"]}]}, "E713"),
    ({"phases": [{"phase": "access", "version": 1, "answers": {"contact": {"urgency": "?"}}}]}, "E713"),
    ({"measures": [{"requires": ["nirgends"]}]}, "E714"),
    ({"measures": [{"goal_id": "nirgends"}]}, "E714"),
    ({"measures": [{"id": "a", "requires": ["b"]}, {"id": "b", "requires": ["a"]}]}, "E714"),
    ({"regimes": [{"person_id": "niemand", "regime": "sgb2"}]}, "E714"),
    ({"goals": [{"id": "a"}, {"id": "a"}]}, "E715"),
    ({"phases": [{"phase": "access", "version": 99, "answers": {"a": {}}}]}, "E717"),
]


@pytest.mark.parametrize(("given", "code"), REFUSED)
def test_a_document_that_does_not_fit_is_refused_as_a_whole(desk: Desk, given: Any, code: str) -> None:
    good = {"id": "good", "persons": [{"role": "client", "family_name": "Gut"}]}
    if isinstance(given, dict):
        given = {"persons": [{"role": "client", "family_name": "Halb"}], **given}
    report = import_documents(desk, [given, good])
    assert (report.created, report.updated) == (1, 0)
    assert [(index, error.code) for index, error in report.refused] == [(0, code)]
    assert explain(report.refused[0][1]).message.endswith((".", "."))
    assert cases.count(desk, CaseQuery(status="")) == 1
    assert cases.find(desk, "halb") == ()


def test_a_refusal_names_the_place_and_no_answer(desk: Desk) -> None:
    report = import_documents(desk, [{"persons": [{}, {"birth_date": "Geheimnis"}]}])
    assert "persons[1].birth_date" in explain(report.refused[0][1]).message
    assert "Geheimnis" not in explain(report.refused[0][1]).message


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("a.json", '[{"id": "a"}, {"id": "b"}]', 2),
        ("a.json", '{"id": "a"}', 1),
        ("a.jsonl", '{"id": "a"}\n\n{"id": "b"}\n', 2),
        ("a.json", '\ufeff[{"id": "a"}]', 1),
    ],
)
def test_files_are_read_in_their_forms(tmp_path: Path, name: str, text: str, count: int) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert len(read_file(tmp_path / name)) == count


@pytest.mark.parametrize("data", [b"{", b'{"id": "a"}\n{"id"', b"\xff\xfe\x00", b"[" * 100_000])
def test_a_file_that_is_no_document_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.json").write_bytes(data)
    with pytest.raises(ContentError, match="E718"):
        read_file(tmp_path / "a.json")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="E910"):
        read_file(tmp_path / "nirgends.json")
