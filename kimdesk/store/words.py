"""Which words of a record can be searched for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kimdesk.domain import records
from kimdesk.domain.kinds import described
from kimdesk.domain.records import Person, Record
from kimdesk.store.folding import fold

_NAMES = ("family_name", "given_names", "birth_name", "call_name", "german_name", "alias", "original_name")

_PARTS: Mapping[type, tuple[str, ...]] = {
    records.ChecklistEntry: ("note",),
    records.HandOver: ("to",),
    records.ReferralStep: ("who", "text"),
    records.PlanStep: ("text", "translations"),
    records.DatedNote: ("text",),
    records.Translation: ("text",),
}
"""Where free text stands in the small values that records hold lists of."""


def words_of(record: Record) -> str:
    """Return the folded words of the free text of ``record``, "" for a record without any."""
    texts = (each for name in described(type(record)).searched for each in _strings(getattr(record, name)))
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
    else:
        for name in _PARTS.get(type(value), ()):
            yield from _strings(getattr(value, name))
