"""Who looks after a case, in the row of its list."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and fill it from the cases."""
    op.execute("ALTER TABLE case_row ADD COLUMN worker TEXT NOT NULL DEFAULT ''")
    op.execute("UPDATE case_row SET worker = (SELECT worker FROM kim_case WHERE id = case_row.case_id)")


def downgrade() -> None:
    """Drop it."""
    op.execute("ALTER TABLE case_row DROP COLUMN worker")
