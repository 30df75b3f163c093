"""Existing lists of persons (Excel, CSV) as cases: read, match columns, look at it, take in, undo."""

from kimdesk.casework.person_lists.columns import guess
from kimdesk.casework.person_lists.reading import ENCODINGS, SEPARATORS, Choices, TableFile, read_table
from kimdesk.casework.person_lists.rows import ListRow, Reckoning, Steps, Trouble, row_steps, rows_of, whole
from kimdesk.casework.person_lists.taking import (
    ListOutcome,
    TakenRow,
    Undone,
    look_up,
    look_up_steps,
    past,
    take,
    take_steps,
    undo,
    undo_steps,
    wanted_first,
)

__all__ = [
    "ENCODINGS",
    "SEPARATORS",
    "Choices",
    "ListOutcome",
    "ListRow",
    "Reckoning",
    "Steps",
    "TableFile",
    "TakenRow",
    "Trouble",
    "Undone",
    "guess",
    "look_up",
    "look_up_steps",
    "past",
    "read_table",
    "row_steps",
    "rows_of",
    "take",
    "take_steps",
    "undo",
    "undo_steps",
    "wanted_first",
    "whole",
]
