"""Cases pass from desk to desk; two versions know what they had in common, who made each, and when."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_CONFLICT = ("base", "chosen", "passage", "mine_at", "mine_by", "theirs_at", "theirs_by")
UP = (
    """CREATE TABLE passage (
        number INTEGER NOT NULL, id TEXT NOT NULL, case_id TEXT NOT NULL, way TEXT NOT NULL,
        side TEXT NOT NULL, stage TEXT NOT NULL, desk TEXT NOT NULL, desk_name TEXT NOT NULL,
        at TEXT NOT NULL, until TEXT NOT NULL, settled_at TEXT NOT NULL, reason TEXT NOT NULL,
        basis TEXT NOT NULL, turn INTEGER NOT NULL, statement BLOB NOT NULL, answer BLOB NOT NULL,
        base BLOB NOT NULL, PRIMARY KEY (number), UNIQUE (id)
    )""",
    "CREATE INDEX passage_case ON passage (case_id, number)",
    "CREATE UNIQUE INDEX passage_offered ON passage (case_id) WHERE stage = 'offered'",
    *(f"ALTER TABLE conflict ADD COLUMN {name} TEXT NOT NULL DEFAULT ''" for name in _CONFLICT),
    "UPDATE conflict SET chosen = theirs WHERE decision = 'taken'",
)


def upgrade() -> None:
    """Make the table, and room for what versions have in common."""
    for statement in UP:
        op.execute(statement)


def downgrade() -> None:
    """Drop both: who was responsible for a case, and what two versions had in common."""
    for name in _CONFLICT:
        op.execute(f"ALTER TABLE conflict DROP COLUMN {name}")
    op.execute("DROP TABLE passage")
