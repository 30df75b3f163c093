"""Bundled findings, and what the Kreis says of the group that deals with one."""

import sqlalchemy as sa
from alembic import op

from kimdesk.kreis.migrations import columns

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_CLUSTER = (
    "rev# title summary kind life_domain agencies services regimes chain_steps state since group_name"
    " meets_on decision answer released_at at by"
)
_ANSWER = ("decision", "group_name", "meets_on")


def upgrade() -> None:
    """Make the tables, and give every finding its place."""
    _key = sa.Column("id", sa.Text(), primary_key=True)
    op.create_table("registry_cluster", _key, *columns(_CLUSTER, nullable=False))
    op.create_table(
        "registry_finding_place",
        sa.Column("finding_id", sa.Text(), primary_key=True),
        *columns("cluster_id first_on joined_at", nullable=False),
    )
    op.create_index("registry_finding_place_cluster", "registry_finding_place", ["cluster_id"])
    op.execute("INSERT INTO registry_finding_place SELECT id, '', '', '' FROM registry_finding")
    for table, keys in (
        ("registry_finding_apart", ("one", "other")),
        ("registry_adoption", ("cluster_id", "ags")),
    ):
        own = (sa.Column(name, sa.Text(), primary_key=True) for name in keys)
        op.create_table(table, *own, *columns("at by", nullable=False))
    op.create_table(
        "registry_cluster_step",
        sa.Column("number", _SERIAL, primary_key=True),
        *columns("cluster_id step state at by", nullable=False),
    )
    op.create_index("registry_cluster_step_cluster", "registry_cluster_step", ["cluster_id"])
    for name in _ANSWER:
        op.add_column("registry_answer", sa.Column(name, sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Forget them."""
    for name in _ANSWER:
        op.drop_column("registry_answer", name)
    for table in ("cluster_step", "adoption", "finding_apart", "finding_place", "cluster"):
        op.drop_table(f"registry_{table}")
