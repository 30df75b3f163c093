"""New records with what is known already filled in."""

from datetime import date

from kimdesk.domain.records import (
    CaseFile,
    Consent,
    Contact,
    Finding,
    FollowUp,
    Goal,
    Measure,
    Record,
    RegimeSpell,
    Relation,
    ResidenceSpell,
)


def blank(kind: str, file: CaseFile, today: date) -> Record:
    """Return a new record of ``kind`` for the case. Raises KeyError for a kind that is added elsewhere."""
    case_id = file.case.id
    client = file.client.id if file.client else ""
    language = file.client.languages[0].language if file.client and file.client.languages else ""
    made: dict[str, Record] = {
        "goal": Goal(case_id=case_id, number=next_number(file)),
        "measure": Measure(case_id=case_id, starts_on=today),
        "consent": Consent(case_id=case_id, given_on=today, language=language),
        "regime_spell": RegimeSpell(case_id=case_id, person_id=client),
        "residence_spell": ResidenceSpell(case_id=case_id, person_id=client),
        "contact": Contact(case_id=case_id, held_on=today, language=language),
        "follow_up": FollowUp(case_id=case_id, due_on=today),
        "relation": Relation(case_id=case_id, person_id=client, other_id=""),
        "finding": Finding(case_id=case_id, ags=file.case.ags, noted_on=today),
    }
    return made[kind]


def next_number(file: CaseFile) -> int:
    """Return the number of the next goal."""
    return max((goal.number for goal in file.goals), default=0) + 1


def of_kind(kind: str, key: str, file: CaseFile) -> Record | None:
    """Return the record ``key`` of ``kind`` in the case, None when it is gone."""
    groups: dict[str, tuple[Record, ...]] = {
        "person": file.persons,
        "member": file.members,
        "relation": file.relations,
        "consent": file.consents,
        "goal": file.goals,
        "measure": file.measures,
        "regime_spell": file.regimes,
        "residence_spell": file.residence,
        "contact": file.contacts,
        "follow_up": file.follow_ups,
        "finding": file.findings,
        "attachment": file.attachments,
    }
    return next((one for one in groups[kind] if one.id == key), None)
