"""What a desk keeps about its bundles, inside the vault: what was written, what of which record was sent."""

from pathlib import Path
from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text, text

from kimdesk.store.steps import Schema

metadata = MetaData()
SYNC: Final = Schema(Path(__file__).parent / "migrations", "sync_version", "0006")

# One row per bundle; written before the bundle gets its name on the stick (see ``export``).
sync_out = Table(
    "sync_out",
    metadata,
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("digest", Text, nullable=False),  # hex
    Column("from_change", Integer, nullable=False),
    Column("to_change", Integer, nullable=False),
    Column("cases", Integer, nullable=False),
    Column("records", Integer, nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("file", Text, nullable=False),  # "" until it has its name
    Column("result", Text, nullable=False),  # of the receipt, "" while there is none
    Column("code", Text, nullable=False),
    Column("receipt_at", Text, nullable=False),
    Index("sync_out_digest", "digest", unique=True),
)

# What the Kreis holds of each record, once this desk's bundles have arrived.
sync_sent = Table(
    "sync_sent",
    metadata,
    Column("sent_id", Text, primary_key=True),  # the identity there: the record's, or a pseudonym
    Column("record_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("case_id", Text, nullable=False),  # of a person: one of theirs
    Column("subject", Text, nullable=False),  # the person a membership is about
    Column("rule", Text, nullable=False),  # under which terms it was sent
    Column("scope", Integer, nullable=False),  # the bundle of this epoch since which they hold; 0 before
    Column("active", Integer),  # 1 for an active case, for the totals
    Column("gone", Integer),  # the last change of the bundle that erased it
    Index("sync_sent_record", "record_id"),
    Index("sync_sent_case", "case_id"),
    Index("sync_sent_active", "active", sqlite_where=text("active = 1")),
    Index("sync_sent_gone", "gone", sqlite_where=text("gone IS NOT NULL")),
)

# What the Kreis has not taken over, until it does.
sync_aside = Table(
    "sync_aside",
    metadata,
    Column("sent_id", Text, primary_key=True),
    Column("record_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

# The scope each case had when it was last looked at, and the day on which the calendar changes it.
sync_case = Table(
    "sync_case",
    metadata,
    Column("case_id", Text, primary_key=True),
    Column("scope", Text, nullable=False),
    Column("changes_on", Text),
    Column("renewed", Integer, nullable=False),  # the last change number when the scope became another
    Column("shielded", Integer, nullable=False, server_default=text("0")),  # 1 where places are kept back
    Index("sync_case_changes_on", "changes_on"),
    Index("sync_case_renewed", "renewed"),
    Index("sync_case_shielded", "case_id", sqlite_where=text("shielded = 1")),
)

# How the address of a person is compared with others (see ``domain.addresses``); none without a street.
sync_address = Table(
    "sync_address",
    metadata,
    Column("person_id", Text, primary_key=True),
    Column("street", Text, nullable=False),
    Column("postcode", Text, nullable=False),
    Column("city", Text, nullable=False),
    Index("sync_address_street", "street"),
)

# The Kreis's newest answer to each finding of this desk.
sync_answer = Table(
    "sync_answer",
    metadata,
    Column("finding_id", Text, primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("on_day", Text, nullable=False),
    Column("decision", Text, nullable=False, server_default=""),
    Column("group_name", Text, nullable=False, server_default=""),
    Column("meets_on", Text, nullable=False, server_default=""),
    Column("seen", Integer, nullable=False, server_default="1"),  # 0 until somebody here has seen it
)
