"""What the Kreis has set aside."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the list."""
    others = ("record_id", "kind", "case_id", "reason")
    op.create_table(
        "sync_aside",
        sa.Column("sent_id", sa.Text(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in others),
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_table("sync_aside")
