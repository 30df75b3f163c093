"""Letters as data: who signs, subject, blocks with conditions, facts in braces; checked when they are read.

A file in ``resources/letters/`` is one version of one letter; older ones stay beside it
(``objection@1.toml``) and stay readable. What a letter can say is closed (``letter_kinds``).
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Final, Literal, NamedTuple

import msgspec

from kimdesk.catalogue.letter_kinds import KINDS, PERSONAL, LetterKind
from kimdesk.catalogue.stack import Stack, ended
from kimdesk.domain.dates import today
from kimdesk.domain.errors import ContentError
from kimdesk.domain.sentences import filled, gaps
from kimdesk.forms.shape import shaped

FOLDER: Final = "letters"
Who = Literal["desk", "client"]
Basis = Literal["consent", "own", "herself", "nobody"]
"""By what a letter may tell who the client is: her consent, or a reason noted with the referral; her own
signature, for she sends it; it goes to herself; or it names nobody."""


class LetterBlock(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A paragraph, a heading, or a ``part``: a list or table of what the case holds.

    It is written when everything in ``when`` holds and nothing in ``unless``. A sentence about the law says
    its ``source``, whether it was compared with it, and from when until when it holds.
    """

    text: str = ""
    part: str = ""
    heading: bool = False
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    code: str = ""
    title: str = ""
    source: str = ""
    checked: bool = False
    valid_from: date | None = None
    valid_until: date | None = None

    def holds(self, on: date) -> bool:
        """Return whether it is in force on the day ``on``."""
        return (self.valid_from or on) <= on <= (self.valid_until or on)


class LetterSignature(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose signature it bears, and what stands below the name."""

    who: Who
    role: str = ""


class LetterText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One letter in one of its versions.

    It ``needs`` facts that may be missing: without one there is no such letter. ``to``: lines of the address,
    where the case knows none. A further line of the ``subject`` is left out when a fact of it is missing.
    """

    code: str
    version: int
    about: str
    title: str
    source: str
    valid_from: date
    valid_until: date | None = None
    checked: bool = False
    sender: Who = "desk"
    basis: Basis
    needs: tuple[str, ...] = ()
    received: bool = False  # it bears the day and hour at which it came in
    to: tuple[str, ...] = ()
    subject: tuple[str, ...]
    blocks: tuple[LetterBlock, ...] = msgspec.field(name="block")
    signatures: tuple[LetterSignature, ...] = msgspec.field(name="signature", default=())

    @property
    def kind(self) -> LetterKind:
        """Return what it can say."""
        return KINDS[self.about]

    def offered(self, on: date) -> bool:
        """Return whether this version is in force on the day ``on``."""
        return self.valid_from <= on <= (self.valid_until or on)


class LetterComplaint(NamedTuple):
    """What is wrong with a letter: ``what`` as a code, where, and the word it is about.

    about · braces · empty · names_client · undated (a sentence of the law without code and title) ·
    unguarded (a fact that may be missing, without ``when``) · unknown_condition · unknown_fact ·
    unknown_part · unsigned
    """

    what: str
    place: str
    word: str = ""


class LetterShelf:
    """The letters in a stack of documents, all read when the first is asked for."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack

    def every(self) -> tuple[LetterText, ...]:
        """Return all letters in all versions, by code and version."""
        return tuple(one for versions in self._versions.values() for one in versions)

    def find(self, code: str, version: int | None = None, on: date | None = None) -> LetterText:
        """Return the letter ``code`` in ``version``; without one that of the day ``on`` (today when
        None), else the newest.

        Raises ContentError E700 when there is none.
        """
        versions = self._versions.get(code, ())
        if version is not None:
            versions = tuple(one for one in versions if one.version == version)
        if not versions:
            raise ContentError(
                "E700", name=f"{FOLDER}/{code}", place="code" if version is None else "version"
            )
        day = on or today()
        return next((one for one in reversed(versions) if one.offered(day)), versions[-1])

    @cached_property
    def _versions(self) -> dict[str, tuple[LetterText, ...]]:
        read: dict[tuple[str, int], LetterText] = {}
        for document in self._stack.folder(FOLDER):
            one = parse(document.table, document.name)
            if one.code != document.name.partition("@")[0]:
                raise ContentError("E700", name=f"{FOLDER}/{document.name}", place="code")
            read[one.code, one.version] = ended(one, document.until)
        found: dict[str, tuple[LetterText, ...]] = {}
        for (code, _), one in sorted(read.items()):
            found[code] = (*found.get(code, ()), one)
        return found


def parse(table: Mapping[str, Any], name: str) -> LetterText:
    """Return the letter that ``table`` describes. Raises ContentError E700 when it is broken."""
    found = shaped(table, LetterText, name)
    for what, place, word in complaints(found):
        raise ContentError("E700", name=name, place=f"{place}: {what} {word}".rstrip())
    return found


def complaints(letter: LetterText) -> Iterator[LetterComplaint]:
    """Yield what is wrong with ``letter``, nothing when it can be written."""
    if letter.about not in KINDS:
        yield LetterComplaint("about", "about", letter.about)
        return
    if not letter.subject or not all(map(str.strip, letter.subject)):
        yield LetterComplaint("empty", "subject")
    by_client = letter.sender == "client" or any(one.who == "client" for one in letter.signatures)
    if letter.basis == "own" and not any(one.who == "client" for one in letter.signatures):
        yield LetterComplaint("unsigned", "signature")
    if letter.basis == "nobody" and by_client:
        yield LetterComplaint("names_client", "signature")
    for fact in sorted(set(letter.needs) - letter.kind.known):
        yield LetterComplaint("unknown_fact", "needs", fact)
    for place, text, sure in _texts(letter):
        yield from _of_text(letter, place, text, sure)
    for number, block in enumerate(letter.blocks, 1):
        yield from _of_block(letter.kind, f"block {number}", block)


def _texts(letter: LetterText) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Yield every text of ``letter`` with its place and with what is sure to be known there."""
    always = letter.kind.always.union(letter.needs)
    for number, block in enumerate(letter.blocks, 1):
        yield f"block {number}", block.text, always.union(block.when)
    for number, line in enumerate(letter.subject):
        yield "subject", line, letter.kind.facts if number else always
    yield from (("to", line, always) for line in letter.to)
    yield from (("signature", one.role, always) for one in letter.signatures)


def _of_text(letter: LetterText, place: str, text: str, sure: frozenset[str]) -> Iterator[LetterComplaint]:
    if set("{}") & set(filled(text, dict.fromkeys(gaps(text), ""))):
        yield LetterComplaint("braces", place)
    for fact in sorted(gaps(text)):
        if fact not in letter.kind.facts:
            yield LetterComplaint("unknown_fact", place, fact)
        elif fact not in sure:
            yield LetterComplaint("unguarded", place, fact)
        elif letter.basis == "nobody" and fact in PERSONAL:
            yield LetterComplaint("names_client", place, fact)


def _of_block(kind: LetterKind, place: str, block: LetterBlock) -> Iterator[LetterComplaint]:
    if bool(block.text.strip()) == bool(block.part):
        yield LetterComplaint("empty", place)
    if block.part and block.part not in kind.parts:
        yield LetterComplaint("unknown_part", place, block.part)
    for condition in sorted({*block.when, *block.unless} - kind.conditions):
        yield LetterComplaint("unknown_condition", place, condition)
    if block.source and not (block.code and block.title):
        yield LetterComplaint("undated", place)
