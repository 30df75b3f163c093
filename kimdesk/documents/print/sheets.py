"""The paper itself: pages of A4 that text is written on."""

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any, Literal, NamedTuple

from kimdesk.documents.print import bidi
from kimdesk.documents.print.embed import Embedded
from kimdesk.documents.print.faces import Face, Glyph
from kimdesk.documents.print.images import entered, png_rows
from kimdesk.documents.print.signs import FontRun, runs, settled
from kimdesk.documents.print.structure import PaperPart, Structure, metadata
from kimdesk.documents.print.style import TextStyle

_TEXTLESS = frozenset("\u200b\u200c\u200d\u200e\u200f\u061c\u2066\u2067\u2068\u2069")
_BREAKS = " \u1361"
_CLOSE = 0.05
_NOTHING = "\u200b"

Edge = Literal["left", "right"]


class SetLine(NamedTuple):
    """One line of a paragraph, with the way each of its signs runs; ``base`` is the way of the paragraph."""

    text: str
    levels: list[int]
    base: int = 0


class Sheets:
    """Pages of A4. Points from the lower left edge.

    ``document`` is the whole paper, to which parts are added as they are read aloud; what is written without
    one is an artifact (page numbers, marks). Whatever it sets is refused with ContentError E797 when no font
    has a sign of it.
    """

    def __init__(self, title: str, lang: str = "de") -> None:
        from reportlab.lib.pagesizes import A4
        from reportlab.pdfgen.canvas import Canvas

        self._out = io.BytesIO()
        self.canvas: Any = Canvas(
            self._out, pagesize=A4, invariant=True, lang=lang, initialFontName="Courier", pdfVersion=(1, 7)
        )
        self.canvas._preamble = "1 0 0 1 0 0 cm"  # noqa: SLF001 - without a font that is not embedded
        self.canvas.setTitle(title)
        self.canvas.setAuthor("KIMdesk")
        self._title = title
        self._fonts: dict[Face, Embedded] = {}
        self._structure = Structure()
        self._marks = 0

    @property
    def document(self) -> PaperPart:
        """Return the whole paper."""
        return self._structure.document

    def write(
        self, text: "str | SetLine", x: float, y: float, style: TextStyle, edge: Edge = "left",
        part: PaperPart | None = None,
    ) -> None:  # fmt: skip
        """Write one line of ``part`` at ``x``: its left edge or its right one."""
        line = one_line(text) if isinstance(text, str) else text
        shaped = list(_shaped(line, style))
        if edge == "right":
            x -= sum(glyph.advance for _, glyphs in shaped for glyph in glyphs) * style.size / 1000
        codes = self._codes(line, shaped, x, y, style)
        self.canvas.addLiteral(" ".join([self._begun(part), "BT", style.color, *codes, "ET EMC"]))

    @contextmanager
    def drawing(self, part: PaperPart | None = None) -> Iterator[Any]:
        """Yield reportlab's canvas for lines, boxes and pictures of ``part``."""
        self.canvas.addLiteral(self._begun(part))
        yield self.canvas
        self.canvas.addLiteral("EMC")

    def rule(
        self, start: float, end: float, y: float, *, width: float = 0.6, gray: float = 0.0,
        part: PaperPart | None = None,
    ) -> None:  # fmt: skip
        """Draw a line across, from ``start`` to ``end``."""
        with self.drawing(part) as canvas:
            canvas.setLineWidth(width)
            canvas.setStrokeGray(gray)
            canvas.line(start, y, end, y)

    def image(self, png: bytes, x: float, y: float, size: tuple[float, float], part: PaperPart) -> None:
        """Draw a PNG of this program from its lower left edge. Raises ValueError for any other picture."""
        name = f"picture-{zlib.crc32(png):08x}"
        with self.drawing(part) as canvas:
            if not canvas.hasForm(name):
                entered(canvas._doc, png_rows(png), name)  # noqa: SLF001 - reportlab would read the picture
            canvas.saveState()
            canvas.transform(size[0], 0, 0, size[1], x, y)
            canvas.doForm(name)
            canvas.restoreState()

    def bookmark(self, title: str, y: float, level: int = 0) -> None:
        """Let the outline of the PDF lead to ``title`` at the height ``y`` of this page."""
        self._marks += 1
        key = f"mark-{self._marks}"
        self.canvas.bookmarkHorizontal(key, 0, y)
        self.canvas.addOutlineEntry(title, key, level)

    def turn(self) -> None:
        """Begin the next page."""
        self.canvas.showPage()
        self._structure.turn()

    def finished(self) -> bytes:
        """Return the PDF; the page that is begun is its last one."""
        self.canvas.showPage()
        document = self.canvas._doc  # noqa: SLF001 - reportlab knows no parts and no fonts but its own
        document.idToObject["BasicFonts"].dict.pop("F1", None)  # as the preamble
        self._structure.write_into(document)
        document.Catalog.Metadata = metadata(self._title)
        self.canvas.setViewerPreference("DisplayDocTitle", "true")
        self.canvas.save()
        return self._out.getvalue()

    def _begun(self, part: PaperPart | None) -> str:
        return self._structure.begin(part) if part else "/Artifact BMC"

    def _codes(
        self,
        line: SetLine,
        shaped: list[tuple[FontRun, tuple[Glyph, ...]]],
        x: float,
        y: float,
        style: TextStyle,
    ) -> Iterator[str]:
        for run, glyphs in shaped:
            font = self._font(run.face)
            yield f"/{font.name} {style.size * run.face.scale:g} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm"
            yield from _shown(font, line.text[run.start : run.end], glyphs, style.size)
            x += sum(glyph.advance for glyph in glyphs) * style.size / 1000

    def _font(self, face: Face) -> Embedded:
        if face not in self._fonts:
            font = self._fonts[face] = Embedded(face, f"KD{len(self._fonts)}")
            self.canvas._doc.delayedFonts.append(font)  # noqa: SLF001 - reportlab's fonts enter by this list
        return self._fonts[face]


def one_line(text: str, base: int = 0) -> SetLine:
    """Return ``text`` as a paragraph of one line that runs to the right (0) or to the left (1)."""
    plain = settled(text)
    return SetLine(plain, bidi.levels(plain, base), base)


def width_of(text: str, style: TextStyle) -> float:
    """Return how wide a line is, in points."""
    advances = (glyph.advance for _, glyphs in _shaped(one_line(text), style) for glyph in glyphs)
    return sum(advances) * style.size / 1000


def broken(text: str, width: float, style: TextStyle, base: int = 0) -> list[SetLine]:
    """Break a paragraph at blanks, and a word wider than ``width`` wherever it must be.

    ``base`` is 1 for a paragraph that runs to the left.

    Not at hyphens: readers take a hyphen at the end of a line for none, and the name copied lacks it.
    """
    whole = one_line(text, base)
    found, start, used = list[SetLine](), 0, 0.0
    for begin, end in _pieces(whole.text, width, style):
        bare = width_of(whole.text[begin:end].rstrip(), style)
        if begin > start and used + bare > width:
            found.append(_part(whole, start, begin))
            start, used = begin, 0.0
        used += width_of(whole.text[begin:end], style)
    return [*found, _part(whole, start, len(whole.text))]


def _pieces(text: str, width: float, style: TextStyle) -> Iterator[tuple[int, int]]:
    """Yield from where to where the text must stay together."""
    begin = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and (text[end - 1] not in _BREAKS or text[end] == " "):
            continue
        while width_of(text[begin:end].rstrip(), style) > width and end - begin > 1:
            fits = next(
                (n for n in range(end - 1, begin, -1) if width_of(text[begin:n], style) <= width), begin + 1
            )
            yield begin, fits
            begin = fits
        yield begin, end
        begin = end


def _part(whole: SetLine, start: int, end: int) -> SetLine:
    text = whole.text[start:end].rstrip(" ")
    return SetLine(text, whole.levels[start : start + len(text)], whole.base)


def _shaped(line: SetLine, style: TextStyle) -> Iterator[tuple[FontRun, tuple[Glyph, ...]]]:
    """Yield the runs of a line from left to right."""
    found = runs(line.text, bidi.of_line(line.text, line.levels, line.base), style.weight)
    for place in bidi.visual([run.level for run in found]):
        run = found[place]
        yield run, run.face.shape(line.text[run.start : run.end], to_left=bool(run.level % 2))


def _shown(font: Embedded, text: str, glyphs: tuple[Glyph, ...], size: float) -> Iterator[str]:
    """Yield what draws ``glyphs`` from where the pen is: in few pieces, for readers guess by them."""
    plain, behind = list[str](), 0.0
    for said, own in _clusters(text, glyphs):
        if not said:  # isolates and joiners are not drawn
            continue
        if len(own) == 1 and abs(own[0].y) <= _CLOSE:
            behind, codes = _moved(font, said, own[0], behind)
            plain.append(codes)
            continue
        if plain:
            yield f"[{''.join(plain)}] TJ"
        plain = []
        yield f"/Span <</ActualText <FEFF{said.encode('utf-16-be').hex().upper()}>>> BDC"
        widest = max(own, key=lambda glyph: glyph.advance)
        for glyph in own:
            behind, codes = _moved(font, said if glyph is widest else _NOTHING, glyph, behind)
            yield f"{glyph.y * size / 1000:.2f} Ts [{codes}] TJ"
        yield "0 Ts EMC"
    if plain:
        yield f"[{''.join(plain)}] TJ"


def _moved(font: Embedded, said: str, glyph: Glyph, behind: float) -> tuple[float, str]:
    """Return how far the pen is behind after ``glyph``, and its code with the move before it."""
    shift, scale = behind + glyph.x, font.face.scale
    moved = f"{-shift / scale:.1f}" if abs(shift) > _CLOSE else ""
    rest = glyph.advance - glyph.x - font.face.own_width(glyph.number) * scale
    return rest + (0.0 if moved else shift), f"{moved}<{font.code(glyph.number, said):04X}>"


def _clusters(text: str, glyphs: tuple[Glyph, ...]) -> Iterator[tuple[str, tuple[Glyph, ...]]]:
    """Yield the text and the glyphs of what was shaped together, from left to right."""
    starts = sorted({glyph.cluster for glyph in glyphs})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    for start, own in groupby(glyphs, lambda glyph: glyph.cluster):
        yield "".join(each for each in text[start : ends[start]] if each not in _TEXTLESS), tuple(own)
