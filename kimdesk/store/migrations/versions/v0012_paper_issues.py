"""Which papers were printed, saved, handed out or kept, in which version."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLE = """
    CREATE TABLE paper_issue (
        id TEXT NOT NULL, rev INTEGER NOT NULL, extra TEXT NOT NULL, case_id TEXT NOT NULL,
        paper TEXT NOT NULL, title TEXT NOT NULL, version INTEGER NOT NULL, language TEXT NOT NULL,
        how TEXT NOT NULL, issued_on TEXT, handed_to TEXT NOT NULL, about TEXT NOT NULL,
        attachment_id TEXT NOT NULL, rev_by TEXT NOT NULL, PRIMARY KEY (id),
        FOREIGN KEY (case_id) REFERENCES kim_case (id)
    )
"""
CHANGE = """
    CREATE TRIGGER paper_issue_{event} AFTER {event} ON paper_issue BEGIN
        INSERT INTO change(kind, record_id, case_id, op)
        VALUES ('paper_issue', {row}.id, {row}.case_id, '{op}');
    END
"""
EVENTS = (("INSERT", "NEW", "put"), ("UPDATE", "NEW", "put"), ("DELETE", "OLD", "remove"))


def upgrade() -> None:
    """Add what is new."""
    op.execute(TABLE)
    op.execute("CREATE INDEX paper_issue_case_id ON paper_issue (case_id)")
    for event, row, what in EVENTS:
        op.execute(CHANGE.format(event=event, row=row, op=what))


def downgrade() -> None:
    """Drop it, with what was entered there."""
    op.execute("DROP TABLE paper_issue")
    for table in ("change", "tombstone", "due"):
        op.execute(f"DELETE FROM {table} WHERE kind = 'paper_issue'")  # noqa: S608 - names of ours
