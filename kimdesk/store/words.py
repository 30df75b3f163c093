"""Which words of a record can be searched for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kimdesk.domain import records
from kimdesk.domain.records import Person, Record
from kimdesk.store.folding import fold

_TEXTS: dict[type[Record], tuple[str, ...]] = {
    Person: (
        "birth_place", "street", "postcode", "city", "phone", "email", "safe_contact", "azr_number",
    ),
    records.Member: ("relation",),
    records.Relation: ("note",),
    records.Consent: ("recipient_name", "necessity", "refusal_consequences", "interpreter"),
    records.PhaseEntry: ("answers",),
    records.PhaseEvent: ("reason",),
    records.Goal: (
        "text", "indicator", "baseline", "by_client", "by_case_manager", "by_others", "gas_minus_2",
        "gas_minus_1", "gas_0", "gas_plus_1", "gas_plus_2", "level_reason", "interpreter",
    ),
    records.Measure: (
        "title", "agency", "agency_person", "agency_file_number", "fallback", "note", "steps",
    ),
    records.Referral: (
        "agency", "agency_person", "override_reason", "reject_reason", "result", "note", "checklist",
    ),
    records.RegimeSpell: ("note", "agency", "agency_file_number"),
    records.RegimeChange: ("note", "checklist"),
    records.ResidenceSpell: ("paragraph", "residence_rule", "note"),
    records.Contact: ("participants", "content", "next_steps", "interpreter_name"),
    records.FollowUp: ("title", "reason", "place"),
    records.Finding: ("title", "agencies", "transition", "effects", "proposal"),
    records.Attachment: ("title", "handed_to", "note"),
    records.Dispute: ("statement",),
}  # fmt: skip

_NAMES = ("family_name", "given_names", "birth_name", "call_name", "german_name", "alias", "original_name")


def words_of(record: Record) -> str:
    """Return the folded words of the free text of ``record``, "" for a record without any."""
    texts = (each for name in _TEXTS.get(type(record), ()) for each in _strings(getattr(record, name)))
    return fold(" ".join(texts))


def names_of(persons: Iterable[Person], file_number: str) -> str:
    """Return the folded names in a case; names of several words also in one („al-Khatib“: alkhatib)."""
    found = [fold(getattr(person, name)) for person in persons for name in _NAMES]
    joined = [name.replace(" ", "") for name in found if " " in name]
    return " ".join(dict.fromkeys(" ".join([*found, *joined, fold(file_number)]).split()))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, records.ChecklistEntry):
        yield value.note
    elif isinstance(value, records.PlanStep):
        yield value.text
