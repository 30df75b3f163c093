"""Which way each sign of a line runs: the Unicode bidirectional algorithm (UAX 9) with isolates.

Embeddings and overrides (LRE, RLO, PDF …) are not known here: ``setting`` takes them out of what it sets, so
that nobody can write a text that is read otherwise than it is stored.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

_DEEPEST = 125
_ISOLATES = frozenset({"LRI", "RLI", "FSI"})
_TURNING = _ISOLATES | {"R", "AL", "AN"}
_NEUTRAL = _ISOLATES | {"B", "S", "WS", "ON", "PDI"}
_STEERING = _ISOLATES | {"PDI", "B"}
_BLANK = _ISOLATES | {"WS", "PDI", "BN"}
_OPENING = dict(zip("([{⟨⟪⟦⁅⁽₍〈《「（", ")]}⟩⟫⟧⁆⁾₎〉》」）", strict=True))
_CLOSING = frozenset(_OPENING.values())
_DEEPEST_BRACKETS = 63
_CHANGING = frozenset({"NSM", "EN", "AN"})
_WEAKLY = {"AL": "R", "ES": "ON", "CS": "ON", "ET": "ON"}  # what becomes of them where there is none of these
_OTHER_WAY = (frozenset({"R", "AL", "AN"}), frozenset({"L", "EN", "AN"}))


@lru_cache(4096)
def _kind(sign: str) -> str:
    return unicodedata.bidirectional(sign) or "L"


def levels(text: str, base: int = 0) -> list[int]:
    """Return a level for each sign of the paragraph ``text``: even runs to the right, odd to the left.

    ``base`` is 0 for a paragraph that runs to the right, 1 for one that runs to the left.
    """
    kinds = [_kind(each) for each in text]
    if base == 0 and _TURNING.isdisjoint(kinds):
        return [0] * len(text)
    ends = _ends(kinds)
    found = _explicit(kinds, ends, base)
    for sequence, before, after in list(_sequences(kinds, ends, found, base)):
        _resolve(text, kinds, found, sequence, before, after)
    for at, kind in enumerate(kinds):
        if kind == "BN":
            found[at] = found[at - 1] if at else base
    return found


def of_line(text: str, found: Sequence[int], base: int = 0) -> list[int]:
    """Return the levels of one line: blanks at its end and before tabs are those of the paragraph (L1)."""
    line, at_end = list(found), True
    for at in range(len(text) - 1, -1, -1):
        kind = _kind(text[at])
        at_end = kind in ("B", "S") or (at_end and kind in _BLANK)
        if at_end:
            line[at] = base
    return line


def visual(found: Sequence[int]) -> list[int]:
    """Return the places in the order they stand on paper, from left to right (L2)."""
    order = list(range(len(found)))
    lowest = min((each for each in found if each % 2), default=None)
    if lowest is None:
        return order
    for level in range(max(found), lowest - 1, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and found[order[end]] >= level:
                end += 1
            order[at:end] = order[at:end][::-1]
            at = end + 1
    return order


def _ends(kinds: Sequence[str]) -> dict[int, int]:
    """Return where each isolate that is closed ends (BD9)."""
    found, begun = dict[int, int](), list[int]()
    for at, kind in enumerate(kinds):
        if kind in _ISOLATES:
            begun.append(at)
        elif kind == "PDI" and begun:
            found[begun.pop()] = at
    return found


def _runs_left(kinds: Sequence[str], ends: dict[int, int], begun: int) -> bool:
    """Say whether the first strong sign in the isolate that begins at ``begun`` runs to the left (P2)."""
    at, end = begun + 1, ends.get(begun, len(kinds))
    while at < end:
        if kinds[at] in ("R", "AL", "L"):
            return kinds[at] != "L"
        if kinds[at] in _ISOLATES:
            if at not in ends:
                return False
            at = ends[at]
        at += 1
    return False


def _explicit(kinds: Sequence[str], ends: dict[int, int], base: int) -> list[int]:
    """Return the levels that isolates make (X1 to X8)."""
    found, open_levels, too_deep = [base] * len(kinds), [base], 0
    behind = 0
    for at, kind in enumerate(kinds):
        if kind not in _STEERING:
            continue
        found[behind:at] = [open_levels[-1]] * (at - behind)
        behind = at + 1
        if kind == "PDI":
            if too_deep:
                too_deep -= 1
            elif len(open_levels) > 1:
                open_levels.pop()
        found[at] = base if kind == "B" else open_levels[-1]
        if kind in _ISOLATES:
            left = kind == "RLI" or (kind == "FSI" and _runs_left(kinds, ends, at))
            deeper = (open_levels[-1] + 1) | 1 if left else (open_levels[-1] + 2) & ~1
            if deeper <= _DEEPEST and not too_deep:
                open_levels.append(deeper)
            else:
                too_deep += 1
    found[behind:] = [open_levels[-1]] * (len(kinds) - behind)
    return found


def _sequences(
    kinds: Sequence[str], ends: dict[int, int], found: Sequence[int], base: int
) -> Iterator[tuple[list[int], str, str]]:
    """Yield the places of each isolating run sequence, and the direction before and after it (X10)."""
    kept = [at for at, kind in enumerate(kinds) if kind != "BN"]
    runs = [list(run) for _, run in groupby(kept, found.__getitem__)]
    begins, closing = {run[0]: run for run in runs}, set(ends.values())
    place = {at: number for number, at in enumerate(kept)}
    for run in runs:
        if run[0] in closing:
            continue
        sequence, last = list(run), run[-1]
        while last in ends and ends[last] in begins:
            sequence += begins[ends[last]]
            last = sequence[-1]
        level, number = found[run[0]], place[run[0]]
        before = found[kept[number - 1]] if number else base
        unclosed = kinds[last] in _ISOLATES and last not in ends
        behind = place[last] + 1
        after = base if unclosed or behind == len(kept) else found[kept[behind]]
        yield sequence, "LR"[max(level, before) & 1], "LR"[max(level, after) & 1]


def _resolve(
    text: str, kinds: Sequence[str], found: list[int], sequence: list[int], before: str, after: str
) -> None:
    level, here = found[sequence[0]], {kinds[at] for at in sequence}
    if here.isdisjoint(_OTHER_WAY[level & 1]) and before == after == "LR"[level & 1]:
        return  # nothing in it runs another way than all of it
    own = [kinds[at] for at in sequence]
    resolved = [_WEAKLY.get(each, each) for each in own] if here.isdisjoint(_CHANGING) else _weak(own, before)
    _brackets(
        [text[at] for at in sequence], [kinds[at] for at in sequence], resolved, "LR"[level & 1], before
    )
    _neutral(resolved, "LR"[level & 1], before, after)
    for at, kind in zip(sequence, resolved, strict=True):  # I1, I2
        if level & 1:
            found[at] = level + (kind != "R")
        else:
            found[at] = level + {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)


def _weak(kinds: list[str], before: str) -> list[str]:
    """Return the kinds after the rules for marks, digits and what stands between them (W1 to W7)."""
    last, strong = before, before
    for at, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[at] = "ON" if last in _ISOLATES or last == "PDI" else last
        last = kinds[at]
        if last in ("L", "R", "AL"):
            strong = last
        elif last == "EN" and strong == "AL":
            kinds[at] = "AN"
    kinds = ["R" if each == "AL" else each for each in kinds]
    for at in range(1, len(kinds) - 1):
        left, kind, right = kinds[at - 1 : at + 2]
        if left == right and ((kind == "ES" and left == "EN") or (kind == "CS" and left in ("EN", "AN"))):
            kinds[at] = left
    _terminators(kinds)
    strong = before
    for at, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"
    return kinds


def _terminators(kinds: list[str]) -> None:
    """Signs such as % and € beside digits run with them; alone they are neutral (W5, W6)."""
    for at, end in _stretches(kinds, frozenset({"ET"})):
        beside = (at > 0 and kinds[at - 1] == "EN") or (end < len(kinds) and kinds[end] == "EN")
        kinds[at:end] = ["EN" if beside else "ON"] * (end - at)
    kinds[:] = ["ON" if each in ("ES", "CS") else each for each in kinds]


def _stretches(kinds: Sequence[str], wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for is_wanted, stretch in groupby(map(wanted.__contains__, kinds)):
        end = at + len(list(stretch))
        if is_wanted:
            yield at, end
        at = end


def _strong(kind: str) -> str | None:
    return "R" if kind in ("R", "EN", "AN") else "L" if kind == "L" else None


def _brackets(text: Sequence[str], original: Sequence[str], kinds: list[str], way: str, before: str) -> None:
    """Brackets of a pair run the same way (N0)."""
    for opening, closing in sorted(_pairs(text, kinds)):
        inside = {_strong(each) for each in kinds[opening + 1 : closing]} - {None}
        if not inside:
            continue
        new = way
        if way not in inside:
            context = next((found for each in reversed(kinds[:opening]) if (found := _strong(each))), before)
            new = context if context != way else way
        for at in (opening, closing):
            kinds[at] = new
            mark = at + 1
            while mark < len(kinds) and original[mark] == "NSM":
                kinds[mark] = new
                mark += 1


def _pairs(text: Sequence[str], kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    if _CLOSING.isdisjoint(text):
        return
    begun = list[tuple[str, int]]()
    for at, sign in enumerate(text):
        if kinds[at] != "ON":
            continue
        if sign in _OPENING:
            if len(begun) == _DEEPEST_BRACKETS:
                return
            begun.append((_OPENING[sign], at))
        elif sign in _CLOSING:
            place = next((n for n in range(len(begun) - 1, -1, -1) if begun[n][0] == sign), None)
            if place is not None:
                yield begun[place][1], at
                del begun[place:]


def _neutral(kinds: list[str], way: str, before: str, after: str) -> None:
    """Blanks and punctuation run as what is on both sides of them, else as the line (N1, N2)."""
    for at, end in _stretches(kinds, _NEUTRAL):
        left = _strong(kinds[at - 1]) if at else before
        right = _strong(kinds[end]) if end < len(kinds) else after
        kinds[at:end] = [(left if left == right and left else way)] * (end - at)
