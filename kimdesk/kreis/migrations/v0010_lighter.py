"""Rows are compared by what they say, and found by their desk only where they are in doubt or handed over."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_KINDS = """case person member relation phase_entry phase_event consent goal measure referral regime_spell
    regime_change residence_spell contact follow_up finding attachment dispute"""
_FEW = sa.text("epoch <= 0")


def upgrade() -> None:
    """Let go of the digests, and of an index that every row has paid for."""
    for kind in _KINDS.split():
        table = f"registry_{kind}"
        op.drop_index(f"{table}_desk", table)
        op.create_index(f"{table}_out_of_order", table, ["desk_id"], sqlite_where=_FEW, postgresql_where=_FEW)
        op.drop_column(table, "digest")


def downgrade() -> None:
    """Make them again; what came before has no digest, and differs from whatever comes."""
    for kind in _KINDS.split():
        table = f"registry_{kind}"
        op.add_column(table, sa.Column("digest", sa.Text(), nullable=False, server_default=""))
        op.drop_index(f"{table}_out_of_order", table)
        op.create_index(f"{table}_desk", table, ["desk_id"])
