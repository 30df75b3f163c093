"""What was decided on findings, who deals with them, and whether somebody here has seen it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TEXTS = ("decision", "group_name", "meets_on")


def upgrade() -> None:
    """Add the columns; what is here already has been seen."""
    for name in _TEXTS:
        op.add_column("sync_answer", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("sync_answer", sa.Column("seen", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    """Drop them."""
    for name in ("seen", *reversed(_TEXTS)):
        op.drop_column("sync_answer", name)
