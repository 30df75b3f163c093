"""The list of referrals as a table for a spreadsheet, all of its rows in their order."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from kimdesk.casework.case_export import write_table
from kimdesk.casework.desk import Desk
from kimdesk.casework.referral_list import ReferralLine, ReferralQuery, page

PART = 200


def write_csv(
    desk: Desk,
    query: ReferralQuery,
    day: date,
    path: Path,
    heads: Sequence[str],
    cells: Callable[[ReferralLine], Sequence[str]],
) -> int:
    """Write the list ``query`` of ``day`` to ``path``, as ``case_export.write_csv`` does; return the rows."""
    lines: list[Sequence[str]] = []
    while part := page(desk, query, day, len(lines), PART).rows:
        lines += map(cells, part)
    with desk.writing() as writer:
        writer.record("list_exported", "referral", "")
    write_table(path, heads, lines)
    return len(lines)
