"""The tables: one per record, columns named as the fields, and what the store keeps about them."""

from dataclasses import fields
from typing import get_type_hints

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, text

from kimdesk.domain import records
from kimdesk.domain.kinds import RECORD_TYPES, kind_of, must_name
from kimdesk.domain.records import Person, Record
from kimdesk.domain.shielding import MARKS
from kimdesk.store.columns import codec_for
from kimdesk.store.stored import Stored

metadata = MetaData()
_OFFERED = text("stage = 'offered'")
REMOVED_CASE = text("kind = 'case' AND op = 'remove'")
"""Of ``change``: a case was removed."""


def table_name(kind: str) -> str:
    """Return the table of a kind: its own name, but for ``case``, which SQL keeps for itself."""
    return "kim_case" if kind == "case" else kind


def _column(name: str, hint: object, parent: str | None) -> Column[object]:
    codec = codec_for(hint)
    key = [ForeignKey(parent)] if parent else []
    return Column(name, Stored(codec), *key, primary_key=name == "id", nullable=codec.nullable)


def _record_table(record_type: type[Record]) -> Table:
    name = table_name(kind_of(record_type))
    hints = get_type_hints(record_type, vars(records))
    parents = {"case_id": "kim_case.id"} if "case_id" in hints else {}
    parents |= dict.fromkeys(must_name(record_type, Person), "person.id")
    columns = [_column(each.name, hints[each.name], parents.get(each.name)) for each in fields(record_type)]
    made_by = Column("rev_by", Text, nullable=False)  # the mark of the desk that made the revision ``rev``
    indexed = [
        *parents,
        *(["file_number"] if "file_number" in hints else []),
    ]  # so that no number comes twice
    return Table(name, metadata, *columns, made_by, *(Index(f"{name}_{each}", each) for each in indexed))


RECORD_TABLES: dict[type[Record], Table] = {each: _record_table(each) for each in RECORD_TYPES}

# Those whose address is protected are few among many, and asked for with every export.
Index(
    "person_shielded",
    RECORD_TABLES[Person].c.id,
    sqlite_where=text(" OR ".join(f"{mark} = 1" for mark in MARKS)),
)

# Those that wait, those just answered, the answers of one office, and the one of a slip.
_REFERRAL = RECORD_TABLES[records.Referral].c
Index("referral_by_state", _REFERRAL.state, _REFERRAL.answer_due_on)
Index("referral_by_answer", _REFERRAL.answered_on)
Index("referral_by_agency", _REFERRAL.agency, _REFERRAL.service, _REFERRAL.answered_on)
Index("referral_by_slip", _REFERRAL.slip_code)

tombstone = Table(
    "tombstone",
    metadata,
    Column("record_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("rev_by", Text, nullable=False),
)

change = Table(
    "change",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
    Column("record_id", Text, nullable=False, unique=True, sqlite_on_conflict_unique="REPLACE"),
    Column("case_id", Text, nullable=False),
    Column("op", Text, nullable=False),
    Index("change_removed_case", "seq", sqlite_where=REMOVED_CASE),
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("prev_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("audit_case", "case_id", "seq"),
)

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

draft = Table(
    "draft",
    metadata,
    Column("key", Text, primary_key=True),
    Column("body", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
)

# What lists show of a case, kept up to date by the Writer in the transaction of each save. The table is
# its own index by name: a page is read in one go, and a save rewrites one place.
case_row = Table(
    "case_row",
    metadata,
    Column("status", Text, primary_key=True),
    Column("sort_name", Text, primary_key=True),  # DIN 5007-2
    Column("case_id", Text, ForeignKey("kim_case.id"), primary_key=True, unique=True),
    Column("number", Integer, nullable=False, unique=True),  # what the name index points to
    Column("name", Text, nullable=False),
    Column("file_number", Text, nullable=False),
    Column("client_id", Text, nullable=False),
    Column("phase", Text, nullable=False),
    Column("ags", Text, nullable=False),
    Column("regime", Text, nullable=False),
    Column("protected", Integer, nullable=False),
    Column("next_due", Text, nullable=False),  # "~" for none, so that it sorts last
    Column("next_rule", Text, nullable=False),
    Column("next_facts", Text, nullable=False),
    Column("last_contact", Text, nullable=False),
    Column("changed", Integer, nullable=False),  # the highest change number of the case
    Column("updated", Text, nullable=False),
    Column("words", Text, nullable=False),  # what the name index holds for the case
    Column("lists_until", Text, nullable=False),  # the first day on which open checklists may stand otherwise
    Column("derived", Text, nullable=False),  # by which rules and code; see ``kimdesk.store.derived``
    Column("worker", Text, nullable=False, server_default=""),  # who looks after it
    Index("case_row_by_due", "status", "next_due", "case_id"),
    Index("case_row_by_update", "status", "updated", "case_id"),
    Index("case_row_by_change", "changed"),
    Index("case_row_by_derived", "derived"),
    Index("case_row_by_contact", "status", "last_contact", "case_id"),
    Index("case_row_by_lists", "lists_until", sqlite_where=text("lists_until <> ''")),
    sqlite_with_rowid=False,
)

# The dates of all cases, so that the day's work is found without reading cases.
due = Table(
    "due",
    metadata,
    Column("case_id", Text, ForeignKey("kim_case.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("record_id", Text, primary_key=True),
    Column("rule", Text, primary_key=True),
    Column("due_on", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("since", Text, nullable=False),  # the first and last day on which it is shown
    Column("until", Text, nullable=False),
    Index("due_by_since", "since", "until", "due_on"),
    Index("due_in_order", "due_on", "case_id", "since", "until"),
    Index("due_by_until", "until"),
    sqlite_with_rowid=False,
)

# The families and births a new person is compared with; see ``kimdesk.store.likeness``.
person_key = Table(
    "person_key",
    metadata,
    Column("person_id", Text, ForeignKey("person.id"), primary_key=True),
    Column("key", Text, primary_key=True),
    Index("person_key_by_key", "key", "person_id"),
)

# One row per record with free text; the text index ``search_text`` points to ``number``.
search_doc = Table(
    "search_doc",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("record_id", Text, nullable=False, unique=True),
    Column("case_id", Text, nullable=False),
    Column("digest", Text, nullable=False),  # of the indexed words, so that the same are not indexed again
)

# What a record held before each change, as a JSON object of its columns; who changed it and when stands in
# the audit trail under ``audit_seq``. Removed with the record.
history = Table(
    "history",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("record_id", Text, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("audit_seq", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index("history_record_id", "record_id", "rev"),
)

# The bytes of attachments in pieces of 256 KiB.
attachment_piece = Table(
    "attachment_piece",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("attachment_id", Text, ForeignKey("attachment.id", ondelete="CASCADE"), nullable=False),
    Column("place", Integer, nullable=False),  # 0, 1, 2 …
    Column("body", LargeBinary, nullable=False),
    Index("attachment_piece_place", "attachment_id", "place", unique=True),
)

# Large steps that can be undone as a whole (merging two persons, importing a list), with what that takes.
operation = Table(
    "operation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),  # merge | import
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("undone_at", Text, nullable=False),  # "" while it stands
    Index("operation_kind", "kind", "at"),
)

# A case on its way from desk to desk, for good or for a while; see ``kimdesk.domain.custody``.
passage = Table(
    "passage",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),  # the same in every file of the passage
    Column("case_id", Text, nullable=False),
    Column("way", Text, nullable=False),  # move | cover
    Column("side", Text, nullable=False),  # gave | took
    Column("stage", Text, nullable=False),
    Column("desk", Text, nullable=False),  # the other desk
    Column("desk_name", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("until", Text, nullable=False),
    Column("settled_at", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("statement", LargeBinary, nullable=False),  # signed by the desk that gave
    Column("answer", LargeBinary, nullable=False),  # signed by the desk that took; empty while there is none
    Column("base", LargeBinary, nullable=False),  # the case as it was given, while that is needed
    Index("passage_case", "case_id", "number"),
    Index("passage_offered", "case_id", unique=True, sqlite_where=_OFFERED, postgresql_where=_OFFERED),
)

# What a bundle carried, batch by batch; see ``kimdesk.store.carried``.
carried = Table(
    "carried",
    metadata,
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
)

# Two versions of a value: what a record holds and what a document says instead, or what a hand lifted and
# why. Removed with the record, and with the case it came for.
conflict = Table(
    "conflict",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("case_id", Text, nullable=False),  # the case the other version came for, "" for none
    Column("path", Text, nullable=False),  # "street+postcode+city", as in ``domain.three_way``
    Column("mine", Text, nullable=False),  # both versions as JSON objects of the columns in ``path``
    Column("theirs", Text, nullable=False),
    Column("base", Text, nullable=False),  # what both had in common, likewise; "" when nobody knows
    Column("chosen", Text, nullable=False),  # what was decided for, likewise; "" while it is open
    Column("source", Text, nullable=False),  # where the other version comes from, "" for a hand
    Column("passage", Text, nullable=False),  # the passage it came back with, "" for none
    Column("mine_at", Text, nullable=False),  # when and by whom each version was made, "" when nobody knows
    Column("mine_by", Text, nullable=False),
    Column("theirs_at", Text, nullable=False),
    Column("theirs_by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("decision", Text, nullable=False),  # "" while it is open | kept | taken
    Column("decided_at", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Index("conflict_record", "record_id", "path"),
    Index("conflict_case", "case_id"),
)
