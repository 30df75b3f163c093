"""The record of a case conference on paper: open, or pseudonymous with a code instead of names."""

from datetime import date
from pathlib import Path

from kimdesk.casework import conferences
from kimdesk.casework.case_file import read_file
from kimdesk.casework.conferences import Conference
from kimdesk.casework.desk import Desk
from kimdesk.casework.giveaway import redacted
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.documents.paper import PaperBlock, instead, lay_out
from kimdesk.documents.papers import MadePaper, PaperWish
from kimdesk.domain import media
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.errors import CaseworkError
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile
from kimdesk.texts import dates, say


def make(desk: Desk, record_id: str, wish: PaperWish) -> MadePaper:
    """Return the record of the latest conference of a case, "CASE/2" of the one before.

    Raises CaseworkError E853 when there is no such case, E827 when it has no such conference.
    """
    case_id, _, number = record_id.partition("/")
    with desk.reading() as reader:
        file = read_file(reader, case_id)
    held = dict(enumerate(conferences.conferences(file), 1))
    found = held.get(int(number) if number.isdecimal() else 1 if not number else 0)
    if found is None:
        raise CaseworkError("E827")
    named = found.identity == conferences.OPEN and file.client is not None
    return MadePaper(
        title=say("conference_record.title"), data=pdf(desk, file, found, wish.today), case_id=case_id,
        names_client=named,
    )  # fmt: skip


def save(desk: Desk, file: CaseFile, conference: Conference, path: Path, today: date | None = None) -> None:
    """Write the record to ``path`` as PDF; the audit trail tells of it.

    Raises StoreError E920 to E923 when it cannot be written; then nothing is left behind.
    """
    data = pdf(desk, file, conference, today or calendar_day())
    with desk.writing() as writer:
        writer.record("copied_out", "case", file.case.id, file.case.id)
        media.write(path, data)


def pdf(desk: Desk, file: CaseFile, conference: Conference, today: date) -> bytes:
    """Return the record; one that is not open names nobody of the case."""
    is_open = conference.identity == conferences.OPEN
    made = say("paper.made", day=today, name=desk.actor)
    blocks = [
        *_head(desk, file, conference, is_open=is_open),
        *_body(file, conference, is_open=is_open),
        *_basis(desk.catalogue, file, conference, today, is_open=is_open),
        PaperBlock("note", made),
    ]
    return lay_out(
        say("conference_record.title"),
        blocks,
        practice=desk.practice,
    )


def _head(desk: Desk, file: CaseFile, conference: Conference, *, is_open: bool) -> list[PaperBlock]:
    who = [_fact("code", conferences.case_code(desk, file.case.id))]
    if is_open:
        name = full_name(file.client) if file.client else "–"
        who = [_fact("client", name), _fact("case", file.case.file_number)]
    return [
        _fact("held_on", dates.full(conference.held_on)),
        _fact("identity", say("conference_record.open" if is_open else "conference_record.pseudonymous")),
        *who,
        *([_fact("next_on", dates.full(conference.next_on))] if conference.next_on else []),
        _fact("desk", desk.name),
    ]


def _body(file: CaseFile, conference: Conference, *, is_open: bool) -> list[PaperBlock]:
    def said(text: str) -> str:
        return text if is_open else redacted(text, file, instead())

    none = say("conference_record.none")
    blocks = [PaperBlock("heading", say("conference_record.part_participants"))]
    blocks += [PaperBlock("item", said(each)) for each in conference.participants or (none,)]
    blocks.append(PaperBlock("heading", say("conference_record.part_subject")))
    lines = [line for line in conference.subject.splitlines() if line.strip()]
    blocks += [PaperBlock("text", said(line)) for line in lines or [none]]
    blocks.append(PaperBlock("heading", say("conference_record.part_decisions")))
    blocks += [PaperBlock("item", said(each)) for each in conference.decisions or (none,)]
    return blocks


def _basis(
    catalogue: Catalogue,
    file: CaseFile,
    conference: Conference,
    today: date,
    *,
    is_open: bool,
) -> list[PaperBlock]:
    if not is_open:
        return [PaperBlock("note", say("conference_record.basis"))]
    day = conference.held_on or today
    missing = conferences.without_consent(catalogue, file, conference.participants, day)
    blocks = [PaperBlock("note", say("conference_record.basis_open"))]
    if missing:
        blocks.append(PaperBlock("note", say("conference_record.missing", agencies=", ".join(missing))))
    return blocks


def _fact(name: str, text: str) -> PaperBlock:
    return PaperBlock("fact", text, say(f"conference_record.fact_{name}"))
