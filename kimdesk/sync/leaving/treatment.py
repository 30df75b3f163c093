"""How a value is made coarser on its way out; pure functions of the value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.dates import PartialDate, age_on
from kimdesk.domain.records import ChecklistEntry
from kimdesk.domain.small_cells import THRESHOLD
from kimdesk.sync.leaving import code_values
from kimdesk.sync.leaving.allow_list import AgeBand, Treatment

_ROUNDED: Final = (50, 20, 10, THRESHOLD)


@dataclass(frozen=True, slots=True)
class Tools:
    """What treatments need besides the value: catalogue, day, bands, and the pseudonym of an identity."""

    catalogue: Catalogue
    today: date
    bands: tuple[AgeBand, ...]
    pseudonym: Callable[[str], str]


def treat(treatment: Treatment, value: Any, tools: Tools) -> Any:
    """Return what leaves of ``value``, partial and cut dates as ISO text; None when nothing does."""
    out = _HOW[treatment](value, tools)
    return out.iso() if isinstance(out, PartialDate) else out


def hide(number: int) -> int | None:
    """Return the lower bound of the band of ``number``, None when it is too small to be given."""
    return next((bound for bound in _ROUNDED if number >= bound), None)


def _nothing(_: Any, __: Tools) -> None:
    return None


def _keep(value: Any, _: Tools) -> Any:
    return value


def _year(value: date | PartialDate, _: Tools) -> PartialDate:
    return PartialDate(value.year)


def _month(value: date | PartialDate, _: Tools) -> PartialDate:
    return PartialDate(value.year, value.month)


def _age_band(value: PartialDate, tools: Tools) -> str:
    age = age_on(value, tools.today)
    return next(band.code for band in tools.bands if age < band.below)


def _hmac(value: str | tuple[str, ...], tools: Tools) -> str | list[str]:
    return tools.pseudonym(value) if isinstance(value, str) else [tools.pseudonym(each) for each in value]


def _count(value: int, _: Tools) -> int | None:
    return hide(value)


def _hours(value: int, _: Tools) -> int:
    return -(-value // 60) * 60


def _continent(value: tuple[str, ...], _: Tools) -> list[str]:
    return sorted({key if key.startswith("99") else f"{key[:1]}xx" for key in value if key.isdecimal()})


def _checklist(value: tuple[ChecklistEntry, ...], _: Tools) -> list[Mapping[str, Any]]:
    names = ("item", "state", "since", "valid_until")
    return [{name: getattr(entry, name) for name in names} for entry in value]


def _checklist_states(value: tuple[ChecklistEntry, ...], tools: Tools) -> list[Mapping[str, Any]]:
    known = (entry for entry in value if code_values.label(tools.catalogue, "checklist_item", entry.item))
    return [{"item": entry.item, "state": entry.state} for entry in known]


_HOW: Final[Mapping[Treatment, Callable[[Any, Tools], Any]]] = {
    Treatment.DROP: _nothing,
    Treatment.TO_CITY: _nothing,
    Treatment.KEEP: _keep,
    Treatment.YEAR: _year,
    Treatment.MONTH: _month,
    Treatment.AGE_BAND: _age_band,
    Treatment.HMAC: _hmac,
    Treatment.COUNT: _count,
    Treatment.HOURS: _hours,
    Treatment.CONTINENT: _continent,
    Treatment.CHECKLIST: _checklist,
    Treatment.CHECKLIST_STATES: _checklist_states,
}
