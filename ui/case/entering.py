"""Entering a fact that a line of a checklist waits for, in the place where it lives."""

from dataclasses import replace

from kimdesk.domain.needs.conditions import Fact
from kimdesk.domain.needs.facts import LANES
from kimdesk.domain.needs.judging import MissingFact
from kimdesk.domain.records import (
    Achievement,
    Person,
    Record,
    RecordRef,
    RegimeSpell,
    Relation,
    ResidenceSpell,
    Standing,
)
from kimdesk.domain.terms import Phase
from ui.case.blank import blank, find
from ui.case.editing import Editing
from ui.forms.record_dialog import RecordDialog

_OF_A_PERSON = (Fact.AGE, Fact.STAY, Fact.NATIONALITY, Fact.PROTECTION)
_OF_A_TITLE = (Fact.STATUS, Fact.PARAGRAPH, Fact.EMPLOYMENT)


def enter(editing: Editing, missing: MissingFact) -> RecordDialog[Record] | None:
    """Open what holds ``missing``: the dialog over the page; for answers and the household their form."""
    if missing.fact is Fact.PERSON:
        editing.open("person")
        return None
    if missing.fact in (Fact.HOUSEHOLD, Fact.ANSWER):
        editing.show(RecordRef("phase", missing.form or Phase.ASSESSMENT.value))
        return None
    record = _record(editing, missing)
    return editing.edit(record) if record else None


def _record(editing: Editing, missing: MissingFact) -> Record | None:
    """Return the record to edit, or a new one about the person."""
    file, today, whose = editing.file, editing.today, missing.person_id
    if missing.fact in _OF_A_PERSON:
        return find(Person, whose, file)
    if missing.fact in _OF_A_TITLE:
        return _title(editing, missing) or replace(blank(ResidenceSpell, file, today), person_id=whose)
    if missing.fact is Fact.ASYLUM:
        known = (one for one in file.standings if one.person_id == whose)
        return next(known, None) or replace(blank(Standing, file, today), person_id=whose)
    if missing.fact is Fact.ACHIEVEMENT:
        return replace(blank(Achievement, file, today), person_id=whose)
    if missing.fact is Fact.RELATION:
        return replace(blank(Relation, file, today), person_id=whose)
    return replace(blank(RegimeSpell, file, today), person_id=whose, lane=LANES[missing.fact])


def _title(editing: Editing, missing: MissingFact) -> ResidenceSpell | None:
    """Return the title in force, which says too little; None where none is."""
    day = editing.today
    held = [
        one
        for one in editing.file.residence
        if one.person_id == missing.person_id
        and not one.expected
        and (one.valid_from is None or one.valid_from <= day)
        and (one.valid_until is None or one.valid_until >= day)
    ]
    return held[-1] if held else None
