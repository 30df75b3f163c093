"""The tables of the registry: what desks have sent, as far as it was theirs to send, and how it came.

Plain SQLAlchemy, the same on SQLite and PostgreSQL. The record tables have the columns of the desk's own
tables, all of them optional, because what leaves a desk is decided there field by field.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Engine, Index, Integer, LargeBinary, Table, Text, text
from sqlalchemy.types import TypeEngine

from kimdesk.casework.desk import Desk
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.errors import BundleError
from kimdesk.domain.kinds import RECORD_TYPES, kind_of
from kimdesk.kreis import base
from kimdesk.kreis.steering import tables as steering
from kimdesk.store.columns import ColumnCodec, moment_text
from kimdesk.store.steps import Schema
from kimdesk.store.stored import Stored
from kimdesk.store.tables import RECORD_TABLES

metadata: Final = base.metadata
STEERING: Final = steering.STEERING
"""The tables of bundled findings and of reports, which belong to the registry too."""
REGISTRY: Final = Schema(Path(__file__).parent / "migrations", "registry_version", "0020")
_OF_THE_DESK: Final = ("id", "rev", "rev_by", "extra")
_WHOLE_DATE: Final = len("2026-11-30")
OUT_OF_ORDER: Final = text("epoch <= 0")
"""Rows in doubt or handed over: they are few, and have an index that writing the others costs nothing."""


def _encode(value: date | PartialDate) -> str:
    if isinstance(value, PartialDate):
        return value.iso()
    return moment_text(value) if isinstance(value, datetime) else value.isoformat()


def _decode(text: str) -> date | PartialDate:
    if len(text) < _WHOLE_DATE:
        return PartialDate.parse(text)
    return date.fromisoformat(text) if len(text) == _WHOLE_DATE else datetime.fromisoformat(text)


_CUT_DATE: Final = ColumnCodec(nullable=True, encode=_encode, decode=_decode)


def _type(column: Column[Any]) -> TypeEngine[Any]:
    """Return the type of a desk's column at the Kreis, where a date may have come cut to month or year."""
    dated = column.type.codec.decode if isinstance(column.type, Stored) else None
    return Stored(_CUT_DATE) if dated in (date.fromisoformat, datetime.fromisoformat) else column.type


def _record_table(kind: str, source: Table) -> Table:
    own = [Column(each.name, _type(each)) for each in source.columns if each.name not in _OF_THE_DESK]
    band = [Column("age_band", Text)] if kind == "person" else []
    by_case = [Index(f"registry_{kind}_case", "case_id")] if "case_id" in source.c else []
    return Table(
        f"registry_{kind}",
        metadata,
        Column("id", Text, primary_key=True),
        Column("desk_id", Text, nullable=False),
        Column("shared", Text, nullable=False),  # the level it was sent at
        Column("epoch", Integer, nullable=False),
        Column("rev", Integer, nullable=False),
        Column("scope", Integer, nullable=False),
        Column("received_seq", Integer, nullable=False),
        *own,
        *band,
        Index(
            f"registry_{kind}_out_of_order",
            "desk_id",
            sqlite_where=OUT_OF_ORDER,
            postgresql_where=OUT_OF_ORDER,
        ),
        *by_case,
    )


RECORDS: Final[dict[str, Table]] = {
    kind_of(each): _record_table(kind_of(each), RECORD_TABLES[each]) for each in RECORD_TYPES
}
"""The table of each kind of record."""

desk_table = Table(
    "registry_desk",
    metadata,
    Column("id", Text, primary_key=True),  # key id of the desk's identity
    Column("signing_key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("municipalities", Text, nullable=False),  # AGS, separated by blanks
    Column("identity", Text, nullable=False),
    Column("certificate", LargeBinary, nullable=False),
    Column("enrolled_at", Text, nullable=False),
    Column("not_after", Text, nullable=False),
    Column("revoked_from", Integer),  # the first bundle that no longer counts …
    Column("revoked_epoch", Integer),  # … of this epoch; none of a later one does
    Column("least_epoch", Integer, nullable=False, server_default="1"),  # of what its present keys sign
    Column("epoch", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("applied_change", Integer, nullable=False),
    Column("last_receipt", Integer, nullable=False),  # the last receipt the desk says it has taken
    Column("heard_at", Text, nullable=False),
    Column(
        "contested", Integer, nullable=False, server_default="0"
    ),  # 1 since a person had to decide between two histories
)

# Keys a desk had before those it has now.
former_key = Table(
    "registry_former_key",
    metadata,
    Column("signing_key", Text, primary_key=True),
    Column("desk_id", Text, nullable=False),
    Column("identity", Text, nullable=False),
    Column("not_after", Text, nullable=False),  # of their certificate
    Column("until", Text, nullable=False),  # the last day anything they signed is taken …
    Column("cut_epoch", Integer),  # … of what lies before this bundle
    Column("cut_seq", Integer),
    Index("registry_former_key_desk", "desk_id"),
)

# Every bundle known: as it arrived, or as its successor named it ("expected").
ledger = Table(
    "registry_ledger",
    metadata,
    Column("desk_id", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("digest", Text, nullable=False),
    Column("state", Text, nullable=False),  # applied | late | expected
    Column("to_change", Integer, nullable=False),
    Column("at", Text, nullable=False),
)

# Bundles that were here and were not taken over, until something or somebody decides.
waiting = Table(
    "registry_waiting",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("desk_id", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("prev", Text, nullable=False),
    Column("earlier", Text, nullable=False, server_default=""),  # digests, separated by blanks
    Column("from_change", Integer, nullable=False),
    Column("to_change", Integer, nullable=False),
    Column("cases", Integer, nullable=False),
    Column("created", Text, nullable=False),  # as the desk says
    Column("state", Text, nullable=False),  # held | open | doubtful | chosen | rejected
    Column("file", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("body", LargeBinary),  # as it came, sealed; None where only its name is kept
    Column("at", Text, nullable=False),
    Index("registry_waiting_desk", "desk_id"),
)

receipt = Table(
    "registry_receipt",
    metadata,
    Column("kreis_seq", base.SERIAL, primary_key=True),
    Column("digest", Text, nullable=False, index=True),  # of the bundle it answers
    Column("desk_id", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("result", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", Text, nullable=False),
)

# Everything that was read in, whatever came of it.
inbox = Table(
    "registry_inbox",
    metadata,
    Column("number", base.SERIAL, primary_key=True),
    Column("at", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("desk_id", Text, nullable=False),  # "" when nobody proved to be the sender
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("cases", Integer, nullable=False),
    Column("applied", Integer, nullable=False),
    Column("erased", Integer, nullable=False),
    Column("conflicts", Integer, nullable=False),
    Column("aside", Integer, nullable=False, server_default="0"),
    Column("missing", Text, nullable=False),
    Column("settled_at", Text, nullable=False),  # when somebody settled it, "" while it is open
    Index("registry_inbox_at", "at"),
)

# What could not become one value: both are kept until a person decides.
conflict = Table(
    "registry_conflict",
    metadata,
    Column("number", base.SERIAL, primary_key=True),
    Column("desk_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("kept", Text, nullable=False),  # JSON
    Column("other", Text, nullable=False),  # JSON
    Column("at", Text, nullable=False),
    Column("settled_at", Text, nullable=False),
    Index("registry_conflict_record", "record_id"),
)

# Records that may not be taken over, without their content: until they come and may, or a person settles it.
aside = Table(
    "registry_aside",
    metadata,
    Column("desk_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("record_id", Text, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Text, nullable=False),
    Column("released_at", Text, nullable=False),  # since when the desk is asked to send it again
)

# The proof of an erasure: identity and reason, never content.
erased = Table(
    "registry_erased",
    metadata,
    Column("id", Text, primary_key=True),
    Column("desk_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("epoch", Integer, nullable=False, server_default="1"),
    Column("seq", Integer, nullable=False),
    Column("at", Text, nullable=False),
)

# Where the Kreis stands with a finding, by the identity it was sent under; a higher number is newer.
answer_table = Table(
    "registry_answer",
    metadata,
    Column("finding_id", Text, primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("on_day", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("decision", Text, nullable=False, server_default=""),
    Column("group_name", Text, nullable=False, server_default=""),  # who deals with it …
    Column("meets_on", Text, nullable=False, server_default=""),  # … and when it meets
)

# What each desk said last of itself: the catalogue pack it works with, the newest answer it has.
report_table = Table(
    "registry_report",
    metadata,
    Column("desk_id", Text, primary_key=True),
    Column("catalogue", Integer, nullable=False),
    Column("answers", BigInteger, nullable=False),
)

# Proofs that cases passed from desk to desk; see ``transfers``.
transfer = Table(
    "registry_transfer",
    metadata,
    Column("passage", Text, primary_key=True),
    Column("case_id", Text, nullable=False, index=True),
    Column("turn", Integer, nullable=False),  # which move of the case it is
    Column("from_desk", Text, nullable=False),
    Column("to_desk", Text, nullable=False),
    Column("held_as", Text, nullable=False),  # under which identities the case may stand here
    Column("made", Text, nullable=False),
    Column("state", Text, nullable=False),  # applied | waiting
    Column("offer", LargeBinary, nullable=False),
    Column("reply", LargeBinary, nullable=False),
    Column("at", Text, nullable=False),
)

figures = Table(
    "registry_figures",
    metadata,
    Column("desk_id", Text, primary_key=True),
    Column("as_of", Text, primary_key=True),
    Column("body", Text, nullable=False),  # JSON
    Column("counts", Text, nullable=False, server_default=""),  # what the desk counted itself, JSON or ""
    Column("held_active", Integer, nullable=False),
    Column("at", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Registry:
    """The registry of a Kreis at work: in its vault, or on a server."""

    desk: Desk
    engine: Engine

    @property
    def in_vault(self) -> bool:
        """Return whether it stands in the vault, beside the audit trail."""
        return self.engine is self.desk.vault.engine


def open_registry(desk: Desk) -> Registry:
    """Return the registry of a Kreis vault, its tables made when first needed.

    Raises BundleError E806 in the vault of a desk, and StoreError as ``failures.understood`` says.
    """
    if desk.role != "kreis":
        raise BundleError("E806")
    engine = desk.server or desk.vault.engine
    REGISTRY.bring_up_to_date(engine)
    return Registry(desk, engine)
