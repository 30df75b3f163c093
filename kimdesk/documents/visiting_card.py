"""An office as a visiting card (RFC 6350), and telephone numbers as other programs dial them (RFC 3966)."""

import re
import uuid
from typing import Final

from kimdesk.casework.local_offices import LocalOffice
from kimdesk.documents.lines import escaped, written

_COUNTRY: Final = "+49"
_FIRST: Final = re.compile(r"[;,|]|\boder\b|\bund\b")
_SIGNS: Final = re.compile(r"[\s().\-–/\u00a0\u2010-\u2015]+")
_DIGITS: Final = re.compile(r"\+?\d{3,15}", re.ASCII)
_SHORT: Final = 6
_TOWN: Final = re.compile(r"(\d{5})\s+(\S.*)", re.ASCII)


def tel(number: str) -> str:
    """Return „tel:+4928412020“ for what people type, "" when nobody could dial it.

    Of several numbers it is the first. Short ones (110, 116117) are dialled as they are.
    """
    plain = _SIGNS.sub("", _FIRST.split(number)[0].replace("(0)", ""))
    plain = plain.replace("+", "00", 1) if plain.startswith("+") else plain
    if not plain.isascii() or not plain.isdigit():
        return ""
    if plain.startswith("00"):
        plain = f"+{plain[2:]}"
    elif plain.startswith("0"):
        plain = f"{_COUNTRY}{plain[1:]}"
    elif len(plain) <= _SHORT:
        return f"tel:{plain};phone-context={_COUNTRY}" if _DIGITS.fullmatch(plain) else ""
    else:
        return ""  # without its area code
    return f"tel:{plain}" if _DIGITS.fullmatch(plain) else ""


def visiting_card(name: str, office: LocalOffice, key: str) -> bytes:
    """Return the card of an office called ``name``; ``key`` is the same for the same office."""
    street, postcode, town = _address(office.address)
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:org",
        f"UID:urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, key)}",
        f"FN:{escaped(name)}",
        f"ORG:{escaped(name)}",
    ]
    if street or town:
        lines.append(f"ADR;TYPE=work:;;{escaped(street)};{escaped(town)};;{postcode};")
    if number := tel(office.phone):
        lines.append(f'TEL;VALUE=uri;TYPE="work,voice":{number}')
    elif office.phone.strip():
        lines.append(f"TEL;VALUE=text;TYPE=work:{escaped(office.phone.strip())}")
    return written([*lines, "END:VCARD"])


def _address(text: str) -> tuple[str, str, str]:
    """Return street, postcode and town; what is not understood is the street."""
    parts = [part.strip() for part in re.split(r"[\n,]", text) if part.strip()]
    found = _TOWN.fullmatch(parts[-1]) if parts else None
    if found is None:
        return ", ".join(parts), "", ""
    return ", ".join(parts[:-1]), found[1], found[2]
