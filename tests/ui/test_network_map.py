"""The network map shows what the assessment says of the network, and writes it there."""

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog

from kimdesk.casework import phases
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.phases import latest
from kimdesk.domain.terms import Phase
from tests.ui.conftest import walk_accessible
from tests.ui.hands import click, find, sees, type_into
from ui.people.network import Network, Tie, network, overlap
from ui.people.network_view import NetworkView

if TYPE_CHECKING:
    from tests.ui.case_fixtures import CaseDesk

pytest_plugins = ("tests.ui.case_fixtures",)

CIRCLE_LIST = SHIPPED.code_list("network_circle")
CIRCLES = [one.code for one in CIRCLE_LIST.codes]


def drawn(*ties: Tie) -> Network:
    return network(CIRCLE_LIST, ties, 46, 30, lambda _: (120, 40), lambda words: (7 * len(words), 16))


def test_the_closer_the_circle_the_nearer_to_the_middle() -> None:
    picture = drawn(*(Tie(number, code, code) for number, code in enumerate(CIRCLES)))
    heights = [ring.high for ring in picture.rings]
    assert heights == sorted(heights)
    assert [ring.words for ring in picture.rings] == [one.label for one in CIRCLE_LIST.codes]
    ways = [(spot.x / 1.7) ** 2 + spot.y**2 for spot in picture.spots]
    assert ways == sorted(ways)


def test_only_circles_with_somebody_on_them_are_drawn() -> None:
    assert [ring.words for ring in drawn(Tie(0, "Jobcenter", "professional")).rings] == [
        "Fachkräfte und Ämter"
    ]
    assert drawn().spots == ()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(CIRCLES), max_size=14))
def test_nobody_covers_anybody_else(circles: list[str]) -> None:
    picture = drawn(*(Tie(number, "Frau Keller", code) for number, code in enumerate(circles)))
    assert len(picture.spots) == len(circles)
    for number, one in enumerate(picture.spots):
        for other in picture.spots[:number]:
            crowded = any(circles.count(each.tie.circle) > 4 for each in (one, other))
            assert overlap(one.box, other.box) == 0 or crowded


@pytest.fixture
def tab(case_desk: "CaseDesk") -> "CaseDesk":
    case_desk.open("people")
    return case_desk


def answers(case_desk: "CaseDesk") -> list[dict[str, str]]:
    entry = latest(case_desk.file().phases, Phase.ASSESSMENT)
    assert entry
    return list(entry.answers["network"])


def test_a_contact_entered_at_the_map_stands_in_the_assessment(tab: "CaseDesk") -> None:
    click(tab.page, "network_add")
    dialog = find(tab.page, QDialog, "tie_dialog")
    click(dialog, "dialog_accept")
    assert dialog.isVisible(), "somebody without a name is no contact"
    type_into(dialog, "field_network_0_who", "Frau Keller")
    combo = find(dialog, QComboBox, "field_network_0_quality")
    combo.setCurrentIndex(combo.findText("trägt"))
    combo.activated.emit(combo.currentIndex())
    click(dialog, "dialog_accept")
    assert answers(tab) == [{"who": "Frau Keller", "quality": "strong"}]
    view = find(tab.page, NetworkView, "network_view")
    assert view.accessibleDescription() == "Frau Keller, trägt"


def test_a_contact_is_opened_with_the_keys_changed_and_removed(tab: "CaseDesk") -> None:
    entry = phases.start(tab.desk, tab.case.id, Phase.ASSESSMENT)
    both = [{"who": "Imam", "circle": "community"}, {"who": "Mutter", "circle": "family"}]
    phases.save_answers(tab.desk, entry, {"network": both})
    tab.page.refresh()
    view = find(tab.page, NetworkView, "network_view")
    assert view.accessibleDescription() == "Mutter, Familie"
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.accessibleDescription() == "Imam, Gemeinschaft, Verein, Glaube"
    QTest.keyClick(view, Qt.Key.Key_Return)
    dialog = find(tab.page, QDialog, "tie_dialog")
    type_into(dialog, "field_network_0_helps_with", "Rat")
    click(dialog, "dialog_accept")
    assert answers(tab)[0] == {"who": "Imam", "circle": "community", "helps_with": "Rat"}
    click(tab.page, "network_switch")
    click(tab.page, "edit_tie_1")
    click(find(tab.page, QDialog, "tie_dialog"), "remove_tie")
    assert [one["who"] for one in answers(tab)] == ["Imam"]


def test_the_map_of_a_finished_assessment_is_only_looked_at(tab: "CaseDesk") -> None:
    entry = phases.start(tab.desk, tab.case.id, Phase.ASSESSMENT)
    phases.save_answers(tab.desk, entry, {"network": [{"who": "Mutter"}]})
    phases.complete(tab.desk, tab.case.id, Phase.ASSESSMENT, "vorerst")
    tab.page.refresh()
    assert not sees(tab.page, "network_add")
    assert sees(tab.page, "network_note")
    QTest.keyClick(find(tab.page, NetworkView, "network_view"), Qt.Key.Key_Return)
    assert not sees(tab.page, "tie_dialog")


def test_what_is_typed_when_the_desk_is_locked_is_there_again(tab: "CaseDesk") -> None:
    click(tab.page, "network_add")
    type_into(find(tab.page, QDialog, "tie_dialog"), "field_network_0_who", "Halber Na")
    tab.lock()
    tab.unlock()
    tab.open("people")
    click(tab.page, "network_add")
    dialog = find(tab.page, QDialog, "tie_dialog")
    walk_accessible(dialog)
    click(dialog, "dialog_accept")
    assert [one["who"] for one in answers(tab)] == ["Halber Na"]
