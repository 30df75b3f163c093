"""Whether the answers of one entry can be true together: days in their order, a paragraph beside its status.

What may not stand beside what is data of the forms (``not_before``, ``fits``), so it holds for window,
document and list alike.
"""

import re
from collections.abc import Iterator

from kimdesk.domain.dates import PartialDate
from kimdesk.forms.answers import FormEntry
from kimdesk.forms.definition import Field, Fits

TOO_EARLY = "E709"
UNFIT = "E716"

_NUMBER = re.compile(r"(?<![\d.])(\d{1,3}[a-z]?)(?![\w.])")


def contradictions(entry: FormEntry) -> Iterator[tuple[Field, str, str]]:
    """Yield each field of ``entry`` that contradicts another one, the code, and the id of the other."""
    for field in entry.fields:
        value = entry.answers.get(field.id)
        if field.not_before and _is_before(value, entry.answers.get(field.not_before)):
            yield field, TOO_EARLY, field.not_before
        elif field.fits and not _fits(field.fits, value, entry.answers.get(field.fits.field)):
            yield field, UNFIT, field.fits.field


def partners(entry: FormEntry, field_id: str) -> tuple[str, ...]:
    """Return the fields of ``entry`` whose answers are judged together with that to ``field_id``."""
    found = {
        other.id
        for other in entry.section.fields
        if field_id in (other.not_before, other.fits.field if other.fits else "")
    }
    return tuple(sorted(found))


def _is_before(value: object, other: object) -> bool:
    """Return whether a day surely lies before another; parts of days that overlap do not."""
    try:
        return PartialDate.parse(str(value)).latest() < PartialDate.parse(str(other)).earliest()
    except ValueError:
        return False


def _fits(fits: Fits, value: object, beside: object) -> bool:
    found = _NUMBER.search(value) if isinstance(value, str) else None
    if found is None:
        return True
    only, never = fits.only.get(str(beside)), fits.never.get(str(beside), ())
    return found[1] not in never and (only is None or found[1] in only)
