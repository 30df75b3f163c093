"""How addresses are compared, and which cases were shielded, so that what changes reaches the Kreis."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UP = (
    """CREATE TABLE sync_address (
        person_id TEXT NOT NULL, street TEXT NOT NULL, postcode TEXT NOT NULL, city TEXT NOT NULL,
        PRIMARY KEY (person_id)
    )""",
    "CREATE INDEX sync_address_street ON sync_address (street)",
    "ALTER TABLE sync_case ADD COLUMN shielded INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX sync_case_shielded ON sync_case (case_id) WHERE shielded = 1",
    "UPDATE setting SET value = json_set(value, '$.looked', 0) WHERE key = 'sync.state'",
)
DOWN = (
    "DROP INDEX sync_case_shielded",
    "ALTER TABLE sync_case DROP COLUMN shielded",
    "DROP TABLE sync_address",
)


def upgrade() -> None:
    """Make them, and let every case be looked at anew: less may leave than before."""
    for statement in UP:
        op.execute(statement)


def downgrade() -> None:
    """Drop them."""
    for statement in DOWN:
        op.execute(statement)
