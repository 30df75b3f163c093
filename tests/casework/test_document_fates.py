"""One odd entry among sixty: all others are taken in, and what became of each is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from kimdesk.casework import cases
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.casework.exchange import State, import_documents, read_file
from kimdesk.cli.__main__ import main
from kimdesk.domain.errors import ContentError
from kimdesk.domain.records import RegimeSpell
from kimdesk.texts.refusals import explain
from tests.conftest import PASSPHRASE

ODD = 37
SPOILED: list[tuple[str, str, str]] = [
    ('"follow_ups": [{"due_on": "2026-03-02", "time": "25:99"}]', "E711", "follow_ups[0].time"),
    ('"events": [{"phase": "access", "event": "skipped", "at": "0001-01-01T00:00:00+14:00"}]', "E736", "at"),
    ('"events": [{"phase": "access", "event": "skipped", "at": "9999-12-31T23:59:59-14:00"}]', "E736", "at"),
    ('"events": [{"phase": "access", "event": "skipped", "at": "gestern"}]', "E711", "at"),
    ('"worker": "\\ud800"', "E711", "worker"),
    ('"\\udfff": 1', "E711", ""),
    ('"x": {"\\udfff": 1}', "E711", "x"),
    ('"regimes": [{"person_id": "", "regime": "sgb2"}]', "E714", "regimes[0].person_id"),
    ('"persons": [{"id": ""}]', "E711", "persons[0].id"),
    ('"status": "active", "status": "closed"', "E734", "status"),
    ('"x": {"a": 1, "a": 2}', "E734", "a"),
    ('"x": NaN', "E733", "x"),
    ('"x": [-Infinity]', "E733", "x"),
    ('"x": 1e999', "E733", "x"),
    ('"goals": [{"level": NaN}]', "E733", "goals[0].level"),
    (f'"x": 1{"0" * 400}', "E733", "x"),
    (f'"goals": [{{"version": 1{"0" * 400}}}]', "E733", "goals[0].version"),
    (f'"x": {2**53 + 1}', "E733", "x"),
    (f'"x": {"[" * 50_000}{"]" * 50_000}', "E735", ""),
    (f'"x": {"[" * 60}{"]" * 60}', "E711", "x"),
    ('"phases": [{"phase": "intake", "form": "intake", "version": -1}]', "E717", "intake -1"),
    ('"phases": [{"phase": "intake", "version": 99, "answers": {}}]', "E717", "intake 99"),
    ('"opened_on": "0001-01-01"', "E736", "opened_on"),
    ('"opened_on": "9999-12-31"', "E736", "opened_on"),
    ('"persons": [{"birth_date": "0001"}]', "E736", "persons[0].birth_date"),
    ('"referrals": [{"service": "jobcenter", "checklist": [{"item": "i", "since": "0001-01-01"}]}]',
     "E736", "referrals[0].checklist"),
]  # fmt: skip


def sixty(spoiled: str) -> list[str]:
    """Return sixty entries, one of which is spoiled."""
    found = [f'{{"id": "c{number}", "persons": [{{"family_name": "N{number}"}}]}}' for number in range(60)]
    found[ODD] = f'{{"id": "odd", {spoiled}}}'
    return found


@pytest.mark.parametrize("lines", [False, True], ids=["array", "lines"])
@pytest.mark.parametrize(("spoiled", "code", "place"), SPOILED)
def test_one_odd_entry_is_named_and_spoils_no_other(
    desk: Desk, tmp_path: Path, spoiled: str, code: str, place: str, lines: bool
) -> None:
    path = tmp_path / "cases.json"
    entries = sixty(spoiled)
    path.write_text("\n".join(entries) if lines else f"[{', '.join(entries)}]", encoding="utf-8")
    report = import_documents(desk, read_file(path))
    assert [(each.index, each.state) for each in report.fates if each.error] == [(ODD, State.REFUSED)]
    assert (report.created, report.refused[0][1].code) == (59, code)
    told = explain(report.refused[0][1])
    assert place in told.message
    assert told.message.isprintable()
    assert cases.count(desk, CaseQuery(status="")) == 59


def test_a_byte_that_is_none_is_refused_with_its_entry_alone(desk: Desk, tmp_path: Path) -> None:
    text = ",".join(sixty('"worker": "M\u00fcller"')).encode().replace("ü".encode(), b"\xfc")
    (tmp_path / "cases.json").write_bytes(b"[" + text + b"]")
    report = import_documents(desk, read_file(tmp_path / "cases.json"))
    assert [(index, error.code) for index, error in report.refused] == [(ODD, "E711")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_files_are_read_in_every_encoding_of_json(tmp_path: Path, desk: Desk, encoding: str) -> None:
    text = '[{"persons": [{"family_name": "Çelik\u2028"}]}]\r\n'
    (tmp_path / "a.json").write_bytes(text.encode(encoding))
    assert import_documents(desk, read_file(tmp_path / "a.json")).created == 1


def test_a_line_may_hold_every_sign_but_a_line_feed(tmp_path: Path, desk: Desk) -> None:
    lines = [f'{{"id": "c{number}", "x": "a\u2028b\u2029c\x85d"}}' for number in range(3)]
    (tmp_path / "a.jsonl").write_bytes("\r\n".join(lines).encode())
    found = read_file(tmp_path / "a.jsonl")
    assert [each.line for each in found] == [1, 2, 3]
    assert import_documents(desk, found).created == 3


@pytest.mark.parametrize("text", ["", " \n\t", "\ufeff"])
def test_an_empty_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match="E732"):
        read_file(tmp_path / "a.json")


@pytest.mark.parametrize(
    "text", ['[{"a": 1}', '[{"a": 1}]]', '{"a": 1}\n{"b"', '[{"a": "x}]', "[{]}", '"' + '\\"' * 200_000, "]"]
)
def test_a_file_that_is_cut_short_or_followed_by_something_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match="E718") as refused:
        read_file(tmp_path / "a.json")
    assert "Zeile" in explain(refused.value).message


def test_entries_are_told_by_their_line(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        '[\n{"a": "x,]\\"",\n"b": 1},\n\n{"c": [1, {"d": 2}]}, 5, ]', encoding="utf-8"
    )
    found = read_file(tmp_path / "a.json")
    assert [each.line for each in found] == [2, 5, 5, 5]
    assert [each.value() for each in found[:3]] == [{"a": 'x,]"', "b": 1}, {"c": [1, {"d": 2}]}, 5]


def test_an_entry_that_cannot_be_stored_leaves_nothing_half_done(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kimdesk.casework import exchange

    put = exchange._save_record

    def fail(writer: Any, record: Any) -> bool:
        done = put(writer, record)
        if getattr(record, "text", "") == "Fehler":
            raise OverflowError
        return done

    monkeypatch.setattr(exchange, "_save_record", fail)
    docs: list[Any] = [{"id": f"c{number}", "goals": [{"text": "Gut"}]} for number in range(60)]
    docs[ODD]["goals"].append({"text": "Fehler"})
    report = import_documents(desk, docs)
    assert [(index, error.code) for index, error in report.refused] == [(ODD, "E737")]
    assert report.created == 59
    assert cases.count(desk, CaseQuery(status="")) == 59


def test_a_dry_run_tells_the_fates_and_stores_nothing(desk: Desk) -> None:
    docs: list[Any] = [{"id": "a"}, {"id": "a"}, {"id": "b", "status": "offen"}]
    told = import_documents(desk, docs, dry_run=True)
    assert [each.state for each in told.fates] == ["created", "unchanged", "refused"]
    assert cases.count(desk, CaseQuery(status="")) == 0
    assert [each.state for each in import_documents(desk, docs).fates] == [each.state for each in told.fates]


def call(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> tuple[int, dict[str, Any]]:
    (folder.parent / "secret").write_text(PASSPHRASE)
    arguments = ["--json", "case", "import", str(folder), "--passphrase-file", str(folder.parent / "secret")]
    status = main([*arguments, *words])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return status, found


def test_the_exit_status_says_whether_anything_was_taken_in(
    desk_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    some, none = tmp_path / "some.json", tmp_path / "none.json"
    some.write_text('[{"id": "a"}, {"id": "b", "status": "offen"}]')
    none.write_text('[{"id": "c", "status": "offen"}, 5]')
    status, said = call(capsys, desk_folder, str(some), "--dry-run")
    assert (status, said["created"], len(said["refused"])) == (0, 1, 1)
    status, said = call(capsys, desk_folder, str(some))
    assert (status, [each["fate"] for each in said["fates"]]) == (0, ["created", "refused"])
    assert said["fates"][1] == {
        "index": 1, "line": 1, "fate": "refused", "code": "E713", "place": "status",
        "message": said["refused"][0]["message"],
    }  # fmt: skip
    status, said = call(capsys, desk_folder, str(none))
    assert (status, said["error"]["code"]) == (1, "E738")
    assert [each["code"] for each in said["fates"]] == ["E713", "E710"]


@pytest.mark.parametrize(
    ("said", "code", "place"),
    [
        ({"disputes": [{"record_kind": "unknown", "record_id": "g", "field_name": "x"}]}, "E713",
         "disputes[0].record_kind"),
        ({"disputes": [{"record_kind": "person", "record_id": "stranger", "field_name": "x"}]}, "E714",
         "disputes[0].record_id"),
        ({"regimes": [{"person_id": "g", "regime": "sgb2"}]}, "E714", "regimes[0].person_id"),
        ({"regimes": [{"person_id": "stranger", "regime": "sgb2"}]}, "E714", "regimes[0].person_id"),
        ({"relations": [{"person_id": "p", "other_id": "p", "kind": "parent"}]}, "E714",
         "relations[0].other_id"),
        ({"measures": [{"id": "a", "requires": ["b"]}]}, "E714", "measures[0].requires"),
        ({"phases": [{"phase": "intake", "form": "access"}]}, "E717", "phases[0].form"),
        ({"phases": [{"phase": "intake", "form": "x" * 499}]}, "E717", "phases[0].form"),
        ({"phases": [{"phase": "coordination", "version": 1,
                      "answers": {"conferences": [None, {"identity": 1}]}}]}, "E711", "phases[0].answers"),
    ],
)  # fmt: skip
def test_what_leads_into_a_circle_or_to_others_is_refused_over_two_imports_too(
    desk: Desk, said: dict[str, Any], code: str, place: str
) -> None:
    first = {
        "id": "here",
        "persons": [{"id": "p", "family_name": "Hier"}],
        "goals": [{"id": "g"}],
        "measures": [{"id": "b", "requires": ["a"]}, {"id": "a"}],
    }
    other = {"id": "there", "persons": [{"id": "stranger", "family_name": "Dort"}]}
    report = import_documents(desk, [first, other])
    assert report.refused == ()
    here = report.fates[0].case_id
    before = cases.peek(desk, here)
    [(_, error)] = import_documents(desk, [{"id": "here", **said}]).refused
    assert (error.code, str(error.facts["place"]).startswith(place)) == (code, True)
    assert cases.peek(desk, here) == before


def test_an_own_export_is_taken_in_here_and_elsewhere_whatever_was_removed(
    desk: Desk, desk_template: Path, tmp_path: Path
) -> None:
    import shutil

    from kimdesk.casework import records
    from kimdesk.casework.exchange import document
    from tests.casework.test_exchange import full_case

    file = full_case(desk)
    child = next(one for one in file.members if one.role == "child")
    for record in (file.goals[0], file.measures[0]):
        records.remove(desk, record)
    records.save(desk, RegimeSpell(case_id=file.case.id, person_id=child.person_id, regime="sgb2"))
    records.remove(desk, child)
    written = json.loads(json.dumps(document(cases.peek(desk, file.case.id))))
    assert import_documents(desk, [written]).refused == ()
    assert import_documents(desk, [written]).fates[0].state is State.UNCHANGED
    shutil.copytree(desk_template, tmp_path / "other")
    with Desk.unlock(tmp_path / "other", PASSPHRASE) as other:
        assert import_documents(other, [written]).refused == ()
        assert document(cases.peek(other, file.case.id)) == written


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_number_that_a_later_document_brings_is_not_drawn_before_it(desk: Desk, dry_run: bool) -> None:
    [drawn] = import_documents(desk, [{"id": "first"}]).fates
    year, running = drawn.file_number.rsplit("-", 1)
    wanted = f"{year}-{int(running) + 1:03}"
    documents = [{"id": "second"}, {"id": "third", "file_number": wanted}]
    told = import_documents(desk, documents, dry_run=dry_run).fates
    assert [each.error for each in told] == [None, None]
    assert [each.file_number for each in told] == [f"{year}-{int(running) + 2:03}", wanted]
