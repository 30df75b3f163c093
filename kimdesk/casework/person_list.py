"""Lists of persons (CSV) as case documents: one row, one case with that person as its client."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import ContentError

COLUMNS = frozenset(
    {
        "family_name",
        "given_names",
        "birth_name",
        "call_name",
        "alias",
        "original_name",
        "birth_date",
        "birth_place",
        "birth_country",
        "sex",
        "street",
        "postcode",
        "city",
        "arrived_on",
        "phone",
        "email",
        "azr_number",
    }
)
LISTS = frozenset({"nationalities"})
DATES = frozenset({"birth_date", "arrived_on", "opened_on"})
CASE_COLUMNS = frozenset({"ags", "file_number", "opened_on"})


def documents(text: str) -> Iterator[dict[str, Any]]:
    """Yield a case document per row; several nationalities in one cell are parted by blanks or ``|``.

    The first line names the columns after the members of the neutral case document; comma, semicolon or tab
    part them. Raises ContentError E716 for an unknown column.
    """
    lines = io.StringIO(text.lstrip("\ufeff"))
    header = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = max(";,\t", key=header.count)
    rows = csv.DictReader(lines, delimiter=delimiter)
    unknown = set(rows.fieldnames or ()) - COLUMNS - LISTS - CASE_COLUMNS
    if unknown or not rows.fieldnames:
        raise ContentError("E716", column=", ".join(sorted(name or "?" for name in unknown)))
    for row in rows:
        yield _document({name: _cell(name, value) for name, value in row.items() if name})


def _cell(name: str, value: str | None) -> str:
    """Return a cell as documents write it; a date that cannot be read stays, for the import to refuse."""
    text = (value or "").strip()
    try:
        return PartialDate.parse(text).iso() if name in DATES else text
    except ValueError:
        return text


def _document(row: dict[str, str]) -> dict[str, Any]:
    person: dict[str, Any] = {name: value for name, value in row.items() if name in COLUMNS and value}
    for name in LISTS & row.keys():
        person[name] = row[name].replace("|", " ").split()
    case = {name: value for name, value in row.items() if name in CASE_COLUMNS and value}
    return {**case, "persons": [{**person, "role": "client"}]}
