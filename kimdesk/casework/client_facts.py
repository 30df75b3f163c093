"""Facts about the client that forms of phases ask for: saved with the client, wherever they are entered."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kimdesk.casework import admission
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.phases import latest
from kimdesk.domain.records import Member, Person, PhaseEntry
from kimdesk.domain.terms import Phase, Role
from kimdesk.forms.facts import edited, fact_fields, moved, without_facts
from kimdesk.store.work import Reader, Writer


def save(
    writer: Writer,
    catalogue: Catalogue,
    entry: PhaseEntry,
    answers: Mapping[str, Any],
    seen: Person | None = None,
) -> Mapping[str, Any]:
    """Save with the client what ``answers`` say of her, who was ``seen`` when the form was filled in.

    Return what stays among the answers: everything while there is no client. Raises ContentError as
    ``admission.admit``.
    """
    form = catalogue.phase_form(entry.phase, entry.version or None)
    client = client_of(writer, entry.case_id) if any(fact_fields(form)) else None
    if client is None:
        return answers
    said = edited(form, answers, client, seen)
    admission.admit(writer, catalogue, said)
    writer.put(said)
    return without_facts(form, answers)


def move(writer: Writer, catalogue: Catalogue, case_id: str) -> None:
    """Bring what the forms know of a client, who has just come into the case, to the client."""
    client = client_of(writer, case_id)
    if client is None:
        return
    entries = writer.of_case(PhaseEntry, case_id)
    for entry in filter(None, (latest(entries, phase) for phase in Phase)):
        form = catalogue.phase_form(entry.phase, entry.version or None)
        if any(fact_fields(form)):
            client = writer.put(moved(form, entry.answers, client))
            writer.put(replace(entry, answers=without_facts(form, entry.answers)))


def client_of(reader: Reader, case_id: str) -> Person | None:
    """Return the client of a case, None while it is anonymous."""
    members = reader.of_case(Member, case_id)
    found = next((each for each in members if each.role is Role.CLIENT), None)
    return reader.get(Person, found.person_id) if found else None
