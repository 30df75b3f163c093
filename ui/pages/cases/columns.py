"""The words of the list of cases, the same on the screen and in a table for a spreadsheet."""

from datetime import date

from kimdesk.casework.cases import CaseRow
from kimdesk.domain.custody import Custody
from kimdesk.texts import dates, passing, say

MARKED = frozenset({Custody.OFFERED, Custody.PASSED_ON, Custody.LENT, Custody.COVERING})


def heads() -> tuple[str, ...]:
    """Return the heads of the columns."""
    return (
        say("common.name"),
        say("common.file_number"),
        say("cases.phase"),
        say("cases.next_date"),
        say("cases.regime"),
        say("common.hand_over"),
    )


def cells(row: CaseRow) -> tuple[str, ...]:
    """Return the words of a row; the date in full, because a file is read on any day."""
    day = row.next_due
    return name(row), row.file_number, phase(row), dates.full(day) if day else "", regime(row), handover(row)


def name(row: CaseRow) -> str:
    """Return „Osman, Amna“, or that the case is anonymous."""
    return row.name or say("common.without_name")


def phase(row: CaseRow) -> str:
    """Return the phase by its full name."""
    return row.catalogue.code_list("phase").label(row.phase)


def regime(row: CaseRow) -> str:
    """Return the legal regime in short."""
    return row.catalogue.code_list("legal_regime").short(row.regime) or "–"


def handover(row: CaseRow) -> str:
    """Return whose the case is, if not plainly this desk's, or whether the Kreis has it as it stands."""
    if row.standing.custody in MARKED:
        return passing.short(row.standing, date.today())  # noqa: DTZ011 - the worker's calendar day
    return say("cases.unsent_mark") if row.unsent else say("cases.acknowledged")
