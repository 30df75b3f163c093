"""What a number in a cell looks like: leading zeros and fixed parts of its format, dates by their serials.

source: ECMA-376 part 1, 18.8.30 (numFmt) and 18.17.4.1 (date systems).
"""

import re
from datetime import date, timedelta

_BUILT_IN_DATES = {*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)}
_PLAIN = re.compile(r'(?:"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[0#?]|[-/ ()+:])*')
_ASIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[[^\]]*\]|([0#?])|(.)')
_LEAP_BUG = 60  # Excel counts a 29 February 1900, which there was not
_LARGEST = 2_958_465  # 31 December 9999
_EXACT = 1e15


def is_date(number: int, code: str) -> bool:
    """Return whether cells of the format with this number and code are days."""
    if not code:
        return number in _BUILT_IN_DATES
    bare = _ASIDE.sub("", code.partition(";")[0]).lower()
    if "general" in bare or "standard" in bare:
        return False
    return "d" in bare or "y" in bare or ("m" in bare and not set(bare) & set("hs0#?"))


def day(serial: float, *, starts_1904: bool) -> str:
    """Return the day of a serial number as ``YYYY-MM-DD``, "" when there is none."""
    whole = int(serial // 1)
    if starts_1904:
        whole += 1462
    if not 1 <= whole <= _LARGEST or whole == _LEAP_BUG:
        return ""
    start = date(1899, 12, 30) if whole > _LEAP_BUG else date(1899, 12, 31)
    return (start + timedelta(days=whole)).isoformat()


def shown(code: str, value: str) -> str:
    """Return the number ``value`` as its format shows it, as far as that adds digits or fixed parts."""
    section = code.partition(";")[0]
    plain = number(value)
    if not section or not plain.isdecimal() or not _PLAIN.fullmatch(section) or "0" not in section:
        return plain
    tokens = [found.groups() for found in _TOKEN.finditer(section)]
    places = sum(each[2] is not None for each in tokens)
    digits = iter(_placed(plain, tokens, places))
    return "".join(
        next(digits) if place else (quoted or escaped or other or "")
        for quoted, escaped, place, other in tokens
    ).strip()


def _placed(plain: str, tokens: list[tuple[str | None, ...]], places: int) -> list[str]:
    """Return what stands at each place of a digit; the first takes those that are too many."""
    spare = max(len(plain) - places, 0)
    found = [plain[: spare + 1], *plain[spare + 1 :]] if len(plain) >= places else list(plain)
    kinds = [each[2] for each in tokens if each[2] is not None]
    missing = ["0" if kind == "0" else "" for kind in kinds[: places - len(found)]]
    return [*missing, *found]


def number(value: str) -> str:
    """Return a number without needless places: ``7.0`` and ``7`` are 7."""
    if value.isdecimal():
        return value
    try:
        read = float(value)
    except ValueError:
        return value
    return str(int(read)) if read.is_integer() and abs(read) < 1e21 else repr(read)  # noqa: PLR2004 - as repr


def is_exact(value: str) -> bool:
    """Return whether all digits of a number are kept: a workbook keeps fifteen."""
    try:
        return abs(float(value)) < _EXACT
    except ValueError:
        return True
