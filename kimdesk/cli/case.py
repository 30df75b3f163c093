"""``kimdeskctl case``: list, find, show and import cases."""

from argparse import Namespace
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from kimdesk.casework import cases, exchange, people
from kimdesk.casework.cases import CaseQuery, CaseRow
from kimdesk.casework.desk import Desk
from kimdesk.casework.exchange import Fate, Report
from kimdesk.cli import person_list
from kimdesk.cli.outcome import Outcome, progress_bar
from kimdesk.cli.secrets_in import opened
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.agenda.dues import due_in
from kimdesk.domain.dates import PartialDate, today
from kimdesk.domain.errors import ContentError
from kimdesk.domain.terms import Phase
from kimdesk.texts import agenda, say
from kimdesk.texts.refusals import explain


def listing(args: Namespace) -> Outcome:
    """List cases, all states, in the order of their names."""
    query = CaseQuery(phase=_phase(args.phase), status="")
    with opened(args.vault, args.passphrase_file) as desk:
        rows = cases.list_page(desk, query, limit=args.limit).rows
        return _rows(rows, cases.count(desk, query))


def find(args: Namespace) -> Outcome:
    """Find cases by names, file numbers and text."""
    with opened(args.vault, args.passphrase_file) as desk:
        rows = cases.find(desk, args.query, limit=args.limit)
    return _rows(rows, len(rows))


def show(args: Namespace) -> Outcome:
    """Print one case as neutral case document."""
    import json

    with opened(args.vault, args.passphrase_file) as desk:
        document = exchange.document(cases.load(desk, args.id))
    return Outcome(document, (json.dumps(document, ensure_ascii=False, indent=2),))


def deadlines(args: Namespace) -> Outcome:
    """Print what is due in a case, the most pressing first: what list, Heute, plan and papers tell of it."""
    day = today()
    with opened(args.vault, args.passphrase_file) as desk:
        found = due_in(cases.peek(desk, args.id), desk.rules, day)
        lines = tuple(_due_line(desk, each, day) for each in found)
    return Outcome({"due": due_entries(found, day)}, lines or (say("cli.nothing_is_due"),))


def due_entries(dues: Iterable[Due], day: date) -> list[dict[str, str]]:
    """Return what is due on ``day`` as the command tells it; ``source`` is kind and id of a record."""
    return [
        {
            "rule": each.rule,
            "due_on": each.due_on.isoformat(),
            "since": each.since.isoformat(),
            "source": f"{each.ref.kind}:{each.ref.id}",
            "state": str(each.state(day)),
        }
        for each in dues
    ]


def _due_line(desk: Desk, due: Due, day: date) -> str:
    said = agenda.words(desk.catalogue, due)
    state = say(f"cli.due_{due.state(day)}")
    return say("cli.line_of_due", day=due.due_on, state=state, title=said.title, reason=said.reason)


def import_file(args: Namespace) -> Outcome:
    """Import case documents or a list of persons; what became of each entry is told, refused or not."""
    a_list = person_list.is_list(args.file)
    with opened(args.vault, args.passphrase_file) as desk:
        if a_list:
            return person_list.import_list(desk, args)
        documents = exchange.read_file(args.file)
        report = exchange.import_documents(
            desk,
            documents,
            progress_bar(say("cli.reading_in")),
            source=args.file.name,
            dry_run=args.dry_run,
        )
    return _imported(report)


def _imported(report: Report) -> Outcome:
    refused = len(report.refused)
    lines = [say("cli.imported", created=report.created, updated=report.updated, refused=refused)]
    if report.conflicts:
        lines.append(say("cli.to_decide", n=report.conflicts))
    told = [explain(each.error) if each.error else None for each in report.fates]
    lines += [
        say("cli.entry_refused", number=fate.index + 1, code=each.code, message=each.message)
        for fate, each in zip(report.fates, told, strict=True)
        if each
    ]
    data = {
        "created": report.created,
        "updated": report.updated,
        "conflicts": report.conflicts,
        "refused": [
            {"index": fate.index, "code": each.code, "message": each.message}
            for fate, each in zip(report.fates, told, strict=True)
            if each
        ],
        "fates": [_fate(fate) for fate in report.fates],
    }
    nothing = bool(refused) and refused == len(report.fates)
    return Outcome(data, tuple(lines), ContentError("E738") if nothing else None)


def _fate(fate: Fate) -> dict[str, Any]:
    said = {"index": fate.index, "line": fate.line or None, "fate": str(fate.state)}
    if fate.error:
        told = explain(fate.error)
        return {
            **said,
            "code": told.code,
            "message": told.message,
            "place": fate.error.facts.get("place", ""),
        }
    return {**said, "id": fate.case_id, "file_number": fate.file_number, "conflicts": fate.conflicts}


def check_duplicates(args: Namespace) -> Outcome:
    """Name the persons that may be the same."""
    born = _born(args.born)
    with opened(args.vault, args.passphrase_file) as desk:
        found = people.similar(desk, args.family_name, args.given_name, born)
    matches = [
        {
            "id": match.person.id,
            "name": f"{match.person.family_name}, {match.person.given_names}",
            "score": round(match.score, 3),
            "why": list(match.why),
        }
        for match in found
    ]
    lines = [f"{match['score']:.2f}  {match['name']}" for match in matches]
    return Outcome({"matches": matches}, tuple(lines) or (say("cli.nobody_similar"),))


def _phase(text: str | None) -> Phase | None:
    try:
        return Phase(text) if text else None
    except ValueError:
        raise ContentError("E719", name="phase") from None


def _born(text: str | None) -> PartialDate | None:
    try:
        return PartialDate.parse(text) if text else None
    except ValueError:
        raise ContentError("E719", name="born") from None


def _rows(rows: Sequence[CaseRow], total: int) -> Outcome:
    found = [
        {
            "id": row.id,
            "file_number": row.file_number,
            "name": row.name,
            "phase": str(row.phase),
            "updated": row.updated.isoformat(),
        }
        for row in rows
    ]
    lines = [f"{row.file_number:16} {row.name:40} {row.phase}" for row in rows]
    return Outcome(
        {"cases": found, "total": total}, (*lines, say("cli.of_total", shown=len(found), total=total))
    )
