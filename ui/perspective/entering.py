"""Where each fact of a screening lives, and how its record is opened there."""

from dataclasses import replace

from kimdesk.domain.achieved import of_person
from kimdesk.domain.records import Achievement, RegimeSpell, ResidenceSpell, Standing
from kimdesk.domain.terms import Lane
from ui.case.blank import blank
from ui.case.editing import Editing

_ACHIEVED = {
    "german": "german_certificate",
    "civic_test": "civic_test",
    "school": "school",
    "training": "training",
    "jobs": "job",
    "partner_jobs": "job",
    "recognised_degree": "recognition",
}
"""The kind of achievement (achievement_kind) that tells a fact."""
_OF_PERSON = {"born", "entry", "nationality"}
STANDING = frozenset(
    {
        "asylum",
        "identity_clarified",
        "identity_steps",
        "income_share",
        "pension_months",
        "german_spouse",
        "flat",
        "absences",
        "unable",
        "needs_legal_advice",
    }
)
"""The facts that stand in the one record of where a person stands."""
_OF_CODE = {"born_unknown": "born", "entry_unknown": "entry", "benefits_unknown": "benefits"}
"""The fact that is asked for by what is said of a condition."""
_OF_CONDITION = {
    "age_from": "born",
    "age_until": "born",
    "civic": "civic_test",
    "diploma": "training",
    "employment_toleration": "spells",
    "entry": "entry",
    "flat": "flat",
    "german": "german",
    "identity": "identity_clarified",
    "job": "jobs",
    "lawful": "spells",
    "livelihood": "income_share",
    "matching_job": "jobs",
    "no_benefits": "benefits",
    "note_60b": "spells",
    "pension": "pension_months",
    "protection": "asylum",
    "purpose": "spells",
    "recognised": "recognised_degree",
    "registered": "training",
    "residence": "spells",
    "safe_country": "nationality",
    "school": "school",
    "skilled_job": "jobs",
    "tolerated": "spells",
    "toleration": "spells",
    "training": "training",
    "training_toleration": "spells",
    "unfounded": "asylum",
    "unlimited": "spells",
    "wedding": "german_spouse",
}
"""The fact that a condition asks for, by its name in ``resources/rules/screening.toml``."""
_ONE_BY_ONE = {"training", "job"}
"""What is one thing with several days: where one is recorded, more is said of it there."""
PLACES = frozenset({*_ACHIEVED, *_OF_PERSON, *STANDING, "spells", "benefits", "minor_child"})
"""Every fact that can be entered from the tab."""


def fact_of(condition: str, code: str) -> str:
    """Return the fact to be entered for a condition and what is said of it, "" where none can be."""
    return _OF_CODE.get(code) or _OF_CONDITION.get(condition, "")


def enter(editing: Editing, fact: str, person_id: str) -> None:
    """Open the dialog in which ``fact`` of a person is entered; it comes back to the tab."""
    if fact in _ACHIEVED:
        _enter_achievement(editing, person_id, _ACHIEVED[fact])
    elif fact in _OF_PERSON:
        editing.open("person", person_id)
    elif fact == "minor_child":
        editing.open("member")
    elif fact == "spells":
        editing.edit(replace(blank(ResidenceSpell, editing.file, editing.today), person_id=person_id))
    elif fact == "benefits":
        new = blank(RegimeSpell, editing.file, editing.today)
        editing.edit(replace(new, person_id=person_id, lane=Lane.BENEFIT))
    else:
        open_standing(editing, person_id)


def _enter_achievement(editing: Editing, person_id: str, kind: str) -> None:
    known = [one for one in of_person(editing.file, person_id) if one.kind == kind]
    if known and kind in _ONE_BY_ONE:
        editing.open("achievement", known[-1].id)
    else:
        add_achievement(editing, person_id, kind)


def add_achievement(editing: Editing, person_id: str, kind: str = "") -> None:
    """Ask for an achievement of a person."""
    new = blank(Achievement, editing.file, editing.today)
    editing.edit(replace(new, person_id=person_id, kind=kind))


def open_standing(editing: Editing, person_id: str) -> None:
    """Open what is known of where a person stands, or ask for it."""
    known = next((one for one in editing.file.standings if one.person_id == person_id), None)
    new = replace(blank(Standing, editing.file, editing.today), person_id=person_id)
    editing.edit(known or new)
