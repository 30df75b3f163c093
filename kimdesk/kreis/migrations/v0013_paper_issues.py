"""Papers that were printed, saved or handed out: a table as every kind has, though none of it leaves."""

import sqlalchemy as sa
from alembic import op

from kimdesk.kreis.migrations import create_record_table

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

COLUMNS = "case_id paper title version# language how issued_on handed_to about attachment_id"
_FEW = sa.text("epoch <= 0")


def upgrade() -> None:
    """Add it, as record tables are since step 10: without digests, the few in doubt indexed."""
    table = "registry_paper_issue"
    create_record_table("paper_issue", COLUMNS)
    op.drop_index(f"{table}_desk", table)
    op.create_index(f"{table}_out_of_order", table, ["desk_id"], sqlite_where=_FEW, postgresql_where=_FEW)
    op.drop_column(table, "digest")


def downgrade() -> None:
    """Drop it."""
    op.drop_table("registry_paper_issue")
