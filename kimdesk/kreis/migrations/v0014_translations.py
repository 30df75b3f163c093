"""Every field has its column here, though no translation leaves a desk."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLES = ("goal", "measure", "contact", "follow_up")


def upgrade() -> None:
    """Add the columns."""
    for table in TABLES:
        op.add_column(f"registry_{table}", sa.Column("translations", sa.Text()))


def downgrade() -> None:
    """Drop them."""
    for table in TABLES:
        op.drop_column(f"registry_{table}", "translations")
