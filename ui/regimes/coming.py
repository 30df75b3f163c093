"""What lies ahead of a household: the dates that matter. Plain values, no widgets."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.agenda import dues
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.records import CaseFile
from kimdesk.texts.agenda import words

_MOST = 5
_KINDS = {
    "regime_spell", "residence_spell", "consent", "person", "regime_change", "standing", "achievement",
}  # fmt: skip
_AHEAD = timedelta(days=240)
_PRESSING = 14


@dataclass(frozen=True, slots=True)
class Coming:
    """One date ahead with its number in the picture, and why it matters; ``due`` is the date itself."""

    number: int
    day: date
    text: str
    pressing: bool
    reason: str = ""
    due: Due | None = None


def coming(catalogue: Catalogue, file: CaseFile, today: date) -> tuple[Coming, ...]:
    """Return the next dates of titles, benefits and consents, the earliest first, each once."""
    found: dict[tuple[date, str], Coming] = {}
    for one in dues.open_dates(file, catalogue.rules.agenda, today):
        if one.kind in _KINDS and today <= one.due_on <= today + _AHEAD:
            said = words(catalogue, one)
            pressing = (one.due_on - today).days <= _PRESSING
            next_one = Coming(0, one.due_on, said.title, pressing, said.reason, one)
            found.setdefault((one.due_on, said.title), next_one)
    ahead = sorted(found.values(), key=lambda one: one.day)[:_MOST]
    return tuple(replace(one, number=number) for number, one in enumerate(ahead, 1))
