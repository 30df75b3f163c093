"""What finds the day's work, and counts what the Kreis has not seen, without reading all that is stored."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_REMOVED = "kind = 'case' AND op = 'remove'"
_INDEXES = {
    "due_by_since": "due (since, until, due_on)",
    "due_in_order": "due (due_on, case_id, since, until)",
    "case_row_by_change": "case_row (changed)",
    "case_row_by_derived": "case_row (derived)",
    "case_row_by_contact": "case_row (status, last_contact, case_id)",
    "change_removed_case": f"change (seq) WHERE {_REMOVED}",
}


def upgrade() -> None:
    """Add the order of the day; what is counted reads its index alone."""
    op.execute("DROP INDEX due_by_since")
    for name, columns in _INDEXES.items():
        op.execute(f"CREATE INDEX {name} ON {columns}")


def downgrade() -> None:
    """Find them as before."""
    for name in _INDEXES:
        op.execute(f"DROP INDEX {name}")
    op.execute("CREATE INDEX due_by_since ON due (since)")
