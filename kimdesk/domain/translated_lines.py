"""Which line of an interpreter's text translates which of several German texts."""

import re

from kimdesk.domain.errors import ContentError

_MARKS = "\ufeff\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Signs without a shape that programs put around lines of another direction."""
_NUMBERED = re.compile(r"(\d{1,3})\s*[.)]\s*(.*)")


def assigned(text: str, count: int) -> tuple[str, ...]:
    """Return for each of ``count`` German texts what ``text`` says it is, "" for what it leaves out.

    Either its lines are numbered as the German texts are („2. …“, in figures of any script; a line without a
    number goes on the one before), or there are as many lines as texts. Raises ContentError E788 otherwise.
    """
    lines = [line for line in (each.strip().strip(_MARKS).strip() for each in text.splitlines()) if line]
    if lines and (found := _by_number(lines, count)):
        return found
    if len(lines) != count:
        raise ContentError("E788", expected=count, found=len(lines))
    return tuple(lines)


def _by_number(lines: list[str], count: int) -> tuple[str, ...]:
    """Return the texts by their numbers; nothing when the lines are not numbered as these texts are."""
    found: dict[int, str] = {}
    number = 0
    for line in lines:
        if head := _NUMBERED.fullmatch(line):
            number = int(head[1])
            if number in found or not 1 <= number <= count:
                return ()
            found[number] = head[2]
        elif number:
            found[number] = f"{found[number]} {line}".strip()
        else:
            return ()
    return tuple(found.get(each, "") for each in range(1, count + 1))
