"""A revocation names its epoch: a later one does not end it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let each revocation count from the epoch its desk is in."""
    op.add_column("registry_desk", sa.Column("revoked_epoch", sa.Integer()))
    op.execute("UPDATE registry_desk SET revoked_epoch = epoch WHERE revoked_from IS NOT NULL")


def downgrade() -> None:
    """Forget the epoch."""
    op.drop_column("registry_desk", "revoked_epoch")
