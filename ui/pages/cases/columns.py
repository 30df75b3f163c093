"""The columns of the list of cases and their words, on the screen and in a table for a spreadsheet."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from kimdesk.casework.cases import CaseRow, Order
from kimdesk.catalogue.municipalities import municipality_name
from kimdesk.domain.custody import Custody
from kimdesk.texts import dates, passing, say

MARKED = frozenset({Custody.OFFERED, Custody.PASSED_ON, Custody.LENT, Custody.COVERING})


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: its name, its width in pixels at 100 % unless somebody chose another, what sorts by it."""

    name: str
    width: int
    order: Order | None = None

    @property
    def head(self) -> str:
        """Return the word above it."""
        return say(f"cases.column_{self.name}")


COLUMNS: Final = (
    ListColumn("name", 147, "name"),
    ListColumn("number", 122, "number"),
    ListColumn("phase", 188, "phase"),
    ListColumn("due", 120, "due"),
    ListColumn("regime", 104, "regime"),
    ListColumn("handover", 104),
    ListColumn("worker", 150, "worker"),
    ListColumn("municipality", 150, "municipality"),
    ListColumn("contact", 130, "contact"),
    ListColumn("updated", 130, "updated"),
)
NAMES: Final = tuple(column.name for column in COLUMNS)
FIRST: Final = NAMES[:6]
FIRST_LARGE: Final = ("name", "due", "phase", "handover", "number", "regime")
"""While the text is large: what is weightiest stands where it is seen first."""


def heads() -> tuple[str, ...]:
    """Return the heads of the columns of a table."""
    return tuple(column.head for column in COLUMNS[:6])


def cells(row: CaseRow) -> tuple[str, ...]:
    """Return the words of a row; the date in full, because a file is read on any day."""
    day = row.next_due
    return name(row), row.file_number, phase(row), dates.full(day) if day else "", regime(row), handover(row)


def plain(row: CaseRow, column: str, today: date) -> str:
    """Return the words of a row in a column that needs no sign of its own."""
    match column:
        case "number":
            return row.file_number
        case "regime":
            return regime(row)
        case "worker":
            return row.worker or "–"
        case "municipality":
            return municipality_name(row.ags) if row.ags else "–"
        case "contact":
            return dates.short(row.last_contact, today)
        case _:
            return dates.short(row.updated.astimezone().date(), today)


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
