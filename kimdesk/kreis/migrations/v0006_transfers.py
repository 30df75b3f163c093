"""Proofs that cases passed from desk to desk."""

import sqlalchemy as sa
from alembic import op

from kimdesk.kreis.migrations import columns

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the list."""
    op.create_table(
        "registry_transfer",
        sa.Column("passage", sa.Text(), primary_key=True),
        *columns("case_id turn# from_desk to_desk held_as made state at", nullable=False),
        sa.Column("offer", sa.LargeBinary(), nullable=False),
        sa.Column("reply", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_registry_transfer_case_id", "registry_transfer", ["case_id"])


def downgrade() -> None:
    """Forget whose cases were whose."""
    op.drop_index("ix_registry_transfer_case_id", "registry_transfer")
    op.drop_table("registry_transfer")
