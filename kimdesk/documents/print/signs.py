"""Text cut into what one font draws at once; a sign that no font has is refused, never left out."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kimdesk.documents.print.faces import Face, faces
from kimdesk.domain.errors import ContentError

if TYPE_CHECKING:
    from kimdesk.documents.print.style import Weight

_DROPPED = dict.fromkeys([*range(0x202A, 0x202F), *range(0xFE00, 0xFE10), 0xAD, 0xFEFF])
_JOINED = "\u200c\u200d"
_IBAN, _PHONE = "[A-Z]{2}[0-9]{2}(?: [0-9A-Z]{2,4})+", "[+0][0-9]+(?:[ /-][0-9]+)+"
_NUMBER = re.compile(f"{_IBAN}|{_PHONE}|[A-Za-z]{{0,4}}[-+]?[0-9](?:[-./:,\u2013]?[0-9A-Za-z])+")
_TURNS = frozenset({"R", "AL", "AN"})


class FontRun(NamedTuple):
    """Signs from ``start`` to ``end`` that have one level and one font."""

    start: int
    end: int
    level: int
    face: Face


def settled(text: str) -> str:
    """Return ``text`` composed (NFC), its blanks plain, without what only steers (overrides, soft hyphens).

    Beside words that run to the left each number is isolated: else „2026-0417“ would be drawn „0417-2026“.
    """
    composed = unicodedata.normalize("NFC", text).translate(_DROPPED)
    plain = "".join(" " if unicodedata.category(each) in ("Cc", "Zl", "Zp") else each for each in composed)
    if plain.isascii() or _TURNS.isdisjoint(map(unicodedata.bidirectional, plain)):
        return plain
    return _NUMBER.sub(lambda found: f"\u2066{found[0]}\u2069", plain)


def spelled(text: str, weight: "Weight" = "regular") -> str:
    """Return ``text`` with „[U+1F33B]“ for each sign that no font has, for a sheet that must come to be."""
    found = settled(text)
    pieces = ((each, _drawn_by(each, weight)) for each in _clusters(found))
    return "".join(each if face else "".join(f"[U+{ord(one):04X}]" for one in each) for each, face in pieces)


def runs(text: str, levels: list[int], weight: "Weight") -> list[FontRun]:
    """Return the runs of settled ``text``. Raises ContentError E797 for a sign that no font has."""
    found, script, start = list[FontRun](), "", 0
    for cluster in _clusters(text):
        level, own = levels[start], _script(cluster[0])
        before = found[-1] if found and found[-1].level == level else None
        face = before.face if before and not own and _goes_with(before, cluster) else None
        face = face or _drawn_by(cluster, weight) or _refuse(cluster)
        end = start + len(cluster)
        if before and before.face is face and (not own or not script or own == script):
            found[-1] = before._replace(end=end)
        else:
            found.append(FontRun(start, end, level, face))
            script = ""
        script, start = own or script, end
    return found


def _goes_with(run: FontRun, cluster: str) -> bool:
    """Blanks and points among words that run to the left are of their font."""
    return bool(run.level % 2) and not cluster.isalnum() and _has(run.face, cluster)


def _clusters(text: str) -> Iterator[str]:
    """Yield each sign with the marks upon it."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not (unicodedata.category(text[at]) in ("Mn", "Me") or text[at] in _JOINED):
            if text[start:at]:
                yield text[start:at]
            start = at


@lru_cache(4096)
def _drawn_by(cluster: str, weight: "Weight") -> Face | None:
    first, second, *others = faces(weight)
    if len(cluster) > 1 and _has(second, cluster):  # the first sets rare marks beside their letter
        return second
    return next((face for face in (first, second, *others) if _has(face, cluster)), None)


def _has(face: Face, cluster: str) -> bool:
    return all(_one(face, each) for each in cluster)


def _one(face: Face, sign: str) -> bool:
    if unicodedata.category(sign) == "Cf" or ord(sign) in face.signs:
        return True
    apart = unicodedata.normalize("NFD", sign)
    return len(apart) > 1 and all(ord(each) in face.signs for each in apart)


@lru_cache(4096)
def _script(sign: str) -> str:
    """Return the script of a letter as its name begins with it, nothing for what is of all scripts."""
    return unicodedata.name(sign, "").partition(" ")[0] if unicodedata.category(sign)[0] == "L" else ""


def _refuse(cluster: str) -> Face:
    sign = next((each for each in cluster if not any(_one(face, each) for face in faces("regular"))), cluster)
    raise ContentError("E797", sign=sign, point=f"U+{ord(sign[0]):04X}")
