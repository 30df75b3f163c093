"""Goals, measures, contacts and dates carry translations of what they say."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLES = ("goal", "measure", "contact", "follow_up")


def upgrade() -> None:
    """Add the columns, with nothing translated."""
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ADD COLUMN translations TEXT NOT NULL DEFAULT ''")


def downgrade() -> None:
    """Drop them."""
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} DROP COLUMN translations")
