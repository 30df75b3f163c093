"""The record of a case conference on paper: open, or pseudonymous with a code instead of names."""

from datetime import date
from pathlib import Path
from typing import Any

import resources
from kimdesk.casework import conferences
from kimdesk.casework.conferences import Conference
from kimdesk.casework.desk import Desk
from kimdesk.casework.giveaway import redacted
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.documents.paper import Block, lay_out
from kimdesk.domain import media
from kimdesk.domain.dates import today as calendar_day
from kimdesk.domain.naming import full_name
from kimdesk.domain.records import CaseFile
from kimdesk.texts import dates

_TEXTS = "documents/conference_record.toml"


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
    texts = resources.read_toml(_TEXTS)
    is_open = conference.identity == conferences.OPEN
    made = texts["made"].format(day=dates.full(today), name=desk.actor)
    blocks = [
        *_head(texts, desk, file, conference, is_open=is_open),
        *_body(texts, file, conference, is_open=is_open),
        *_basis(texts, desk.catalogue, file, conference, today, is_open=is_open),
        Block("note", made),
    ]
    return lay_out(
        texts["title"],
        blocks,
        foot=f"KIMdesk · {texts['title']}",
        page=texts["page"],
        warning=texts["practice"] if desk.practice else "",
    )


def _head(
    texts: dict[str, Any], desk: Desk, file: CaseFile, conference: Conference, *, is_open: bool
) -> list[Block]:
    who = [Block("fact", conferences.case_code(desk, file.case.id), texts["code"])]
    if is_open:
        name = full_name(file.client) if file.client else "–"
        who = [Block("fact", name, texts["client"]), Block("fact", file.case.file_number, texts["case"])]
    return [
        Block("fact", dates.full(conference.held_on), texts["held_on"]),
        Block("fact", texts["open" if is_open else "pseudonymous"], texts["identity"]),
        *who,
        *([Block("fact", dates.full(conference.next_on), texts["next_on"])] if conference.next_on else []),
        Block("fact", desk.name, texts["desk"]),
    ]


def _body(texts: dict[str, Any], file: CaseFile, conference: Conference, *, is_open: bool) -> list[Block]:
    def said(text: str) -> str:
        return text if is_open else redacted(text, file, texts["instead"])

    blocks = [Block("heading", texts["participants"])]
    blocks += [Block("item", said(each)) for each in conference.participants or (texts["none"],)]
    blocks.append(Block("heading", texts["subject"]))
    lines = [line for line in conference.subject.splitlines() if line.strip()]
    blocks += [Block("text", said(line)) for line in lines or [texts["none"]]]
    blocks.append(Block("heading", texts["decisions"]))
    blocks += [Block("item", said(each)) for each in conference.decisions or (texts["none"],)]
    return blocks


def _basis(
    texts: dict[str, Any],
    catalogue: Catalogue,
    file: CaseFile,
    conference: Conference,
    today: date,
    *,
    is_open: bool,
) -> list[Block]:
    if not is_open:
        return [Block("note", texts["basis"])]
    day = conference.held_on or today
    missing = conferences.without_consent(catalogue, file, conference.participants, day)
    blocks = [Block("note", texts["basis_open"])]
    if missing:
        blocks.append(Block("note", texts["missing"].format(agencies=", ".join(missing))))
    return blocks
