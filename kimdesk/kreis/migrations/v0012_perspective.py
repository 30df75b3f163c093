"""Achievements and standings: every kind has its table here, though nothing of these two leaves a desk."""

import sqlalchemy as sa
from alembic import op

from kimdesk.kreis.migrations import create_record_table

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

RECORDS = {
    "achievement": """
        case_id person_id kind level title organisation starts_on ends_on achieved_on
        registered_on follow_on points# weekly_hours# insured skilled proof proof_at attachment_id
        seen_on kept_back# note
    """,
    "standing": """
        case_id person_id asylum_applied_on asylum_decided_on asylum_decision asylum_final_on
        identity_clarified_on identity_paper identity_steps pension_months# pension_as_of
        income_share# income_as_of flat absences german_spouse_since unable unable_letter_on
        needs_legal_advice# note
    """,
}
_FEW = sa.text("epoch <= 0")


def upgrade() -> None:
    """Add both, as record tables are since step 10: without digests, the few in doubt indexed."""
    for kind, columns in RECORDS.items():
        table = f"registry_{kind}"
        create_record_table(kind, columns)
        op.drop_index(f"{table}_desk", table)
        op.create_index(f"{table}_out_of_order", table, ["desk_id"], sqlite_where=_FEW, postgresql_where=_FEW)
        op.drop_column(table, "digest")


def downgrade() -> None:
    """Drop them."""
    for kind in RECORDS:
        op.drop_table(f"registry_{kind}")
