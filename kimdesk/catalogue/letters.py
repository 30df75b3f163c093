"""Letters as data: subject and blocks with conditions and facts, checked when they are read."""

import string
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal

import msgspec

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.errors import ContentError
from kimdesk.forms.shape import shaped

FOLDER: Final = "letters"
FACTS: Final = frozenset({"client", "born", "offer", "service", "answer_by", "consent_on"})
"""What a letter about a referral may say; dates are written out."""

When = Literal["", "warm", "cold", "answer", "consent"]


class LetterBlock(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A paragraph, or the ``papers`` of the checklist: what is enclosed and what follows."""

    kind: Literal["text", "papers"] = "text"
    when: When = ""
    text: str = ""


class LetterText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One letter in one of its versions."""

    code: str
    version: int
    title: str
    source: str
    valid_from: date
    valid_until: date | None = None
    checked: bool = False
    subject: tuple[str, ...]
    blocks: tuple[LetterBlock, ...] = msgspec.field(name="block")


def letter(catalogue: Catalogue, code: str) -> LetterText:
    """Return the letter ``code``. Raises ContentError E700 when there is none, or it is broken."""
    path = f"{FOLDER}/{code}.toml"
    try:
        table = catalogue.stack.table(path)
    except KeyError as error:
        raise ContentError("E700", name=path, place="code") from error
    return parse(table, path)


def parse(table: Mapping[str, Any], name: str) -> LetterText:
    """Return the letter that ``table`` describes. Raises ContentError E700 when it is broken."""
    found = shaped(table, LetterText, name)
    for text in (*found.subject, *(block.text for block in found.blocks)):
        if unknown := set(_named(text, name)) - FACTS:
            raise ContentError("E700", name=name, place=min(unknown))
    if not found.subject or any((block.kind == "text") != bool(block.text) for block in found.blocks):
        raise ContentError("E700", name=name, place="text")
    return found


def _named(text: str, name: str) -> list[str]:
    try:
        return [field for _, field, _, _ in string.Formatter().parse(text) if field is not None]
    except ValueError as error:
        raise ContentError("E700", name=name, place=text) from error
