"""What an interpreter says for a client stays with the German text it was made of, and can be taken back."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kimdesk.casework import cases, changes, history, records, translations
from kimdesk.casework.translations import Rendering
from kimdesk.domain.errors import ContentError, StoreError
from kimdesk.domain.records import CaseFile, Contact, FollowUp, Goal, Measure, PlanStep
from kimdesk.domain.terms import FollowUpKind, GoalState, MeasureState
from kimdesk.domain.translations import entry_of, translation_of

if TYPE_CHECKING:
    from kimdesk.casework.desk import Desk
    from kimdesk.domain.records import Case

DAY = date(2026, 11, 30)
ARABIC = "أتحدث بنفسي."


@pytest.fixture
def told(desk: "Desk", case: "Case") -> tuple["Desk", str]:
    """A case with a goal, a measure with steps, a date and a talk."""
    for one in (
        Goal(case_id=case.id, number=2, text="Wir wohnen gut."),
        Goal(case_id=case.id, number=1, text="Ich spreche selbst."),
        Goal(case_id=case.id, number=3, text="Erreicht", state=GoalState.REACHED),
        Measure(case_id=case.id, title="Kurs finden",
                steps=(PlanStep(text="Test machen"), PlanStep(text="Schon getan", done_on=DAY))),
        Measure(case_id=case.id, title="Fertig", state=MeasureState.DONE),
        FollowUp(case_id=case.id, kind=FollowUpKind.APPOINTMENT, title="Gespräch", due_on=DAY),
        FollowUp(case_id=case.id, title="Nachfragen", due_on=DAY),
        Contact(case_id=case.id, held_on=DAY - timedelta(9), next_steps="Alt"),
        Contact(case_id=case.id, held_on=DAY, next_steps="Kasse wählen"),
    ):  # fmt: skip
        records.save(desk, one)
    return desk, case.id


def file_of(told: tuple["Desk", str]) -> CaseFile:
    return cases.peek(*told)


def kept(told: tuple["Desk", str], german: str, text: str) -> "changes.Change":
    said = {one.german: one for one in translations.said_to_client(file_of(told), DAY)}
    return translations.keep(told[0], [Rendering(said[german], "ara", text)], "Frau Haddad", DAY)


def test_what_a_client_is_told_is_there_to_be_translated(told: tuple["Desk", str]) -> None:
    found = translations.said_to_client(file_of(told), DAY)
    assert [(one.german, one.is_step) for one in found] == [
        ("Ich spreche selbst.", False), ("Wir wohnen gut.", False), ("Kurs finden", False),
        ("Test machen", True), ("Gespräch", False), ("Kasse wählen", False),
    ]  # fmt: skip


def test_it_is_kept_with_who_and_when_and_can_be_taken_back(told: tuple["Desk", str]) -> None:
    change = kept(told, "Ich spreche selbst.", f" {ARABIC} ")
    goal = next(one for one in file_of(told).goals if one.number == 1)
    entry = entry_of(goal, "ara")
    assert entry
    assert (entry.text, entry.of, entry.by, entry.made_on) == (ARABIC, goal.text, "Frau Haddad", DAY)
    (told_once, *_) = history.of_record(told[0], "goal", goal.id)
    assert told_once.label == "Übersetzungen"
    changes.undo(told[0], change)
    assert entry_of(next(one for one in file_of(told).goals if one.number == 1), "ara") is None


def test_a_step_is_translated_where_it_stands(told: tuple["Desk", str]) -> None:
    kept(told, "Test machen", "أجري الاختبار")
    measure = next(one for one in file_of(told).measures if one.title == "Kurs finden")
    assert [translation_of(one, "ara") for one in measure.steps] == ["أجري الاختبار", ""]
    assert translation_of(measure, "ara") == ""


def test_what_was_changed_meanwhile_is_outdated_from_the_start(told: tuple["Desk", str]) -> None:
    said = translations.said_to_client(file_of(told), DAY)[0]
    goal = next(one for one in file_of(told).goals if one.number == 1)
    records.save(told[0], replace(goal, text="Ich rufe selbst an."))
    translations.keep(told[0], [Rendering(said, "ara", ARABIC)], "", DAY)
    goal = next(one for one in file_of(told).goals if one.number == 1)
    assert goal.text == "Ich rufe selbst an."
    assert translation_of(goal, "ara") == ""
    assert entry_of(goal, "ara")


def test_the_same_again_changes_nothing_and_no_words_take_it_away(told: tuple["Desk", str]) -> None:
    kept(told, "Gespräch", "لقاء")
    assert kept(told, "Gespräch", "لقاء").parts == ()
    kept(told, "Gespräch", "")
    assert all(not one.translations for one in file_of(told).follow_ups)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_a_text_file_is_read_whatever_wrote_it(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "übersetzung.txt"
    path.write_bytes("أتحدث بنفسي مع طبيب الأطفال".encode(encoding))
    assert translations.read_text(path).strip("\ufeff") == "أتحدث بنفسي مع طبيب الأطفال"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n\x00\x01\x02", b"a" * (1 << 18) + b"a"])
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "datei"
    path.write_bytes(data)
    with pytest.raises(ContentError) as refused:
        translations.read_text(path)
    assert refused.value.code == "E787"
    with pytest.raises(StoreError):
        translations.read_text(tmp_path / "fehlt")
