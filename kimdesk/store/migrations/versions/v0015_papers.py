"""A paper is somebody's or the household's, may have no scan, and keeps to whom it was handed."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ADDED = (
    ("person_id", "TEXT NOT NULL DEFAULT ''"),
    ("household", "INTEGER NOT NULL DEFAULT 0"),
    ("item", "TEXT NOT NULL DEFAULT ''"),
    ("issued_on", "TEXT"),
    ("applied_on", "TEXT"),
    ("original_with", "TEXT NOT NULL DEFAULT ''"),
    ("original_since", "TEXT"),
    ("handed", "TEXT NOT NULL DEFAULT ''"),
)
_QUIET = "DROP TRIGGER attachment_UPDATE"
_HEARD = """
    CREATE TRIGGER attachment_UPDATE AFTER UPDATE ON attachment BEGIN
        INSERT INTO change(kind, record_id, case_id, op) VALUES ('attachment', NEW.id, NEW.case_id, 'put');
    END
"""


def upgrade() -> None:
    """Add the columns; what was said of a hand-over is its first, a paper about a person is theirs."""
    for column, kind in _ADDED:
        op.execute(f"ALTER TABLE attachment ADD COLUMN {column} {kind}")
    op.execute(_QUIET)
    op.execute(
        "UPDATE attachment SET handed = json_array(json_object('to', handed_to)) WHERE handed_to <> ''"
    )
    op.execute("UPDATE attachment SET person_id = about WHERE about IN (SELECT id FROM person)")
    op.execute("ALTER TABLE attachment DROP COLUMN handed_to")
    op.execute("ALTER TABLE case_row ADD COLUMN lists_until TEXT NOT NULL DEFAULT ''")
    op.execute("CREATE INDEX case_row_by_lists ON case_row (lists_until) WHERE lists_until <> ''")
    op.execute(_HEARD)


def downgrade() -> None:
    """Drop them; the last hand-over is said again in a text."""
    op.execute("ALTER TABLE attachment ADD COLUMN handed_to TEXT NOT NULL DEFAULT ''")
    op.execute(_QUIET)
    op.execute(
        "UPDATE attachment SET handed_to = coalesce(json_extract(handed, '$[#-1].to'), '') WHERE handed <> ''"
    )
    op.execute(_HEARD)
    for column, _ in _ADDED:
        op.execute(f"ALTER TABLE attachment DROP COLUMN {column}")
    op.execute("DROP INDEX case_row_by_lists")
    op.execute("ALTER TABLE case_row DROP COLUMN lists_until")
