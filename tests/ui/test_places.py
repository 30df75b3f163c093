"""Places: one line of text leads back to the same place; each record of a case has one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimdesk.domain.kinds import KINDS
from kimdesk.domain.records import RecordRef
from kimdesk.domain.terms import Phase
from ui.case.tabs import KEYS, tab_of
from ui.places import Place, place_of

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.builds(Place, st.sampled_from(["today", "case", "help"]), TEXT, TEXT, TEXT, TEXT, TEXT))
def test_a_place_comes_back_from_its_text(place: Place) -> None:
    assert Place.parse(place.text) == place


def test_a_place_reads_as_a_page_and_what_is_shown_there() -> None:
    assert Place("today").text == "today"
    assert Place("case", "7", "plan", kind="goal", key="3").text == "case?case_id=7&tab=plan&kind=goal&key=3"


def test_a_text_with_a_member_that_no_place_has_is_refused() -> None:
    with pytest.raises(TypeError):
        Place.parse("case?colour=red")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_record_has_a_tab(kind: str) -> None:
    place = place_of("7", RecordRef(kind, "3"))
    assert (place.page, place.case_id) == ("case", "7")
    assert tab_of(place) in KEYS
    assert tab_of(Place("case", "7", kind=kind, key="3")) == tab_of(place)


@pytest.mark.parametrize("phase", Phase)
def test_a_phase_is_a_place_of_its_own_in_the_tab_of_forms(phase: Phase) -> None:
    place = place_of("7", RecordRef("phase", phase))
    assert (place.tab, tab_of(place)) == (phase, "form")
