"""Zwei Einträge einer Person werden einer, und wieder zwei, through the windows."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QPushButton, QRadioButton, QWidget

from kimdesk.casework import cases, people, records
from kimdesk.casework.desk import Desk
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import Person, RegimeSpell
from kimdesk.domain.terms import Role
from tests.ui.hands import click, find, type_into
from tests.ui.page_help import toasts
from tests.ui.scenarios.steps import go_to, read
from ui.shell import Shell

pytest_plugins = ("tests.ui.page_fixtures",)


def test_two_entries_become_one_and_two_again(blank: Desk, shell_on: Callable[..., Shell]) -> None:
    # Mohammed was entered last year; this week a colleague entered him once more, in another spelling.
    known = Person(
        family_name="Al-Rashid", given_names="Mohammed", birth_date=PartialDate(1990, 1, 1), phone="0231 1"
    )
    first = cases.open_new(blank, known)
    second = cases.open_new(
        blank, Person(family_name="Alrashid", given_names="Muhamad", birth_date=PartialDate(1990, 7, 14))
    )
    kept, gone = (cases.peek(blank, case.id).client for case in (first, second))
    assert kept
    assert gone
    people.add_person(blank, second.id, Person(given_names="Farah"), Role.CHILD)
    spell = records.save(blank, RegimeSpell(case_id=second.id, person_id=gone.id, regime="sgb2"))
    shell = shell_on(blank)

    # On his card the other entry is offered at once; a typed name finds it too.
    go_to(shell, first, "people")
    click(shell, f"edit_merge_{kept.id}")
    dialog = find(shell, QDialog, "merge_dialog")
    assert "Alrashid, Muhamad" in read(dialog)
    type_into(dialog, "merge_search", "Muhammad Alraschid")
    dialog._look()  # type: ignore[attr-defined]
    assert "Alrashid, Muhamad" in read(find(dialog, QWidget, f"row_{gone.id}"))

    # Both stand side by side, with what is concerned; the true birth date is chosen.
    click(dialog, f"compare_{gone.id}")
    assert any(first.file_number in words and second.file_number in words for words in read(dialog))
    find(dialog, QRadioButton, "gone_birth_date").click()
    click(dialog, "dialog_accept")

    # Both cases lead to the one entry now, with everything that was noted at either.
    one, other = cases.peek(blank, first.id), cases.peek(blank, second.id)
    assert one.client
    assert one.client == other.client
    assert (one.client.given_names, one.client.birth_date) == ("Mohammed", PartialDate(1990, 7, 14))
    assert one.client.alias == "Muhamad Alrashid"
    assert [(each.id, each.person_id) for each in other.regimes] == [(spell.id, kept.id)]
    assert any("Zusammengeführt: Mohammed Al-Rashid" in words for words in toasts(shell))

    # It was not him after all. Days later the step is taken back, and nothing is missing anywhere.
    go_to(shell, second, "people")
    go_to(shell, first, "people")
    click(shell, f"edit_merge_{kept.id}")
    dialog = find(shell, QDialog, "merge_dialog")
    assert "Muhamad Alrashid ging in Mohammed Al-Rashid auf" in read(dialog)
    [button] = [each for each in dialog.findChildren(QPushButton) if each.objectName().startswith("undo_")]
    click(dialog, button.objectName())
    one, other = cases.peek(blank, first.id), cases.peek(blank, second.id)
    assert one.client
    assert other.client
    assert (one.client.birth_date, one.client.alias) == (PartialDate(1990, 1, 1), "")
    assert (other.client.id, other.client.given_names) == (gone.id, "Muhamad")
    assert [each.person_id for each in other.regimes] == [gone.id]
