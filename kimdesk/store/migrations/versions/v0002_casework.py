"""Earlier values, scans, relations, regime changes, disputes, steps of measures, derived deadlines.

Written out in full, because the schema of a vault that exists does not follow later changes of the code.
"""

from alembic import op

from kimdesk.store.likeness import rekey

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = (
    ("person", "german_name TEXT NOT NULL DEFAULT ''"),
    ("goal", "level_reason TEXT NOT NULL DEFAULT ''"),
    ("measure", "for_person TEXT NOT NULL DEFAULT ''"),
    ("measure", "steps TEXT NOT NULL DEFAULT ''"),
    ("measure", "template TEXT NOT NULL DEFAULT ''"),
    ("regime_spell", "agency TEXT NOT NULL DEFAULT ''"),
    ("regime_spell", "agency_file_number TEXT NOT NULL DEFAULT ''"),
    ("residence_spell", "applied_on TEXT"),
    ("residence_spell", "certificate_on TEXT"),
    ("contact", "interpreter_name TEXT NOT NULL DEFAULT ''"),
    ("contact", "interpreter_minutes INTEGER"),
    ("follow_up", "rule TEXT NOT NULL DEFAULT ''"),
    ("follow_up", "facts TEXT NOT NULL DEFAULT ''"),
    ("follow_up", "about TEXT NOT NULL DEFAULT ''"),
    ("follow_up", "language TEXT NOT NULL DEFAULT ''"),
    ("follow_up", "interpreter TEXT NOT NULL DEFAULT ''"),
    ("finding", "phase TEXT NOT NULL DEFAULT ''"),
    ("finding", "about TEXT NOT NULL DEFAULT ''"),
)
RECORDS = ("relation", "regime_change", "attachment", "dispute")
OTHERS = ("history", "attachment_piece", "operation")

TABLES = """
    CREATE TABLE relation (
        id TEXT NOT NULL, rev INTEGER NOT NULL, extra TEXT NOT NULL, case_id TEXT NOT NULL, person_id
        TEXT NOT NULL, other_id TEXT NOT NULL, kind TEXT NOT NULL, since TEXT, until TEXT, note TEXT NOT
        NULL, PRIMARY KEY (id), FOREIGN KEY (case_id) REFERENCES kim_case (id), FOREIGN KEY (person_id)
        REFERENCES person (id), FOREIGN KEY (other_id) REFERENCES person (id)
    );
    CREATE INDEX relation_case_id ON relation (case_id);
    CREATE INDEX relation_person_id ON relation (person_id);
    CREATE INDEX relation_other_id ON relation (other_id);
    CREATE TABLE regime_change (
        id TEXT NOT NULL, rev INTEGER NOT NULL, extra TEXT NOT NULL, case_id TEXT NOT NULL, person_id
        TEXT NOT NULL, from_regime TEXT NOT NULL, to_regime TEXT NOT NULL, changes_on TEXT NOT NULL,
        checklist TEXT NOT NULL, done_on TEXT, note TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY
        (case_id) REFERENCES kim_case (id), FOREIGN KEY (person_id) REFERENCES person (id)
    );
    CREATE INDEX regime_change_case_id ON regime_change (case_id);
    CREATE INDEX regime_change_person_id ON regime_change (person_id);
    CREATE TABLE attachment (
        id TEXT NOT NULL, rev INTEGER NOT NULL, extra TEXT NOT NULL, case_id TEXT NOT NULL, title TEXT
        NOT NULL, document TEXT NOT NULL, media_type TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT
        NOT NULL, added_on TEXT, valid_until TEXT, original_at TEXT NOT NULL, handed_to TEXT NOT NULL,
        about TEXT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY (case_id) REFERENCES
        kim_case (id)
    );
    CREATE INDEX attachment_case_id ON attachment (case_id);
    CREATE TABLE dispute (
        id TEXT NOT NULL, rev INTEGER NOT NULL, extra TEXT NOT NULL, case_id TEXT NOT NULL, record_kind
        TEXT NOT NULL, record_id TEXT NOT NULL, field_name TEXT NOT NULL, statement TEXT NOT NULL,
        noted_on TEXT, resolved_on TEXT, outcome TEXT NOT NULL, PRIMARY KEY (id), FOREIGN KEY (case_id)
        REFERENCES kim_case (id)
    );
    CREATE INDEX dispute_case_id ON dispute (case_id);
    CREATE TABLE history (
        number INTEGER NOT NULL, record_id TEXT NOT NULL, rev INTEGER NOT NULL, audit_seq INTEGER NOT
        NULL, body TEXT NOT NULL, PRIMARY KEY (number)
    );
    CREATE INDEX history_record_id ON history (record_id, rev);
    CREATE TABLE attachment_piece (
        number INTEGER NOT NULL, attachment_id TEXT NOT NULL, place INTEGER NOT NULL, body BLOB NOT NULL,
        PRIMARY KEY (number), FOREIGN KEY (attachment_id) REFERENCES attachment (id) ON DELETE CASCADE
    );
    CREATE UNIQUE INDEX attachment_piece_place ON attachment_piece (attachment_id, place);
    CREATE TABLE operation (
        id TEXT NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL, body TEXT NOT NULL,
        undone_at TEXT NOT NULL, PRIMARY KEY (id)
    );
    CREATE INDEX operation_kind ON operation (kind, at);
"""

CHANGE = """
    CREATE TRIGGER {table}_{event} AFTER {event} ON {table} BEGIN
        INSERT INTO change(kind, record_id, case_id, op) VALUES ('{table}', {row}.id, {row}.case_id, '{op}');
    END
"""
EVENTS = (("INSERT", "NEW", "put"), ("UPDATE", "NEW", "put"), ("DELETE", "OLD", "remove"))


def upgrade() -> None:
    """Add what is new; what is there keeps its values."""
    for table, column in COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in filter(str.strip, TABLES.split(";")):
        op.execute(statement)
    for table in RECORDS:
        for event, row, what in EVENTS:
            op.execute(CHANGE.format(table=table, event=event, row=row, op=what))
    rekey(op.get_bind())


def downgrade() -> None:
    """Drop what was new, with what was entered there."""
    kinds = ", ".join(f"'{table}'" for table in RECORDS)
    for table in (*OTHERS, *RECORDS):
        op.execute(f"DROP TABLE {table}")
    for table in ("change", "tombstone", "due"):
        op.execute(f"DELETE FROM {table} WHERE kind IN ({kinds})")  # noqa: S608 - names of ours
    for table, column in reversed(COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column.split()[0]}")
