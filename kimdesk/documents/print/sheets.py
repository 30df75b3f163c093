"""The paper itself: pages of A4 that text is written on."""

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from kimdesk.documents.print.embed import Embedded
from kimdesk.documents.print.faces import Face
from kimdesk.documents.print.images import entered, png_rows
from kimdesk.documents.print.lines import SetLine, one_line, stretches
from kimdesk.documents.print.structure import PaperPart, Structure, metadata
from kimdesk.documents.print.style import TextStyle

Edge = Literal["left", "right"]


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
        found = stretches(line, style.weight)
        words = [self._font(each.face).words(each, style.size) for each in found]
        if edge == "right":
            x -= sum(width for _, _, width in words)
        drawn = list[str]()
        for each, (codes, start, width) in zip(found, words, strict=True):
            font = f"/{self._font(each.face).name} {style.size * each.face.scale:g} Tf"
            drawn.append(f"{font} 1 0 0 1 {x + start:.2f} {y:.2f} Tm {codes}")
            x += width
        self.canvas.addLiteral(f"{self._begun(part)} BT {style.color} {' '.join(drawn)} ET EMC")

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

    def _font(self, face: Face) -> Embedded:
        if face not in self._fonts:
            font = self._fonts[face] = Embedded(face, f"KD{len(self._fonts)}")
            self.canvas._doc.delayedFonts.append(font)  # noqa: SLF001 - reportlab's fonts enter by this list
        return self._fonts[face]
