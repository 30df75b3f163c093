"""How each kind of condition is judged: small functions of one person on one day; the numbers are data."""

from collections.abc import Callable, Mapping

from kimdesk.domain.screening.conditions import person, stay, training, work
from kimdesk.domain.screening.conditions.verdict import ConditionVerdict
from kimdesk.domain.screening.person_view import PersonView
from kimdesk.domain.screening.rules import ConditionRule

Judge = Callable[[PersonView, ConditionRule], ConditionVerdict | None]

KINDS: Mapping[str, Judge] = {
    "run": stay.run_of_papers,
    "run_by_age": stay.run_by_age,
    "status": stay.status,
    "note_60b": stay.note_60b,
    "purpose": stay.purpose,
    "before_title_ends": stay.before_title_ends,
    "apply_first": stay.apply_first,
    "protection": stay.protection,
    "unfounded": stay.unfounded,
    "safe_country": stay.safe_country,
    "entry_by": stay.entry_by,
    "age_from": person.age_from,
    "age_until": person.age_until,
    "german": person.german,
    "civic": person.civic,
    "school": person.school,
    "flat": person.flat,
    "identity": person.identity,
    "identity_by": person.identity_by,
    "obstruction": person.obstruction,
    "talk": person.talk,
    "discretion": person.discretion,
    "children_school": person.children_school,
    "wedding": person.wedding,
    "livelihood": work.livelihood,
    "no_benefits": work.no_benefits,
    "job": work.job,
    "job_goes_on": work.job_goes_on,
    "matching_job": work.matching_job,
    "pension": work.pension,
    "training_status": training.training_status,
    "training_start": training.training_start,
    "registered": training.registered,
    "recognised": training.recognised,
    "diploma": training.diploma,
}
"""By the name of a kind how it is judged; None from it: the condition is not asked here."""
