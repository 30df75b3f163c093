"""Figures that were given out, each with the proof that nobody can be found in it."""

import sqlalchemy as sa
from alembic import op

from kimdesk.kreis.migrations import columns

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the list."""
    op.create_table(
        "registry_release",
        sa.Column("number", _SERIAL, primary_key=True),
        sa.Column("digest", sa.Text(), nullable=False, unique=True),
        *columns("template version# first last municipality body at by", nullable=False),
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_table("registry_release")
