"""Desks get new keys and keep their place; receipts are kept as what they say."""

import sqlalchemy as sa
from alembic import op

from kimdesk.kreis.migrations import columns

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the keys desks had; receipts that only their readers can open are answered anew when asked for."""
    op.create_table(
        "registry_former_key",
        sa.Column("signing_key", sa.Text(), primary_key=True),
        *columns("desk_id identity not_after until", nullable=False),
        *columns("cut_epoch# cut_seq#"),
    )
    op.create_index("registry_former_key_desk", "registry_former_key", ["desk_id"])
    least = sa.Column("least_epoch", sa.Integer(), nullable=False, server_default="1")
    op.add_column("registry_desk", least)
    receipt = sa.table("registry_receipt", sa.column("body", sa.LargeBinary()))
    op.execute(sa.update(receipt).values(body=b""))


def downgrade() -> None:
    """Forget them."""
    op.drop_column("registry_desk", "least_epoch")
    op.drop_table("registry_former_key")
