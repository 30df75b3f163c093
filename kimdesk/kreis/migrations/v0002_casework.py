"""Scans, relations, regime changes, disputes, steps of measures, derived deadlines."""

import sqlalchemy as sa
from alembic import op

from kimdesk.kreis.migrations import columns, create_record_table

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

RECORDS = {
    "attachment": """
        case_id title document media_type size# sha256 added_on valid_until original_at handed_to about
        note
    """,
    "dispute": "case_id record_kind record_id field_name statement noted_on resolved_on outcome",
    "regime_change": "case_id person_id from_regime to_regime changes_on checklist done_on note",
    "relation": "case_id person_id other_id kind since until note",
}
COLUMNS = {
    "contact": "interpreter_name interpreter_minutes#",
    "finding": "phase about",
    "follow_up": "rule facts about language interpreter",
    "goal": "level_reason",
    "measure": "for_person steps template",
    "person": "german_name",
    "regime_spell": "agency agency_file_number",
    "residence_spell": "applied_on certificate_on",
}


def upgrade() -> None:
    """Add what is new; registries that were there before their steps were numbered have it already."""
    there = sa.inspect(op.get_bind())
    for kind, said in RECORDS.items():
        if not there.has_table(f"registry_{kind}"):
            create_record_table(kind, said)
    for kind, said in COLUMNS.items():
        known = {each["name"] for each in there.get_columns(f"registry_{kind}")}
        for column in columns(said):
            if column.name not in known:
                op.add_column(f"registry_{kind}", column)


def downgrade() -> None:
    """Drop what was new, with what was entered there."""
    for kind in RECORDS:
        op.drop_table(f"registry_{kind}")
    for kind, said in COLUMNS.items():
        for column in columns(said):
            op.drop_column(f"registry_{kind}", str(column.name))
