"""What services ask of ten households, as it stands in docs/checklists.md."""

from msgspec.structs import replace

from kimdesk.casework.checklists import ChecklistLine
from kimdesk.catalogue.catalogue import SHIPPED
from kimdesk.domain.terms import ItemState
from tests.casework.what_is_asked import DAY, FILE, Household, case_of, household_lines, households, written


def test_the_list_a_case_manager_reads_is_what_the_program_judges() -> None:
    assert FILE.read_text(encoding="utf-8") == written()


def test_of_whom_nothing_is_known_nothing_is_said_not_to_be_needed() -> None:
    """Not known is never „no“."""
    nobody = case_of(next(one for one in households() if one.letter == "J"))
    said = [line.entry.item for one in SHIPPED.services(DAY) for line in household_lines(one, nobody)
            if line.entry.state is ItemState.NOT_NEEDED]  # fmt: skip
    assert said == []


def test_more_that_is_known_never_makes_a_line_less_known() -> None:
    """Each fact taken away leaves each line as it was or unknown, unless nobody is left to ask for."""
    for household in households()[:4]:
        file = case_of(household)
        bare = case_of(_without_dates(household))
        for one in SHIPPED.services(DAY):
            for line, less in zip(household_lines(one, file), household_lines(one, bare), strict=True):
                assert _truth(less) in (None, _truth(line)), (household.letter, one.code, line.entry.item)


def _truth(line: ChecklistLine) -> bool | None:
    assert line.judgement is not None
    return line.judgement.truth


def _without_dates(household: Household) -> Household:
    persons = [replace(one, born="", arrived="") for one in household.persons]
    return replace(household, persons=persons)
