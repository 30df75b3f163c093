"""What waits for a decision: bundles of forked desks, and single records that may not be taken over."""

import sqlalchemy as sa
from alembic import op

from kimdesk.kreis.migrations import columns

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two lists; an erasure belongs to the epoch its desk is in, as far as anybody knows."""
    op.create_table(
        "registry_waiting",
        sa.Column("digest", sa.Text(), primary_key=True),
        *columns(
            "desk_id epoch# seq# prev from_change# to_change# cases# created state file", nullable=False
        ),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary()),
        sa.Column("at", sa.Text(), nullable=False),
    )
    op.create_index("registry_waiting_desk", "registry_waiting", ["desk_id"])
    op.create_table(
        "registry_aside",
        *(sa.Column(name, sa.Text(), primary_key=True) for name in ("desk_id", "kind", "record_id")),
        *columns("case_id reason epoch# seq# at released_at", nullable=False),
    )
    op.create_index("registry_conflict_record", "registry_conflict", ["record_id"])
    for table, name, start in (("desk", "contested", 0), ("inbox", "aside", 0), ("erased", "epoch", 1)):
        number = sa.Column(name, sa.Integer(), nullable=False, server_default=str(start))
        op.add_column(f"registry_{table}", number)
    op.execute(
        "UPDATE registry_erased SET epoch = coalesce("
        "(SELECT epoch FROM registry_desk WHERE registry_desk.id = registry_erased.desk_id), 1)"
    )


def downgrade() -> None:
    """Forget what waits."""
    for table, name in (("erased", "epoch"), ("inbox", "aside"), ("desk", "contested")):
        op.drop_column(f"registry_{table}", name)
    op.drop_index("registry_conflict_record", "registry_conflict")
    op.drop_table("registry_aside")
    op.drop_table("registry_waiting")
