"""What the Kreis answers to findings."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the list of answers."""
    op.create_table(
        "sync_answer",
        sa.Column("finding_id", sa.Text(), primary_key=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("state", "text", "on_day")),
    )


def downgrade() -> None:
    """Forget the answers."""
    op.drop_table("sync_answer")
