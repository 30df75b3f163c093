"""What the Kreis answers to findings, and what desks say of what they have."""

import sqlalchemy as sa
from alembic import op

from kimdesk.kreis.migrations import columns

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both lists."""
    op.create_table(
        "registry_answer",
        sa.Column("finding_id", sa.Text(), primary_key=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        *columns("state text on_day by", nullable=False),
    )
    op.create_table(
        "registry_report",
        sa.Column("desk_id", sa.Text(), primary_key=True),
        sa.Column("catalogue", sa.Integer(), nullable=False),
        sa.Column("answers", sa.BigInteger(), nullable=False),
    )


def downgrade() -> None:
    """Forget both."""
    op.drop_table("registry_report")
    op.drop_table("registry_answer")
