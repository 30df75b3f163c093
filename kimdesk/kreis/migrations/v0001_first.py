"""The first registry: fourteen kinds of record, the desks, and how their bundles came."""

import sqlalchemy as sa
from alembic import op

from kimdesk.kreis.migrations import columns, create_record_table

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

RECORDS = {
    "case": "file_number ags opened_on status phase legal_basis worker closed_on closing_reason retain_until",
    "consent": """
        case_id recipient recipient_name purpose kinds special_categories level necessity
        refusal_consequences mutual# form given_on valid_until withdrawn_on language interpreter
    """,
    "contact": """
        case_id held_on minutes# form status participants language interpreter content next_steps
        follow_up_on
    """,
    "finding": """
        case_id title kind life_domain agencies transition ags frequency# effects proposal state
        noted_on
    """,
    "follow_up": "case_id kind title reason due_on time place done_on",
    "goal": """
        case_id number# text life_domain smart indicator baseline due_on priority# by_client
        by_case_manager by_others gas_minus_2 gas_minus_1 gas_0 gas_plus_1 gas_plus_2 level#
        level_client# level_case_manager# state version# signed_on interpreter
    """,
    "measure": """
        case_id goal_id title regime agency agency_person agency_file_number starts_on due_on
        follow_up_on requires state fallback gap# note
    """,
    "member": "case_id person_id role relation since until",
    "person": """
        family_name given_names birth_name call_name alias original_name single_name# birth_date
        birth_fictitious# birth_place birth_country sex nationalities languages street postcode city
        arrived_on phone email safe_contact address_blocked# protected# azr_number age_band
    """,
    "phase_entry": "case_id phase round# state form version# answers started_on finished_on",
    "phase_event": "case_id phase event reason actor at",
    "referral": """
        case_id service service_version# agency agency_person purpose warm# state consent_id
        override_reason prepared_on sent_on answered_on answer_due_on reject_reason result note
        checklist
    """,
    "regime_spell": "case_id person_id lane regime starts_on ends_on expected# note",
    "residence_spell": """
        case_id person_id status paragraph valid_from valid_until employment residence_rule expected#
        note
    """,
}
OTHERS = ("desk", "ledger", "receipt", "inbox", "conflict", "erased", "figures")
NUMBERED_BEFORE = "room_schema"  # where the first releases kept that these tables are there


def upgrade() -> None:
    """Make the tables, unless the first releases did."""
    if sa.inspect(op.get_bind()).has_table(NUMBERED_BEFORE):
        op.drop_table(NUMBERED_BEFORE)
        return
    for kind, said in RECORDS.items():
        create_record_table(kind, said)
    _create_desks()
    _create_books()


def _serial(name: str) -> "sa.Column[int]":
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, primary_key=True)


def _create_desks() -> None:
    op.create_table(
        "registry_desk",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("signing_key", sa.Text(), nullable=False, unique=True),
        *columns("name municipalities identity", nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=False),
        *columns("enrolled_at not_after", nullable=False),
        *columns("revoked_from#"),
        *columns("epoch# last_seq# applied_change# last_receipt# heard_at", nullable=False),
    )
    op.create_table(
        "registry_ledger",
        *columns("desk_id epoch# seq# digest state to_change# at", nullable=False),
        sa.PrimaryKeyConstraint("desk_id", "epoch", "seq"),
    )


def _create_books() -> None:
    op.create_table(
        "registry_receipt",
        _serial("kreis_seq"),
        *columns("digest desk_id epoch# seq# result", nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        *columns("at", nullable=False),
    )
    op.create_index("ix_registry_receipt_digest", "registry_receipt", ["digest"])
    counted = (
        "at file desk_id epoch# seq# digest result code cases# applied# erased# conflicts# missing settled_at"
    )
    op.create_table("registry_inbox", _serial("number"), *columns(counted, nullable=False))
    op.create_index("registry_inbox_at", "registry_inbox", ["at"])
    both = "desk_id kind record_id kept other at settled_at"
    op.create_table("registry_conflict", _serial("number"), *columns(both, nullable=False))
    proof = sa.PrimaryKeyConstraint("id")
    op.create_table("registry_erased", *columns("id desk_id kind reason seq# at", nullable=False), proof)
    drawn = columns("desk_id as_of body held_active# at", nullable=False)
    op.create_table("registry_figures", *drawn, sa.PrimaryKeyConstraint("desk_id", "as_of"))


def downgrade() -> None:
    """Drop everything."""
    for name in (*OTHERS, *RECORDS):
        op.drop_table(f"registry_{name}")
