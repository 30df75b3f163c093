"""What persons have achieved, and where they stand with their stay."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

RECORDS = ("achievement", "standing")

TABLES = """
    CREATE TABLE achievement (
        id TEXT NOT NULL, rev INTEGER NOT NULL, extra TEXT NOT NULL, case_id TEXT NOT NULL,
        person_id TEXT NOT NULL, kind TEXT NOT NULL, level TEXT NOT NULL, title TEXT NOT NULL,
        organisation TEXT NOT NULL, starts_on TEXT, ends_on TEXT, achieved_on TEXT, registered_on
        TEXT, follow_on TEXT NOT NULL, points INTEGER, weekly_hours INTEGER, insured TEXT NOT NULL,
        skilled TEXT NOT NULL, proof TEXT NOT NULL, proof_at TEXT NOT NULL, attachment_id TEXT NOT
        NULL, seen_on TEXT, kept_back INTEGER NOT NULL, note TEXT NOT NULL, rev_by TEXT NOT NULL,
        PRIMARY KEY (id), FOREIGN KEY (case_id) REFERENCES kim_case (id), FOREIGN KEY (person_id)
        REFERENCES person (id)
    );
    CREATE INDEX achievement_case_id ON achievement (case_id);
    CREATE INDEX achievement_person_id ON achievement (person_id);
    CREATE TABLE standing (
        id TEXT NOT NULL, rev INTEGER NOT NULL, extra TEXT NOT NULL, case_id TEXT NOT NULL,
        person_id TEXT NOT NULL, asylum_applied_on TEXT, asylum_decided_on TEXT, asylum_decision
        TEXT NOT NULL, asylum_final_on TEXT, identity_clarified_on TEXT, identity_paper TEXT NOT
        NULL, identity_steps TEXT NOT NULL, pension_months INTEGER, pension_as_of TEXT, income_share
        INTEGER, income_as_of TEXT, flat TEXT NOT NULL, absences TEXT NOT NULL, german_spouse_since
        TEXT, unable TEXT NOT NULL, unable_letter_on TEXT, needs_legal_advice INTEGER NOT NULL, note
        TEXT NOT NULL, rev_by TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY (case_id) REFERENCES
        kim_case (id), FOREIGN KEY (person_id) REFERENCES person (id)
    );
    CREATE INDEX standing_case_id ON standing (case_id);
    CREATE INDEX standing_person_id ON standing (person_id);
"""

CHANGE = """
    CREATE TRIGGER {table}_{event} AFTER {event} ON {table} BEGIN
        INSERT INTO change(kind, record_id, case_id, op) VALUES ('{table}', {row}.id, {row}.case_id, '{op}');
    END
"""
EVENTS = (("INSERT", "NEW", "put"), ("UPDATE", "NEW", "put"), ("DELETE", "OLD", "remove"))


def upgrade() -> None:
    """Add what is new."""
    for statement in filter(str.strip, TABLES.split(";")):
        op.execute(statement)
    for table in RECORDS:
        for event, row, what in EVENTS:
            op.execute(CHANGE.format(table=table, event=event, row=row, op=what))


def downgrade() -> None:
    """Drop it, with what was entered there."""
    kinds = ", ".join(f"'{table}'" for table in RECORDS)
    for table in RECORDS:
        op.execute(f"DROP TABLE {table}")
    for table in ("change", "tombstone", "due"):
        op.execute(f"DELETE FROM {table} WHERE kind IN ({kinds})")  # noqa: S608 - names of ours
