"""A consent says whose it is."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("registry_consent", sa.Column("person_id", sa.Text()))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("registry_consent", "person_id")
