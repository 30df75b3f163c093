"""When two written addresses can mean the same house; standard library only."""

import re
import unicodedata
from typing import NamedTuple

_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "ł": "l", "ı": "i"})
_STREET = re.compile(r"(?:strasse|str\b\.?)")
_HOUSE = re.compile(r"^(\D*[^\W\d]\D*?)\W*(\d+)")
_NUMBER_FIRST = re.compile(r"^\W*(\d+)\s*[a-z]?\W+(\D+)")


class House(NamedTuple):
    """An address as it is compared; the street is "" where none is known."""

    street: str
    postcode: str
    city: str


def house(street: str, postcode: str = "", city: str = "") -> House:
    """Return an address without what people write differently: case, accents, „Str.“, floor, door."""
    parts = [found for part in re.split(r"[,;\n]", _plain(street)) if (found := _numbered(part))]
    whole, *place = (_letters(_plain(each)) for each in (street, postcode, city))
    return House(parts[0] if parts else whole, *place)


def _numbered(part: str) -> str:
    """Return street and house number, "" where the part is not both; a letter behind it says little."""
    if found := _HOUSE.match(part):
        return _letters(found[1]) + found[2].lstrip("0")
    if found := _NUMBER_FIRST.match(part):
        return _letters(found[2]) + found[1].lstrip("0")
    return ""


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFC", text).casefold().translate(_SPELT)
    )
    return "".join(each for each in decomposed if not unicodedata.combining(each)).strip()


def _letters(text: str) -> str:
    return "".join(each for each in _STREET.sub("str", text) if each.isalnum())
