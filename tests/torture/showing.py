"""A walk through everything that shows a case or all cases, without windows; whatever breaks raises."""

import json
from datetime import date
from pathlib import Path

from kimdesk.casework import (
    case_history,
    case_views,
    cases,
    closing,
    conferences,
    conflicts,
    contacts,
    findings,
    history,
    interpreting,
    people,
    phases,
    regime_changes,
    relations,
    today,
)
from kimdesk.casework.case_export import write_csv
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.casework.exchange import document
from kimdesk.documents import conference_record, handover_protocol
from kimdesk.domain.agenda.dues import open_dates
from kimdesk.domain.kinds import KINDS, kind_of
from kimdesk.domain.records import CaseFile
from kimdesk.domain.regime_remarks import remarks
from kimdesk.domain.terms import Phase
from kimdesk.sync.leaving.preview import preview


def show(desk: Desk, case_id: str, day: date) -> CaseFile:
    """Look at everything about one case, on paper too, and return it."""
    file = cases.load(desk, case_id)
    rules = desk.catalogue.rules
    case_history.of_case(desk, case_id)
    case_history.disputes_of(desk, case_id)
    conflicts.of_case(desk, case_id)
    closing.open_points(desk, case_id, day)
    contacts.timeline(file)
    contacts.appointments(file, day)
    open_dates(file, desk.rules, day)
    today.next_step(desk.catalogue, file, day)
    relations.hints(desk.catalogue, file)
    regime_changes.proposals(rules.law, file, day)
    remarks(file, day, rules.law)
    for phase in Phase:
        phases.gate(desk, case_id, phase)
    for record in (each for kind in KINDS.values() for each in file.of(kind.type)):
        history.of_record(desk, kind_of(type(record)), record.id)
    for person in file.persons:
        people.similar(desk, person.family_name, person.given_names, person.birth_date)
    papers(desk, file, day)
    json.dumps(document(file), allow_nan=False)
    return file


def papers(desk: Desk, file: CaseFile, day: date) -> None:
    """Print everything there is on paper about a case."""
    assert handover_protocol.pdf(desk, file, day).startswith(b"%PDF")
    for each in conferences.conferences(file):
        assert conference_record.pdf(desk, file, each, day).startswith(b"%PDF")


def show_desk(desk: Desk, folder: Path, day: date) -> None:
    """Look at everything that shows all cases at once."""
    case_views.own(desk)
    today.agenda(desk, day)
    today.count_waiting(desk, day)
    findings.listed(desk)
    interpreting.ledger(desk, date(1900, 1, 1), date(2199, 12, 31))
    cases.list_page(desk, CaseQuery(status=""), None, 500)
    cases.find(desk, "osman")
    write_csv(desk, CaseQuery(status=""), folder / "cases.csv", ["Name"], lambda row: [row.name])
    preview(desk, day)
