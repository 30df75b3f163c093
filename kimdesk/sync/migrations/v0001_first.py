"""What was sent, in which bundle, under which scope.

Written out in full, because the schema of a vault that exists does not follow later changes of the code.
"""

from alembic import op
from sqlalchemy import inspect

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = """
    CREATE TABLE sync_out (
        epoch INTEGER NOT NULL, seq INTEGER NOT NULL, digest TEXT NOT NULL, from_change INTEGER NOT NULL,
        to_change INTEGER NOT NULL, cases INTEGER NOT NULL, records INTEGER NOT NULL, bytes INTEGER NOT
        NULL, at TEXT NOT NULL, file TEXT NOT NULL, result TEXT NOT NULL, code TEXT NOT NULL, receipt_at
        TEXT NOT NULL, PRIMARY KEY (epoch, seq)
    );
    CREATE UNIQUE INDEX sync_out_digest ON sync_out (digest);
    CREATE TABLE sync_sent (
        sent_id TEXT NOT NULL, record_id TEXT NOT NULL, kind TEXT NOT NULL, case_id TEXT NOT NULL, subject
        TEXT NOT NULL, rule TEXT NOT NULL, scope INTEGER NOT NULL, active INTEGER, gone INTEGER,
        PRIMARY KEY (sent_id)
    );
    CREATE INDEX sync_sent_record ON sync_sent (record_id);
    CREATE INDEX sync_sent_case ON sync_sent (case_id);
    CREATE INDEX sync_sent_active ON sync_sent (active) WHERE active = 1;
    CREATE INDEX sync_sent_gone ON sync_sent (gone) WHERE gone IS NOT NULL;
    CREATE TABLE sync_case (
        case_id TEXT NOT NULL, scope TEXT NOT NULL, changes_on TEXT, renewed INTEGER NOT NULL,
        PRIMARY KEY (case_id)
    );
    CREATE INDEX sync_case_changes_on ON sync_case (changes_on);
    CREATE INDEX sync_case_renewed ON sync_case (renewed);
"""
NUMBERED_BEFORE = "room_schema"  # where the first releases kept that these tables are there


def upgrade() -> None:
    """Make the tables, unless the first releases did."""
    if inspect(op.get_bind()).has_table(NUMBERED_BEFORE):
        op.execute(f"DROP TABLE {NUMBERED_BEFORE}")
        return
    for statement in filter(str.strip, TABLES.split(";")):
        op.execute(statement)


def downgrade() -> None:
    """Drop everything."""
    for table in ("sync_case", "sync_sent", "sync_out"):
        op.execute(f"DROP TABLE {table}")
