"""What stands on a sheet for the person, whatever place it gets there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from kimdesk.casework.letterhead import Letterhead
from kimdesk.catalogue.client_words import ClientWords
from kimdesk.documents.print import PaperPart, Sheets


@dataclass(frozen=True, slots=True)
class Both:
    """The same in German and in the language of the sheet; ``own`` is empty where there is German alone.

    What is inserted into either is isolated (``texts.bidi``).
    """

    german: str
    own: str = ""


@dataclass(frozen=True, slots=True)
class SheetHeading:
    """A heading; it stays with what follows."""

    text: Both


@dataclass(frozen=True, slots=True)
class SheetParagraph:
    """A paragraph; ``strong``: what must not be overlooked; ``quiet``: small, for what is said beside it.

    One that ``leads`` stays with what follows.
    """

    text: Both
    strong: bool = False
    quiet: bool = False
    leads: bool = False


@dataclass(frozen=True, slots=True)
class NoteBox:
    """A tinted box: its lines, and below them what matters most."""

    lines: tuple[Both, ...]
    strong: Both = Both("")


@dataclass(frozen=True, slots=True)
class BulletList:
    """Points below each other, ``numbered`` with the same number in both languages."""

    items: tuple[Both, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table with a head. A cell that is True or False is a box, ticked or empty.

    Both languages stand in one cell below each other. The first cell of a row says whose row it is.
    ``widths`` are shares of the whole.
    """

    heads: tuple[Both, ...]
    rows: tuple[tuple[Both | bool, ...], ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A thing to bring or to do: ``done`` ticks its box; ``when`` is a word and a day („bis 07.12.2026“)."""

    title: Both
    detail: Both = Both("")
    when: Both = Both("")
    done: bool = False


@dataclass(frozen=True, slots=True)
class CheckSection:
    """Rows of a checklist below their word; the tone is said by a sign and a colour too."""

    title: Both
    rows: tuple[CheckRow, ...]
    tone: Literal["plain", "missing", "there"] = "plain"


@dataclass(frozen=True, slots=True)
class SheetChecklist:
    """A checklist: what the two columns are called, and its sections; rows are numbered through."""

    what: Both
    when: Both
    sections: tuple[CheckSection, ...]


@dataclass(frozen=True, slots=True)
class SignatureLines:
    """Lines to sign on, each with what stands below it; all stay on one page with what is before them."""

    lines: tuple[Both, ...]


class PictureSpace(NamedTuple):
    """Where a picture is drawn: points from the lower left edge of the page."""

    x: float
    y: float
    width: float
    height: float


SheetDrawing = Callable[[Sheets, PaperPart, PictureSpace], None]
"""Draws into its space: lines with ``sheets.drawing(part)``, words with ``sheets.write(…, part=part)``."""


@dataclass(frozen=True, slots=True)
class SheetPicture:
    """A picture ``height`` points high over the whole width; ``alt`` is read aloud instead of it."""

    draw: SheetDrawing
    height: float
    alt: Both


class RunningHead(NamedTuple):
    """What is drawn ``height`` points high at the top of each page but the first; it is not read aloud."""

    draw: Callable[[Sheets, None, PictureSpace], None]
    height: float


SheetBlock = (
    SheetHeading
    | SheetParagraph
    | NoteBox
    | BulletList
    | SheetTable
    | SheetChecklist
    | SignatureLines
    | SheetPicture
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSheet:
    """One sheet. ``about``: whom it is for; ``language``: BCP 47 („ar“), „de“ for German alone.

    ``fixed``: what the language is called and says at the foot, from the catalogue. ``checked``: somebody who
    speaks the language has read the translation. ``running`` stands on each page after the first.
    """

    head: Letterhead
    title: Both
    blocks: tuple[SheetBlock, ...]
    about: Both = Both("")
    language: str = "de"
    fixed: ClientWords | None = None
    checked: bool = False
    practice: bool = False
    running: RunningHead | None = None
