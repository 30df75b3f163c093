"""What bundles carried is kept as it left, until its case is erased."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

UP = """CREATE TABLE carried (
    epoch INTEGER NOT NULL, seq INTEGER NOT NULL, part INTEGER NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (epoch, seq, part)
)"""


def upgrade() -> None:
    """Add it; of bundles written so far nothing is known any more."""
    op.execute(UP)


def downgrade() -> None:
    """Drop it."""
    op.execute("DROP TABLE carried")
