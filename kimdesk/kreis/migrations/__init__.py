"""One module per step, the same on SQLite and PostgreSQL; and how columns are written down in them.

A schema that exists does not follow later changes of the code, so each step names its columns.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

_OWN = "desk_id shared epoch# rev# scope# received_seq# digest"


def columns(said: str, *, nullable: bool = True) -> Iterator[sa.Column[Any]]:
    """Yield the columns named in ``said``: text, or whole numbers where a name ends in „#“."""
    for name in said.split():
        kind: Any = sa.Integer() if name.endswith("#") else sa.Text()
        yield sa.Column(name.rstrip("#"), kind, nullable=nullable)


def create_record_table(kind: str, said: str) -> None:
    """Make the table of a kind of record: what every one has, and the columns ``said``."""
    table = f"registry_{kind}"
    op.create_table(
        table,
        sa.Column("id", sa.Text(), primary_key=True),
        *columns(_OWN, nullable=False),
        *columns(said),
    )
    op.create_index(f"{table}_desk", table, ["desk_id"])
    if "case_id" in said.split():
        op.create_index(f"{table}_case", table, ["case_id"])
