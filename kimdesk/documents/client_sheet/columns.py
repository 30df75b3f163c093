"""Lines of both languages as rows of a page: German at the left, the other at the right."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from kimdesk.documents.client_sheet.looks import GERMAN, GUTTER, LEFT, RIGHT, Voice
from kimdesk.documents.client_sheet.parts import Both
from kimdesk.documents.print import PaperPart, Sheets, TextStyle
from kimdesk.documents.print.flow import FlowRow, SetWord, beside
from kimdesk.documents.print.sheets import Edge
from kimdesk.documents.print.structure import Tag

_LONG = 900  # signs from which a paragraph takes the whole width


@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch across the page; ``ends``: what stands there ends at its right edge."""

    left: float
    right: float
    ends: bool = False

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Tongues:
    """German and the language of the sheet, which is None where German is alone."""

    own: Voice | None

    @property
    def mirrored(self) -> bool:
        """Whether tables begin at the right."""
        return self.own is not None and self.own.base == 1

    def spans(self, part: PaperPart, text: Both) -> tuple[PaperPart, PaperPart]:
        """Return what is read of ``part`` in German and in the other language."""
        if not (self.own and text.own):
            return part, part
        return part.add("Span", lang=GERMAN.tag), part.add("Span", lang=self.own.tag)

    def parts(self, above: PaperPart, tag: Tag, text: Both) -> tuple[PaperPart, PaperPart]:
        """Return a new part for each language."""
        if not (self.own and text.own):
            part = above.add(tag)
            return part, part
        return above.add(tag, lang=GERMAN.tag), above.add(tag, lang=self.own.tag)

    def pair(
        self, text: Both, style: TextStyle, parts: tuple[PaperPart | None, PaperPart | None],
        places: tuple[Extent, Extent] | None = None, *, above: float = 0.0,
    ) -> list[FlowRow]:  # fmt: skip
        """Return ``text`` beside each other; over the whole width where there is one language, or much."""
        german, other = places or halves(LEFT, RIGHT)
        both = self.own is not None and text.own not in ("", text.german)
        long = both and places is None and max(len(text.german), len(text.own)) > _LONG
        if not both or long:
            german = other = Extent(german.left, other.right)
        first = kept(lines(text.german, style, GERMAN, german, parts[0], above))
        if not (both and self.own):
            return first
        if long:
            return [*first, *kept(lines(text.own, style, self.own, other, parts[1], style.size * 0.5))]
        return kept(beside(first, lines(text.own, style, self.own, other, parts[1], above)))

    def stacked(self, text: Both, style: TextStyle, part: PaperPart | None, place: Extent) -> list[FlowRow]:
        """Return ``text`` below each other in one cell: the language of the person first, then German."""
        if text.own == text.german:
            text = Both(text.german)
        german, other = self.spans(part, text) if part else (None, None)
        own = lines(text.own, style, self.own, place, other) if self.own else []
        quiet = replace(style, size=style.size * 0.92, gray=0.3) if own else style
        return [*own, *lines(text.german, quiet, GERMAN, place, german, 2.5 if own else 0.0)]


def halves(left: float, right: float) -> tuple[Extent, Extent]:
    """Return the places of German and of the other language."""
    middle = (left + right) / 2
    return Extent(left, middle - GUTTER / 2), Extent(middle + GUTTER / 2, right)


def lines(
    text: str, style: TextStyle, tongue: Voice, place: Extent, part: PaperPart | None, above: float = 0.0
) -> list[FlowRow]:
    """Return the lines of ``text``, the first one ``above`` further below."""
    edge: Edge = "right" if tongue.base or place.ends else "left"
    x, step = place.right if edge == "right" else place.left, tongue.step(style)
    set_in = tongue.style(style)
    return [
        FlowRow(step + (above if number == 0 else 0.0), (SetWord(line, x, set_in, part, edge),))
        for number, line in enumerate(tongue.broken(text, place.width, style))
    ]


def kept(rows: Sequence[FlowRow]) -> list[FlowRow]:
    """Return ``rows`` so that neither the first nor the last one stands alone on a page."""
    last = len(rows) - 1
    return [
        replace(row, stays=row.stays or (number < last and number in (0, last - 1)))
        for number, row in enumerate(rows)
    ]


def together(rows: Sequence[FlowRow]) -> list[FlowRow]:
    """Return ``rows`` so that no page begins within them."""
    return [*(replace(row, stays=True) for row in rows[:-1]), *rows[-1:]]


def staying(rows: Sequence[FlowRow]) -> list[FlowRow]:
    """Return ``rows`` so that the last of them is on the page of what follows."""
    return [*rows[:-1], *(replace(row, stays=True) for row in rows[-1:])]


def behind(rows: Sequence[FlowRow], picture: Callable[[Sheets, float], None]) -> list[FlowRow]:
    """Return ``rows`` with ``picture`` drawn behind the words of the first."""
    return [*(replace(row, drawn=(picture, *row.drawn)) for row in rows[:1]), *rows[1:]]


def numbered(items: Sequence[Both], first: int = 1) -> Iterator[Both]:
    """Yield ``items`` with the same number before both languages, so that two can point at one."""
    for number, each in enumerate(items, first):
        yield Both(f"{number}. {each.german}", f"{number}. {each.own}" if each.own else "")
