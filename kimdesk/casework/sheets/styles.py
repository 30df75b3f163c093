"""The formats of the cells of an .xlsx: days, fixed digits, struck through."""

from dataclasses import dataclass, replace

from kimdesk.casework.sheets import formats
from kimdesk.casework.sheets.parts import Parts

_STYLES = "xl/styles.xml"
_MOST = 70_000  # a workbook of Excel has at most 65,490
_FALSE = frozenset({"0", "false"})


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell shows its number: as a day, or by a format; and whether it is struck through."""

    date: bool = False
    code: str = ""
    struck: bool = False


def styles_of(parts: Parts) -> tuple[Style, ...]:
    """Return the formats of cells in the order in which cells name them."""
    heard = _Styles()
    parts.hear(_STYLES, heard.start, heard.end)
    return tuple(heard.found)


class _Styles:
    def __init__(self) -> None:
        self.found: list[Style] = []
        self._codes: dict[int, str] = {}
        self._struck: list[bool] = []
        self._within = ""

    def start(self, name: str, given: dict[str, str]) -> None:
        if name in ("fonts", "cellXfs", "cellStyleXfs", "dxfs"):
            self._within = name
        elif name == "numFmt" and self._within != "dxfs":
            self._codes[int(given.get("numFmtId") or 0)] = given.get("formatCode", "")
        elif name == "font" and self._within == "fonts":
            self._struck.append(False)
        elif name == "strike" and self._within == "fonts" and self._struck:
            self._struck[-1] = given.get("val", "1") not in _FALSE
        elif name == "xf" and self._within == "cellXfs" and len(self.found) < _MOST:
            self.found.append(self._style(given))

    def end(self, name: str) -> None:
        if name == self._within:
            self._within = ""

    def _style(self, given: dict[str, str]) -> Style:
        number, font = int(given.get("numFmtId") or 0), int(given.get("fontId") or 0)
        code = self._codes.get(number, "")
        struck = font < len(self._struck) and self._struck[font]
        found = Style(formats.is_date(number, code), code, struck)
        return replace(found, code="") if found.date else found
