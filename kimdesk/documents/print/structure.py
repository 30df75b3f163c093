"""What a paper says of its parts, so that it can be read aloud: headings, paragraphs, lists, tables, figures.

The parts are made in the order they are read in, whatever order they are drawn in; one may go on over several
pages. What is drawn outside of all parts (page numbers, lines) is an artifact that nobody reads aloud.
Source: ISO 32000-1:2008, 14.7 and 14.8; ISO 14289-1 (PDF/UA-1).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from reportlab.pdfbase.pdfdoc import PDFDictionary

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
        """Write the parts into ``document`` of reportlab, whose pages are all there."""
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

        for number, page in enumerate(document.Pages.pages):
            _announce(page, number)
        self._prune(self.document)
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        place = document.Reference(root, "structure")
        made: dict[PaperPart, Any] = {}
        self._element(self.document, place, document, made)
        found = [PDFArray([made[each] for each in page]) for page in self._pages]
        numbers = [one for pair in enumerate(found) for one in pair]
        root.dict.update({
            "K": PDFArray([made[self.document]]),
            "ParentTree": document.Reference(PDFDictionary({"Nums": PDFArray(numbers)}), "structure-pages"),
            "ParentTreeNextKey": len(self._pages),
        })  # fmt: skip
        document.Catalog.StructTreeRoot = place
        document.Catalog.MarkInfo = PDFDictionary({"Marked": _true()})

    def _prune(self, part: PaperPart) -> None:
        """Leave out parts of which nothing was drawn."""
        for each in [one for one in part.inside if isinstance(one, PaperPart)]:
            self._prune(each)
            if not each.inside and each.tag != "TD":  # an empty cell has its place in the row
                part.inside.remove(each)

    def _element(self, part: PaperPart, above: Any, document: Any, made: dict[PaperPart, Any]) -> Any:
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObjectReference

        element = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(part.tag), "P": above})
        made[part] = place = document.Reference(element, f"part-{len(made)}")
        _describe(part, element)
        element.dict["K"] = PDFArray([
            self._element(each, place, document, made) if isinstance(each, PaperPart) else PDFDictionary(
                {"Type": PDFName("MCR"), "Pg": PDFObjectReference(f"Page{each[0] + 1}"), "MCID": each[1]}
            )
            for each in part.inside
        ])  # fmt: skip
        return place


def metadata(title: str) -> Any:
    """Return what readers show as the title, and by which rules the parts are told; no name of a person."""
    from reportlab.pdfbase.pdfdoc import XMP

    words = _METADATA.format(title=escape(title))
    return XMP(creator=lambda document: words.encode())  # noqa: ARG005 - as reportlab calls it


def _describe(part: PaperPart, element: "PDFDictionary") -> None:
    from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFString

    if part.lang:
        element.dict["Lang"] = PDFString(part.lang)
    if part.alt:
        element.dict["Alt"] = PDFString(part.alt)
    if part.scope or part.span > 1:
        told: dict[str, object] = {"O": PDFName("Table")}
        told |= {"Scope": PDFName(part.scope)} if part.scope else {}
        told |= {"ColSpan": part.span} if part.span > 1 else {}
        element.dict["A"] = PDFDictionary(told)


def _announce(page: Any, number: int) -> None:
    """Let a page of reportlab say by which number its stretches are found, and that Tab follows the parts."""
    from reportlab.pdfbase.pdfdoc import PDFName, PDFPage

    class TaggedPage(PDFPage):  # type: ignore[misc]
        __NoDefault__: ClassVar[list[str]] = [*PDFPage.__NoDefault__, "StructParents", "Tabs"]

    page.__class__ = TaggedPage
    page.StructParents, page.Tabs = number, PDFName("S")


def _true() -> Any:
    from reportlab.pdfbase.pdfdoc import PDFObject

    class Yes(PDFObject):  # type: ignore[misc]
        def format(self, document: object) -> bytes:  # noqa: ARG002 - as reportlab calls it
            return b"true"

    return Yes()
