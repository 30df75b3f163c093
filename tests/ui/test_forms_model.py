"""A form while it is filled in, without a screen."""

from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.forms.definition import Width
from kimdesk.forms.progress import EntryState
from ui.forms.grid import places
from ui.forms.model import FormModel
from ui.forms.stations import has_stations, stations


def test_a_field_appears_when_its_condition_holds_and_its_answer_is_kept_until_completion() -> None:
    model = FormModel(SHIPPED.form("access"))
    assert "client_phone" not in model.entry("reach").shown
    model.set("reach", "channels", ["phone"])
    model.set("reach", "client_phone", "0151 1")
    model.set("reach", "channels", ["visit"])
    assert "client_phone" not in model.entry("reach").shown
    model.set("reach", "channels", ["visit", "phone"])
    assert model.value("reach", "client_phone") == "0151 1"


def test_an_unreadable_date_stays_in_the_draft_but_is_not_stored() -> None:
    model = FormModel(SHIPPED.form("access"))
    model.set("contact", "held_on", "31.02.")
    model.set("contact", "occasion", "Anruf")
    assert model.draft()["contact"]["held_on"] == "31.02."
    assert "held_on" not in model.storable()["contact"]
    assert model.storable()["contact"]["occasion"] == "Anruf"
    assert model.problem("contact", "held_on").code == "E702"  # type: ignore[union-attr]


def test_a_gap_is_no_problem_while_drafting() -> None:
    model = FormModel(SHIPPED.form("access"))
    assert model.problem("contact", "occasion") is None
    assert model.problem("contact", "occasion", complete=True) is not None


def test_typing_something_and_taking_it_back_is_no_change() -> None:
    model = FormModel(SHIPPED.form("access"), {"contact": {"occasion": "Anruf"}})
    model.set("contact", "occasion", "Anruf heute")
    assert model.changed
    model.set("contact", "occasion", "Anruf")
    assert not model.changed


def test_what_was_typed_while_saving_still_counts_as_changed() -> None:
    model = FormModel(SHIPPED.form("access"))
    model.set("contact", "occasion", "Anruf")
    sent = model.storable()
    model.set("contact", "occasion", "Anruf, zweiter Satz")
    model.saved(sent)
    assert model.changed


def test_entries_of_a_list_are_added_and_removed() -> None:
    model = FormModel(SHIPPED.form("assessment"))
    first, second = model.add("network"), model.add("network")
    model.set(first, "who", "Schwester")
    model.set(second, "who", "Nachbarin")
    model.remove(first)
    assert [entry.answers for entry in model.entries("network")] == [{"who": "Nachbarin"}]


def test_the_assessment_is_walked_in_stations_that_say_how_far_they_are() -> None:
    model = FormModel(SHIPPED.form("assessment"))
    assert has_stations(model.definition)
    model.set("domains.housing", "scale", 4)
    model.set("domains.language", "resources", ["schreibt Arabisch"])
    found = {station.path: station for station in stations(model)}
    assert found["domains.housing"].state is EntryState.DONE
    assert found["domains.housing"].value == "4"
    assert found["domains.language"].state is EntryState.BEGUN
    assert found["domains.work"].state is EntryState.OPEN
    assert found["domains.residence"].total == 12
    assert "conclusion" in found


def test_a_station_that_shows_what_the_case_holds_is_begun() -> None:
    model = FormModel(SHIPPED.form("assessment"))
    assert {one.path: one.state for one in stations(model)}["status"] is EntryState.OPEN
    model.count({"residence_spell": 1})
    assert {one.path: one.state for one in stations(model)}["status"] is EntryState.BEGUN


def test_a_form_of_another_phase_has_no_stations() -> None:
    assert not has_stations(SHIPPED.form("intake"))


def test_fields_share_a_row_as_their_width_asks() -> None:
    widths = [Width.THIRD, Width.THIRD, Width.THIRD, Width.HALF, Width.FULL, Width.QUARTER]
    assert places(widths, stacked=False) == [
        (0, 0, 4),
        (0, 4, 4),
        (0, 8, 4),
        (1, 0, 6),
        (2, 0, 12),
        (3, 0, 3),
    ]


def test_fields_stand_below_one_another_when_the_text_is_large() -> None:
    assert places([Width.HALF, Width.HALF], stacked=True) == [(0, 0, 12), (1, 0, 12)]
