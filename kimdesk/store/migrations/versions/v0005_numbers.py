"""File numbers are found at once, so that none comes twice; drafts no longer name a revision."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

UP = (
    "CREATE INDEX kim_case_file_number ON kim_case (file_number)",
    "ALTER TABLE draft DROP COLUMN based_on_rev",
)
DOWN = (
    "ALTER TABLE draft RENAME TO draft_5",
    """CREATE TABLE draft (
        key TEXT NOT NULL, body TEXT NOT NULL, based_on_rev INTEGER NOT NULL, saved_at TEXT NOT NULL,
        PRIMARY KEY (key)
    )""",
    "INSERT INTO draft SELECT key, body, 0, saved_at FROM draft_5",
    "DROP TABLE draft_5",
    "DROP INDEX kim_case_file_number",
)


def upgrade() -> None:
    """Add the index and drop the column."""
    for statement in UP:
        op.execute(statement)


def downgrade() -> None:
    """Put the column back where it stood, with 0 for „new“."""
    for statement in DOWN:
        op.execute(statement)
