"""What is to be minded in a contact with a person; what became of the open dates of a closed case."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_ADDED = (
    ("registry_person", "contact_channels"),
    ("registry_person", "contact_caution"),
    ("registry_person", "interpreter_wish"),
    ("registry_case", "settled"),
)


def upgrade() -> None:
    """Add the columns."""
    for table, column in _ADDED:
        op.add_column(table, sa.Column(column, sa.Text()))


def downgrade() -> None:
    """Drop them."""
    for table, column in _ADDED:
        op.drop_column(table, column)
