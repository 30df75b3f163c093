"""What is due says from when to when it is shown; rows of cases say by which rules they were derived.

The day on which a contact after the closing is due was found by its title; it is now about its case.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UP = """
    DROP INDEX due_by_rule;
    ALTER TABLE due ADD COLUMN since TEXT NOT NULL DEFAULT '';
    ALTER TABLE due ADD COLUMN until TEXT NOT NULL DEFAULT '9999-12-31';
    CREATE INDEX due_by_since ON due (since);
    CREATE INDEX due_by_until ON due (until);
    UPDATE due SET since = due_on;
    ALTER TABLE case_row ADD COLUMN derived TEXT NOT NULL DEFAULT '';
    UPDATE follow_up SET about = case_id WHERE title = 'Nachkontakt' AND kind = 'follow_up' AND about = ''
"""

DOWN = """
    ALTER TABLE case_row DROP COLUMN derived;
    DROP INDEX due_by_until;
    DROP INDEX due_by_since;
    ALTER TABLE due DROP COLUMN until;
    ALTER TABLE due DROP COLUMN since;
    DELETE FROM due WHERE rule IN ('intake_deadline', 'after_care');
    CREATE INDEX due_by_rule ON due (rule, due_on, case_id)
"""


def upgrade() -> None:
    """Add what is new; ``derived`` is empty, so that every case is derived again."""
    for statement in UP.split(";"):
        op.execute(statement)


def downgrade() -> None:
    """Drop what was new, with the dates an earlier program has no words for."""
    for statement in DOWN.split(";"):
        op.execute(statement)
