"""A bundle that waits names every bundle before it since the last receipt."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what it names; of those that wait by now nobody knows."""
    earlier = sa.Column("earlier", sa.Text(), nullable=False, server_default="")
    op.add_column("registry_waiting", earlier)


def downgrade() -> None:
    """Forget it."""
    op.drop_column("registry_waiting", "earlier")
