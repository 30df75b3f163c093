"""The values of records in German, as the preview shows them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import ChecklistEntry, LanguageSkill, Person, Record
from kimdesk.sync import code_values
from kimdesk.sync.policy import Treatment, policy
from kimdesk.sync.projection import Part

_LONGEST: Final = 60
_HOUR: Final = 60


def shown(catalogue: Catalogue, value: Any, codes: str = "") -> str:
    """Return ``value`` for people: dates in German, codes as labels, long texts cut."""
    if isinstance(value, PartialDate):
        return value.german()
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, tuple | list):
        return ", ".join(shown(catalogue, each, codes) for each in value)
    return _cut(_word(catalogue, value, codes))


def _word(catalogue: Catalogue, value: Any, codes: str) -> str:
    if isinstance(value, LanguageSkill):
        return code_values.label(catalogue, "language", value.language) or value.language
    if isinstance(value, ChecklistEntry):
        return value.item
    text = str(value)
    return (code_values.label(catalogue, codes, text) if codes else None) or text


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def coarser(catalogue: Catalogue, part: Part, record: Record) -> str:
    """Return what becomes of a value that leaves in a coarser form: „12 → „unter 15““."""
    speak = _COARSE.get(part.step.treatment)
    out = speak(catalogue, part, record) if speak else shown(catalogue, part.out, part.step.codes)
    unit = "\u00a0Minuten" if part.step.treatment is Treatment.HOURS else ""
    return f"{shown(catalogue, part.value, part.step.codes)}{unit} → „{out}“"


def _age_band(_: Catalogue, part: Part, __: Record) -> str:
    return next((band.label for band in policy().age_band if band.code == part.out), str(part.out))


def _year(_: Catalogue, part: Part, __: Record) -> str:
    return str(part.out)[:4]


def _month(_: Catalogue, part: Part, __: Record) -> str:
    day = part.out if isinstance(part.out, date | datetime) else PartialDate.parse(part.out)
    return f"{day.month:02}.{day.year}"


def _count(_: Catalogue, part: Part, __: Record) -> str:
    return "unter 5" if part.out is None else f"ab {part.out}"


def _hours(_: Catalogue, part: Part, __: Record) -> str:
    hours = part.out // _HOUR
    return f"bis {hours} Stunde{'n' if hours > 1 else ''}"


def _continent(catalogue: Catalogue, part: Part, _: Record) -> str:
    return ", ".join(
        policy().continent.get(key) or shown(catalogue, key, part.step.codes) for key in part.out
    )


def _to_city(_: Catalogue, __: Part, record: Record) -> str:
    return (record.city if isinstance(record, Person) else "") or "entfällt"


_COARSE: Final[Mapping[Treatment, Any]] = {
    Treatment.AGE_BAND: _age_band,
    Treatment.YEAR: _year,
    Treatment.MONTH: _month,
    Treatment.COUNT: _count,
    Treatment.HOURS: _hours,
    Treatment.CONTINENT: _continent,
    Treatment.TO_CITY: _to_city,
}
