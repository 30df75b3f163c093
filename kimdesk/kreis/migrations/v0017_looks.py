"""How a scan looks: nothing of it leaves a desk, the column follows its kind."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("registry_attachment", sa.Column("look", sa.Text()))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("registry_attachment", "look")
