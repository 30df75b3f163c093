"""A table from a file, read in the cage; what is not chosen is guessed."""

from dataclasses import dataclass
from pathlib import Path

from kimdesk.cage import MIB, CagedReader, Limits, Stop
from kimdesk.casework.person_lists.table import TableFile, table
from kimdesk.casework.sheets.encodings import ENCODINGS
from kimdesk.casework.sheets.heads import plain
from kimdesk.casework.sheets.raw import (
    EMPTY,
    LOCKED,
    NO_SHEET,
    TOO_LARGE,
    UNREADABLE,
    Raw,
)
from kimdesk.casework.sheets.texts import SEPARATORS
from kimdesk.catalogue.person_columns import PersonColumns
from kimdesk.domain.errors import ContentError, StoreError

__all__ = ["ENCODINGS", "LARGEST", "SEPARATORS", "Choices", "TableFile", "read_table"]

LARGEST = 50 * MIB
_LIST = CagedReader(
    "kimdesk.casework.sheets.opening:read",
    Raw,
    refusals=(UNREADABLE, TOO_LARGE, EMPTY, LOCKED, NO_SHEET),
)
_MOST_SAID, _SECONDS_A_MIB, _MOST_SECONDS = 120 * MIB, 10, 120


@dataclass(frozen=True, slots=True)
class Choices:
    """How a file is to be read; what is left as it is here is guessed.

    ``head_row`` counts as a spreadsheet does, 0 means that no row names the columns.
    """

    sheet: str = ""
    head_row: int | None = None
    separator: str = ""
    encoding: str = ""


def read_table(
    path: Path, known: PersonColumns, choices: Choices | None = None, stop: Stop | None = None
) -> TableFile:
    """Return the table in a file: .xlsx, .xls, .ods, or text with separators; ``known`` are the heads.

    Raises StoreError E910 when the file cannot be read, ContentError E720 when it is no table, E721 when it
    is too large, E722 when it has no rows, E723 when it has a password, E724 and E725 when it has no such
    sheet or row; ForeignFileError E760 to E768 when it could not be read in the cage.
    """
    chosen = choices or Choices()
    heads = _heads(known)
    data = _bytes(path)
    seconds = min(Limits().seconds + len(data) // MIB * _SECONDS_A_MIB, _MOST_SECONDS)
    raw = _LIST(
        data, chosen.sheet, chosen.encoding, chosen.separator, sorted(heads),
        limits=Limits(seconds=seconds, answer=_MOST_SAID), stop=stop,
    )  # fmt: skip
    return table(raw, chosen.head_row, heads, chosen=chosen != Choices())


def _heads(known: PersonColumns) -> set[str]:
    return {plain(head) for target in known.targets for head in (*target.heads, target.name)}


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise ContentError(TOO_LARGE)
        return path.read_bytes()
    except OSError:
        raise StoreError("E910") from None
