"""The audit trail on paper: of one case or a period, without names of clients, with the end of the chain."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kimdesk.casework import trail
from kimdesk.casework.desk import Desk
from kimdesk.casework.trail import Filter, TrailLine
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.documents.audit_pages import Row, lay_out
from kimdesk.domain import media
from kimdesk.domain.dates import now as this_moment
from kimdesk.store import audit
from kimdesk.store.work import Writer
from kimdesk.texts import dates, numbers, say


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: how many entries, and the number and hash of the last one of the whole trail."""

    entries: int
    seq: int
    hash: str


def save(desk: Desk, path: Path, wanted: Filter, *, version: str, now: datetime | None = None) -> Made:
    """Write the entries that are looked for to ``path`` as PDF; that is an entry itself, the last one of all.

    The entry only stays if the file is written. Raises StoreError E920 to E923 when it cannot be.
    """
    moment = now or this_moment()
    with desk.writing() as writer:
        _note(writer, desk, wanted)
        seq, digest = audit.head(writer.connection)
        lines = tuple(trail.printed(writer, desk.catalogue, wanted))
        facts = _facts(desk, wanted, version, moment)
        facts += _chain(audit.verify(writer.connection), seq, digest, len(lines))
        media.write(path, pdf(facts, lines, practice=desk.practice))
    return Made(len(lines), seq, digest)


def pdf(facts: Sequence[tuple[str, str]], lines: Iterable[TrailLine], *, practice: bool = False) -> bytes:
    """Return the document; ``facts`` are words and values below its title."""
    return lay_out(facts, [_row(line) for line in lines], practice=practice)


def _note(writer: Writer, desk: Desk, wanted: Filter) -> None:
    if case_id := trail.case_of(writer, wanted):
        writer.record("trail_printed", "case", case_id, case_id)
    else:
        writer.record("trail_printed", "vault", desk.vault.header.vault_id)


def _facts(desk: Desk, wanted: Filter, version: str, moment: datetime) -> list[tuple[str, str]]:
    made = say("audit_report.made_by", at=dates.second(moment), name=desk.actor)
    return [
        (say("audit_report.fact_desk"), desk.name),
        (say("audit_report.fact_vault"), desk.vault.header.vault_id),
        (say("audit_report.fact_scope"), _scope(desk.catalogue, wanted)),
        (say("audit_report.fact_made"), made),
        (say("audit_report.fact_program"), f"KIMdesk {version}"),
    ]


def _chain(broken: int | None, seq: int, digest: str, count: int) -> list[tuple[str, str]]:
    key = "audit_report.whole" if broken is None else "audit_report.broken"
    state = say(key, seq=numbers.whole(broken or seq))
    return [
        (say("audit_report.fact_entries"), numbers.whole(count)),
        (say("audit_report.fact_chain"), state),
        (say("audit_report.fact_head"), digest),
    ]


def _scope(catalogue: Catalogue, wanted: Filter) -> str:
    parts = []
    if wanted.file_number:
        parts.append(say("audit_report.case", number=wanted.file_number))
    first, last = (dates.full(day) if day else "" for day in (wanted.first, wanted.last))
    key = "between" if first and last else "since" if first else "until" if last else ""
    if key:
        parts.append(say(f"audit_report.days_{key}", first=first, last=last))
    if wanted.group:
        label = next(one.label for one in catalogue.rules.audit_groups if one.code == wanted.group)
        parts.append(say("audit_report.group", label=label))
    if wanted.actor:
        parts.append(say("audit_report.actor", name=wanted.actor))
    return ", ".join(parts) or say("audit_report.everything")


def _row(line: TrailLine) -> Row:
    case = say("audit_report.erased") if line.erased else line.file_number or "–"
    return (numbers.whole(line.seq), dates.second(line.at), line.actor, line.words, case)
