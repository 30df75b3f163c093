"""How a scan looks, so that the same sheet is known again when it is scanned twice."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of earlier scans nobody knows."""
    op.execute("ALTER TABLE attachment ADD COLUMN look TEXT NOT NULL DEFAULT ''")


def downgrade() -> None:
    """Drop it."""
    op.execute("ALTER TABLE attachment DROP COLUMN look")
