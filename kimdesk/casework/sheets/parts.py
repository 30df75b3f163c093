"""The parts of a zipped workbook, read as XML piece by piece: no entities, nothing unpacked at once."""

import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING
from xml.parsers import expat  # nosec - document types, and with them entities, are refused

from kimdesk.casework.sheets.raw import TOO_LARGE, UNREADABLE
from kimdesk.domain.errors import ContentError

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

MOST_UNPACKED = 400 * 1024 * 1024  # bytes of all parts together
_PIECE = 256 * 1024

Start = Callable[[str, dict[str, str]], None]
Text = Callable[[str], None]


class Enough(Exception):  # noqa: N818 - no error: the rest of a part is not wanted
    """Raised by whoever hears a part, to end its reading."""


class Parts:
    """A zip file with parts of XML. Raises ContentError E720 for no such file, E721 for too much in it."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
            raise ContentError(UNREADABLE) from None
        self._names = {each.filename.lstrip("/").lower(): each for each in self._zip.infolist()}
        if sum(each.file_size for each in self._names.values()) > MOST_UNPACKED:
            raise ContentError(TOO_LARGE)

    def __contains__(self, name: str) -> bool:
        return name.lstrip("/").lower() in self._names

    def hear(self, name: str, start: Start, end: Text | None = None, text: Text | None = None) -> None:
        """Tell the elements of a part as they come, by their names without prefix; none if it is missing.

        Raises ContentError E720 when it is no XML.
        """
        found = self._names.get(name.lstrip("/").lower())
        if found is None:
            return
        parser = _parser(start, end, text)
        try:
            with suppress(Enough), self._zip.open(found) as part:
                while piece := part.read(_PIECE):
                    parser.Parse(piece, False)
                parser.Parse(b"", True)
        except (expat.ExpatError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError,
                EOFError, OSError, ValueError):  # fmt: skip
            raise ContentError(UNREADABLE) from None


def _parser(start: Start, end: Text | None, text: Text | None) -> "XMLParserType":
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    bare = _Bare()
    parser.StartElementHandler = lambda name, attributes: start(bare[name], attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(bare[name])
    if text is not None:
        parser.CharacterDataHandler = text
    return parser


class _Bare(dict[str, str]):
    """Names of elements without their prefixes."""

    def __missing__(self, name: str) -> str:
        found = self[name] = name.rpartition(":")[2]
        return found


def _refuse(*_: object) -> None:
    raise ContentError(UNREADABLE)
