"""What a paper says of its parts, so that it can be read aloud: headings, paragraphs, lists, tables, figures.

The parts are made in the order they are read in, whatever order they are drawn in; one may go on over several
pages. What is drawn outside of all parts (page numbers, lines) is an artifact that nobody reads aloud.
Source: ISO 32000-1:2008, 14.7 and 14.8; ISO 14289-1 (PDF/UA-1).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal
from xml.sax.saxutils import escape

Tag = Literal[
    "Document", "Sect", "H1", "H2", "H3", "P", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "Figure",
    "Span",
]  # fmt: skip


_METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><dc:title><rdf:Alt>
<rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


@dataclass(eq=False)
class PaperPart:
    """One part of a paper; ``alt`` is read instead of what is drawn, ``lang`` is a language of BCP 47."""

    tag: Tag
    lang: str = ""
    alt: str = ""
    scope: Literal["", "Column", "Row"] = ""  # of the head cell of a table
    span: int = 1  # columns of the table
    inside: "list[PaperPart | tuple[int, int]]" = field(default_factory=list)

    def add(
        self, tag: Tag, *, lang: str = "", alt: str = "", scope: Literal["", "Column", "Row"] = "",
        span: int = 1,
    ) -> "PaperPart":  # fmt: skip
        """Return a new last part of this one."""
        part = PaperPart(tag, lang, alt, scope, span)
        self.inside.append(part)
        return part

    def every(self) -> Iterator["PaperPart"]:
        """Yield this part and all below it, as they are read."""
        yield self
        for each in self.inside:
            if isinstance(each, PaperPart):
                yield from each.every()


def add_cells(row: PaperPart, columns: int, rows: int) -> list[PaperPart]:
    """Return the cells of one of the ``rows`` below the head of a table.

    The first one says whose row it is, unless there would be more heads than data: who listens to such a
    table hears nothing but heads.
    """
    whose = columns + rows <= rows * (columns - 1)
    first = row.add("TH", scope="Row") if whose else row.add("TD")
    return [first, *(row.add("TD") for _ in range(columns - 1))]


class Structure:
    """The parts of one PDF, and which stretch of which page belongs to which of them."""

    def __init__(self) -> None:
        self.document = PaperPart("Document")
        self._pages: list[list[PaperPart]] = [[]]

    def begin(self, part: PaperPart) -> str:
        """Return what begins a stretch of ``part`` on the page of the moment; ``EMC`` ends it."""
        page = self._pages[-1]
        part.inside.append((len(self._pages) - 1, len(page)))
        page.append(part)
        return f"/{part.tag} <</MCID {len(page) - 1}>> BDC"

    def turn(self) -> None:
        """Go on with the next page."""
        self._pages.append([])

    def write_into(self, document: Any) -> None:
        """Write the parts into ``document`` of reportlab, whose pages are all there.

        They are written as bytes: to format each of them as an object takes longer than to set the text.
        """
        for number, page in enumerate(document.Pages.pages):
            _announce(page, number)
        self._prune(self.document)
        writer = _Writer(document)
        root = writer.begin("structure")
        top = writer.element(self.document, root)
        found = b" ".join(b"%d [%b]" % (at, writer.places(page)) for at, page in enumerate(self._pages))
        tree = writer.add("structure-pages", b"<</Nums [%b]>>" % found)
        said = b"<</Type /StructTreeRoot /K [%b] /ParentTree %b /ParentTreeNextKey %d>>"
        writer.end("structure", said % (top, tree, len(self._pages)))
        document.Catalog.StructTreeRoot = root
        document.Catalog.MarkInfo = b"<</Marked true>>"

    def _prune(self, part: PaperPart) -> None:
        """Leave out parts of which nothing was drawn."""
        for each in [one for one in part.inside if isinstance(one, PaperPart)]:
            self._prune(each)
            if not each.inside and each.tag != "TD":  # an empty cell has its place in the row
                part.inside.remove(each)


class _Writer:
    """Writes the parts of one paper as objects of a PDF; a place is how an object is referred to."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._made: dict[PaperPart, bytes] = {}

    def begin(self, name: str) -> bytes:
        """Return the place of an object that is written later."""
        self._document.Reference(b"null", name)
        return b"%d %d R" % self._document.idToObjectNumberAndVersion[name]

    def end(self, name: str, data: bytes) -> None:
        """Write an object that was begun."""
        self._document.idToObject[name] = data

    def add(self, name: str, data: bytes) -> bytes:
        """Write an object and return its place."""
        place = self.begin(name)
        self.end(name, data)
        return place

    def places(self, parts: list[PaperPart]) -> bytes:
        """Return the places of parts that were written."""
        return b" ".join(self._made[each] for each in parts)

    def element(self, part: PaperPart, above: bytes) -> bytes:
        """Write ``part`` and all below it, and return its place."""
        name = f"part-{len(self._made)}"
        self._made[part] = place = self.begin(name)
        own = next((each[0] for each in part.inside if isinstance(each, tuple)), None)
        inside = b" ".join(self._inside(each, place, own) for each in part.inside)
        page = b"" if own is None else b"/Pg %b" % self._page(own)
        said = b"<</Type /StructElem /S /%b /P %b %b /K [%b]%b>>"
        self.end(name, said % (part.tag.encode(), above, page, inside, self._told(part)))
        return place

    def _inside(self, each: PaperPart | tuple[int, int], above: bytes, own: int | None) -> bytes:
        if isinstance(each, PaperPart):
            return self.element(each, above)
        page, number = each
        return (
            b"%d" % number if page == own else b"<</Type /MCR /Pg %b /MCID %d>>" % (self._page(page), number)
        )

    def _page(self, number: int) -> bytes:
        return b"%d %d R" % self._document.idToObjectNumberAndVersion[f"Page{number + 1}"]

    def _told(self, part: PaperPart) -> bytes:
        from reportlab.pdfbase.pdfdoc import PDFString, pdfdocEnc

        texts = {b"Lang": part.lang, b"Alt": part.alt}
        said = {key: PDFString(text).format(self._document) for key, text in texts.items() if text}
        told = b"".join(b" /%b %b" % (key, pdfdocEnc(text)) for key, text in said.items())
        if part.scope or part.span > 1:
            scope = b" /Scope /%b" % part.scope.encode() if part.scope else b""
            told += b" /A <</O /Table%b%b>>" % (scope, b" /ColSpan %d" % part.span if part.span > 1 else b"")
        return told


def metadata(title: str) -> Any:
    """Return what readers show as the title, and by which rules the parts are told; no name of a person."""
    from reportlab.pdfbase.pdfdoc import XMP

    words = _METADATA.format(title=escape(title))
    return XMP(creator=lambda document: words.encode())  # noqa: ARG005 - as reportlab calls it


def _announce(page: Any, number: int) -> None:
    """Let a page of reportlab say by which number its stretches are found, and that Tab follows the parts."""
    from reportlab.pdfbase.pdfdoc import PDFName, PDFPage, PDFStream, PDFZCompress

    class TaggedPage(PDFPage):  # type: ignore[misc]
        __NoDefault__: ClassVar[list[str]] = [*PDFPage.__NoDefault__, "StructParents", "Tabs"]

    page.__class__ = TaggedPage
    page.StructParents, page.Tabs = number, PDFName("S")
    page.Contents = PDFStream(content=page.stream, filters=[PDFZCompress])  # not as letters of ASCII besides
