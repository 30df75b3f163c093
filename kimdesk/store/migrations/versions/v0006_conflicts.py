"""Two versions of a value are kept until somebody decides, and what was decided after that."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

UP = (
    """CREATE TABLE conflict (
        id TEXT NOT NULL, kind TEXT NOT NULL, record_id TEXT NOT NULL, case_id TEXT NOT NULL,
        path TEXT NOT NULL, mine TEXT NOT NULL, theirs TEXT NOT NULL, source TEXT NOT NULL, at TEXT NOT NULL,
        actor TEXT NOT NULL, decision TEXT NOT NULL, decided_at TEXT NOT NULL, decided_by TEXT NOT NULL,
        reason TEXT NOT NULL, PRIMARY KEY (id)
    )""",
    "CREATE INDEX conflict_record ON conflict (record_id, path)",
    "CREATE INDEX conflict_case ON conflict (case_id)",
)


def upgrade() -> None:
    """Make the table."""
    for statement in UP:
        op.execute(statement)


def downgrade() -> None:
    """Drop it, with what was not decided."""
    op.execute("DROP TABLE conflict")
