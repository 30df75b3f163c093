"""Colour profiles (ICC.1) made anew: the numbers that colours need, and no words, dates or devices."""

from kimdesk.casework.scans.scan import DamagedError

_HEAD = 128
_MOST_TAGS = 100
_CLASSES = frozenset({b"mntr", b"scnr", b"prtr", b"spac"})
_NUMBERS = {
    b"rXYZ", b"gXYZ", b"bXYZ", b"wtpt", b"bkpt", b"lumi", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"chad",
    b"cicp", b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"gamt",
}  # fmt: skip
_TABLES = frozenset({b"mft1", b"mft2", b"mAB ", b"mBA "})
_PARAMETERS = {0: 1, 1: 3, 2: 4, 3: 5, 4: 7}
_FOUR = 4  # the version in which words became multilingual


def rebuilt(profile: bytes) -> bytes:
    """Return the profile without what is said in it; b"" when it is damaged or of no use for pictures."""
    try:
        tags = dict(_tags(profile))
    except DamagedError:
        return b""
    if not tags or profile[12:16] not in _CLASSES:
        return b""
    word = _word(profile[8])
    tags |= {b"desc": word[0], b"cprt": word[1]}
    body, table, places = b"", b"", dict[bytes, int]()
    start = _HEAD + 4 + 12 * len(tags)
    for name, value in sorted(tags.items()):
        if value not in places:
            places[value] = start + len(body)
            body += value + bytes(-len(value) % 4)
        table += name + places[value].to_bytes(4) + len(value).to_bytes(4)
    return _head(profile, start + len(body)) + len(tags).to_bytes(4) + table + body


def _head(profile: bytes, size: int) -> bytes:
    """Return the head: version, class, colour spaces, intent and illuminant are kept."""
    return (
        size.to_bytes(4) + bytes(4) + profile[8:24] + bytes(12) + b"acsp" + bytes(24) + profile[64:80]
    ).ljust(_HEAD, b"\0")


def _tags(profile: bytes) -> list[tuple[bytes, bytes]]:
    if len(profile) < _HEAD + 4 or profile[36:40] != b"acsp":
        raise DamagedError("no profile")
    number = int.from_bytes(profile[128:132])
    if number > _MOST_TAGS:
        raise DamagedError("too many tags")
    found = []
    for at in range(_HEAD + 4, _HEAD + 4 + 12 * number, 12):
        name, start, size = profile[at : at + 4], profile[at + 4 : at + 8], profile[at + 8 : at + 12]
        place = int.from_bytes(start)
        value = profile[place : place + int.from_bytes(size)]
        if name in _NUMBERS and (kept := _measured(value)):
            found.append((name, kept))
    return found


def _measured(value: bytes) -> bytes:
    """Return a value as long as its type says, b"" when it is of no known type or cut off."""
    kind, count = value[:4], int.from_bytes(value[8:12])
    if kind in _TABLES:
        return value
    size = {
        b"XYZ ": 20,
        b"sf32": 44,
        b"cicp": 12,
        b"curv": 12 + 2 * count,
        b"para": 12 + 4 * _PARAMETERS.get(int.from_bytes(value[8:10]), 0),
    }.get(kind, 0)
    return kind + bytes(4) + value[8:size] if 0 < size <= len(value) else b""


def _word(version: int) -> tuple[bytes, bytes]:
    """Return a name and a right of use, which every profile must have."""
    if version >= _FOUR:
        words = b"mluc" + bytes(4) + (1).to_bytes(4) + (12).to_bytes(4) + b"enUS"
        words += (2).to_bytes(4) + (28).to_bytes(4) + "c".encode("utf-16-be")
        return words, words
    return b"desc" + bytes(4) + (2).to_bytes(4) + b"c\0" + bytes(78), b"text" + bytes(4) + b"c\0"
