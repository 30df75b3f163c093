"""Papers with and without a scan: nothing of them leaves a desk, the columns follow their kind."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_TABLE = "registry_attachment"
_ADDED = (
    ("person_id", sa.Text()),
    ("household", sa.Integer()),
    ("item", sa.Text()),
    ("issued_on", sa.Text()),
    ("applied_on", sa.Text()),
    ("original_with", sa.Text()),
    ("original_since", sa.Text()),
    ("handed", sa.Text()),
)


def upgrade() -> None:
    """Add the columns, and drop what one of them stands for now."""
    for column, kind in _ADDED:
        op.add_column(_TABLE, sa.Column(column, kind))
    op.drop_column(_TABLE, "handed_to")


def downgrade() -> None:
    """Take them back."""
    op.add_column(_TABLE, sa.Column("handed_to", sa.Text()))
    for column, _ in _ADDED:
        op.drop_column(_TABLE, column)
