"""The municipalities of Nordrhein-Westfalen by name; their keys (AGS) stay in the files.

They are the same for every desk, and no layer of the catalogue changes them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import resources
from kimdesk.domain.collation import word_key

_NRW = "municipalities/nrw.toml"
_PRACTICE, _INVENTED = "practice/places.toml", "05999"
_KREIS = 5  # digits of a key that name the Kreis


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality: its key of eight digits, its name, and its Kreis unless it is one itself."""

    ags: str
    name: str
    kreis: str = ""


def municipalities() -> tuple[Municipality, ...]:
    """Return all municipalities of Nordrhein-Westfalen, by name."""
    table = resources.read_toml(_NRW)
    found = (_made(ags, name, table["kreis"]) for ags, name in table["municipality"].items())
    return tuple(sorted(found, key=lambda one: one.name))


def municipality(ags: str) -> Municipality | None:
    """Return the municipality with the key ``ags``, None when it is none we know."""
    name = _names(ags).get(ags)
    if name is None:
        return None
    if ags.startswith(_INVENTED):
        return Municipality(ags, name, resources.read_toml(_PRACTICE)["kreis"])
    return _made(ags, name, resources.read_toml(_NRW)["kreis"])


def municipality_name(ags: str) -> str:
    """Return the name of the municipality with the key ``ags``, or the key when it is none we know."""
    return _names(ags).get(ags, ags)


def named(keys: Iterable[str]) -> str:
    """Return the names of municipalities, as they follow one another."""
    return ", ".join(map(municipality_name, keys))


def key_of(text: str) -> str:
    """Return the key of the municipality somebody named, ``text`` itself when it names none, or several.

    A key stays what it is; a name is read whatever its case, „Muenster“ as „Münster“.
    """
    wanted = _read(text)
    known = (*municipalities(), *(Municipality(ags, name) for ags, name in _names(_INVENTED).items()))
    found = {one.ags for one in known if _read(one.name) == wanted}
    return found.pop() if len(found) == 1 else text


def _read(name: str) -> str:
    folded = word_key(name)
    for written, meant in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        folded = folded.replace(written, meant)
    return folded


def source() -> tuple[str, date]:
    """Return who says the names and keys, and the day they were taken."""
    table = resources.read_toml(_NRW)
    return table["source"], table["state"]


def _names(ags: str) -> Mapping[str, str]:
    if ags.startswith(_INVENTED):
        return {one["ags"]: one["name"] for one in resources.read_toml(_PRACTICE)["municipality"]}
    names: Mapping[str, str] = resources.read_toml(_NRW)["municipality"]
    return names


def _made(ags: str, name: str, kreise: Mapping[str, str]) -> Municipality:
    kreis = kreise[ags[:_KREIS]]
    return Municipality(ags, name, "" if kreis == name else kreis)
