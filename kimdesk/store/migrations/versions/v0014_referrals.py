"""What happened to a referral, the code of its slip, and what finds referrals over all cases."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_INDEXES = {
    "referral_by_state": "state, answer_due_on",
    "referral_by_answer": "answered_on",
    "referral_by_agency": "agency, service, answered_on",
    "referral_by_slip": "slip_code",
}


def upgrade() -> None:
    """Add columns and indexes; nothing is known of what happened before."""
    op.execute("ALTER TABLE referral ADD COLUMN slip_code TEXT NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE referral ADD COLUMN remind_on TEXT")
    op.execute("ALTER TABLE referral ADD COLUMN course TEXT NOT NULL DEFAULT ''")
    for name, columns in _INDEXES.items():
        op.execute(f"CREATE INDEX {name} ON referral ({columns})")


def downgrade() -> None:
    """Drop them, with what was noted there."""
    for name in _INDEXES:
        op.execute(f"DROP INDEX {name}")
    for column in ("slip_code", "remind_on", "course"):
        op.execute(f"ALTER TABLE referral DROP COLUMN {column}")
