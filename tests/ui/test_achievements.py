"""What people achieved: entered by hand at the person, and shown to an authority on a page."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QDialog, QWidget

from kimdesk.casework import records
from kimdesk.domain.records import Achievement, Consent, Standing
from tests.ui.hands import click, find, type_into
from tests.ui.scenarios.steps import choose, read
from ui.case.form.special import SpecialDialog
from ui.people.authority import AuthorityDialog

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)

DAY = date(2026, 11, 2)


@pytest.fixture
def tab(case_desk: "CaseDesk") -> "CaseDesk":
    """Return Amna's case on the tab of people."""
    case_desk.open("people")
    return case_desk


def amna(tab: "CaseDesk") -> str:
    client = tab.file().client
    assert client
    return client.id


def test_an_achievement_is_entered_at_the_person_and_says_what_its_proof_lacks(tab: "CaseDesk") -> None:
    click(tab.page, f"achievement_of_{amna(tab)}")
    dialog = find(tab.page, QDialog, "edit_achievement")
    choose(dialog, "field_achievement_kind", "Deutschzertifikat")
    choose(dialog, "field_achievement_level", "B1")
    type_into(dialog, "field_achievement_title", "telc Deutsch")
    click(dialog, "save_record")
    [made] = tab.file().achievements
    assert (made.person_id, made.kind, made.level) == (amna(tab), "german_certificate", "B1")
    shown = read(tab.page, f"row_{made.id}")
    assert "telc Deutsch" in shown
    assert "Deutschzertifikat · B1" in [text.replace("\u2068", "").replace("\u2069", "") for text in shown]


def test_a_second_entry_on_where_somebody_stands_is_the_first_one_again(tab: "CaseDesk") -> None:
    for months in (7, 8):
        click(tab.page, f"standing_of_{amna(tab)}")
        dialog = find(tab.page, QDialog, "edit_standing")
        type_into(dialog, "field_livelihood_pension_months", str(months))
        click(dialog, "save_record")
    [standing] = tab.file().standings
    assert (standing.person_id, standing.pension_months) == (amna(tab), 87), "typed before what stood there"


def test_the_page_for_an_authority_says_what_it_leaves_out_and_is_kept(
    tab: "CaseDesk", tmp_path: Path
) -> None:
    case_id = tab.case.id
    told: dict[str, Any] = {"case_id": case_id, "person_id": amna(tab), "kind": "course"}
    records.save(tab.desk, Achievement(title="Erste Hilfe", proof="certificate", seen_on=DAY, **told))
    unproven = records.save(tab.desk, Achievement(title="Nähen", **told))
    tab.open("people")
    click(tab.page, f"authority_page_of_{amna(tab)}")
    dialog = find(tab.page, AuthorityDialog, "authority_dialog")
    assert any("Erste Hilfe" in text for text in read(dialog, "page_shows"))
    assert "Nähen" in find(dialog, QWidget, f"left_out_{unproven.id}").accessibleName()
    choose(dialog, "page_authority", "Einbürgerungsbehörde")
    dialog.write(tmp_path / "seite.pdf")
    assert (tmp_path / "seite.pdf").read_bytes().startswith(b"%PDF")
    [kept] = tab.file().attachments
    assert kept.handed[0].to.startswith("Einbürgerungsbehörde")
    [issue] = tab.file().paper_issues
    assert (issue.how, issue.handed_to, issue.attachment_id) == ("handed_out", kept.handed[0].to, kept.id)
    assert any("Fassung 1" in words for words, _ in tab.toasts)


def test_what_is_left_out_leads_to_its_entry(tab: "CaseDesk") -> None:
    told: dict[str, Any] = {"case_id": tab.case.id, "person_id": amna(tab), "kind": "course"}
    unproven = records.save(tab.desk, Achievement(title="Nähen", **told))
    records.save(tab.desk, Standing(case_id=tab.case.id, person_id=amna(tab)))
    tab.open("people")
    tab.edit("authority_page", amna(tab))
    dialog = find(tab.page, AuthorityDialog, "authority_dialog")
    assert not dialog.accept_button.isEnabled(), "nothing is proven"
    click(dialog, f"left_out_{unproven.id}")
    assert find(tab.page, QDialog, "edit_achievement").isVisible()


def test_health_is_entered_only_under_a_consent_that_names_it(tab: "CaseDesk") -> None:
    def click_yes() -> None:
        click(tab.page, f"standing_of_{amna(tab)}")
        dialog = find(tab.page, QDialog, "edit_standing")
        click(dialog, "field_health_unable_yes")
        asked = [each for each in tab.page.findChildren(SpecialDialog) if each.isVisible()]
        for each in asked:
            each.reject()
        click(dialog, "save_record")
        refused.append(bool(asked))

    refused: list[bool] = []
    click_yes()
    assert tab.file().standings[0].unable == ""
    given: dict[str, Any] = {"given_on": date.today(), "special_categories": ("health",)}  # noqa: DTZ011
    records.save(tab.desk, Consent(case_id=tab.case.id, recipient="health_office", **given))
    tab.open("people")
    click_yes()
    assert refused == [True, False]
    assert tab.file().standings[0].unable == "yes"
