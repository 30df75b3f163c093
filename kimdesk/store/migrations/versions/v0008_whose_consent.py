"""A consent says whose it is; persons whose address is protected are found at once."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

UP = (
    "ALTER TABLE consent ADD COLUMN person_id TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX person_shielded ON person (id) WHERE protected = 1 OR address_blocked = 1",
)
DOWN = (
    "DROP INDEX person_shielded",
    "ALTER TABLE consent DROP COLUMN person_id",
)


def upgrade() -> None:
    """Add them; every consent so far is the client's."""
    for statement in UP:
        op.execute(statement)


def downgrade() -> None:
    """Drop them."""
    for statement in DOWN:
        op.execute(statement)
