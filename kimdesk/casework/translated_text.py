"""The text of a file that an interpreter brings; it runs in the cage."""

import codecs

from kimdesk.casework.sheets.encodings import ENCODINGS, guessed
from kimdesk.domain.errors import ContentError

NO_TEXT = "E787"
LARGEST = 1 << 18  # bytes

for _name in (*ENCODINGS, "utf-32-le", "utf-32-be"):
    codecs.lookup(_name)  # in the cage no file can be read any more


def text_of(data: bytes) -> str:
    """Return the text in ``data``, whatever its encoding. Raises ContentError E787 for what is no text."""
    name = guessed(data) if data and len(data) <= LARGEST else ""
    if not name:
        raise ContentError(NO_TEXT)
    text = data.decode(name, "replace")
    if any(ord(sign) < ord(" ") and sign not in "\t\r\n\f" for sign in text):
        raise ContentError(NO_TEXT)
    return text
