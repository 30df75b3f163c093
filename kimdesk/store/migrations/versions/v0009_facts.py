"""What to mind in a contact lives at the person; a closed case keeps what became of its open dates."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ADDED = (
    ("person", "contact_channels"),
    ("person", "contact_caution"),
    ("person", "interpreter_wish"),
    ("kim_case", "settled"),
)


def upgrade() -> None:
    """Add the columns, with nothing recorded."""
    for table, column in _ADDED:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")


def downgrade() -> None:
    """Drop them."""
    for table, column in _ADDED:
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
