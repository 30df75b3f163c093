"""Course, reminder and slip of a referral: nothing of them leaves a desk, but every field has its column."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ADDED = ("slip_code", "remind_on", "course")


def upgrade() -> None:
    """Add the columns."""
    for column in _ADDED:
        op.add_column("registry_referral", sa.Column(column, sa.Text()))


def downgrade() -> None:
    """Drop them."""
    for column in _ADDED:
        op.drop_column("registry_referral", column)
