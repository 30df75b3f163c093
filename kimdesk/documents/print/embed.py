"""A font inside a PDF: only the glyphs that were used, in one weight, and the text each stands for.

A code of the font is a pair of glyph and text: the same glyph with another text gets another code. So what is
copied or read aloud is what was written, also where one glyph stands for several letters.
"""

import zlib
from itertools import groupby
from typing import Any, NamedTuple

from kimdesk.documents.print.faces import Face
from kimdesk.documents.print.lines import FontStretch
from kimdesk.documents.print.words import Cluster, Moved, Sign, drawn_word

_UNUSED = ("GSUB", "GPOS", "GDEF", "kern", "STAT", "name", "OS/2", "post", "DSIG", "MATH")
_CMAP = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) "
    "/Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def "
    "1 begincodespacerange <0000> <FFFF> endcodespacerange\n{rows}endcmap CMapName currentdict /CMap "
    "defineresource pop end end"
)
_ROWS = 100
_HARD = "\xa0"


class _Codes(NamedTuple):
    """What draws a word in one document: the inside of one TJ where it is ``plain``, else whole operators."""

    codes: str
    plain: bool
    width: float


class Embedded:
    """A face within one document of reportlab, which calls ``addObjects`` when the document is saved."""

    def __init__(self, face: Face, name: str) -> None:
        self.face, self.name = face, name
        self._codes: dict[Sign, int] = {(0, ""): 0}
        self._words: dict[tuple[str, bool, float], _Codes] = {}

    def words(self, stretch: FontStretch, size: float) -> tuple[str, float, float]:
        """Return what draws ``stretch``, how far from its left edge that begins, and how wide it is (points).

        In few pieces: readers guess by them what is a word.
        """
        known, to_left = self._words, stretch.to_left
        found = [
            known.get((word, to_left, size)) or self._word(word, to_left, size)
            for word in stretch.words
            if word
        ]
        width = sum([word.width for word in found])
        if stretch.turned and len(found) > 1 and all(map(_is_plain, found)):
            return self._turned(found, size), width - found[-1].width, width
        pieces = list[str]()
        for plain, group in groupby(found, _is_plain):
            codes = "".join([word.codes for word in group])
            pieces.append(f"[{codes.replace('><', '')}] TJ" if plain else codes)
        return " ".join(pieces), 0.0, width

    def _turned(self, words: list[_Codes], size: float) -> str:
        """Return what draws ``words`` from the last one to the first."""
        per = 1000 / (size * self.face.scale)
        codes = words[-1].codes
        for word, before in zip(words[:0:-1], words[-2::-1], strict=True):
            codes += f" {(word.width + before.width) * per:.1f} {before.codes}"
        return f"[{codes}] TJ"

    def _word(self, text: str, to_left: bool, size: float) -> _Codes:
        drawn = drawn_word(self.face, text, to_left)
        plain = drawn.is_plain
        pieces = (self._shown(part, size, plain) for part in drawn.parts)
        found = self._words[text, to_left, size] = _Codes("".join(pieces), plain, drawn.width * size / 1000)
        return found

    def _shown(self, part: tuple[Moved, ...] | Cluster, size: float, plain: bool) -> str:
        if isinstance(part, Cluster):
            raised = (f"{up * size / 1000:.2f} Ts [{self._coded((one,))}] TJ" for up, one in part.signs)
            return f"/Span <</ActualText {part.actual}>> BDC {' '.join(raised)} 0 Ts EMC "
        codes = self._coded(part)
        return codes if plain else f"[{codes}] TJ "

    def _coded(self, signs: tuple[Moved, ...]) -> str:
        """Return signs with their codes: the same sign has the same one in all of the document."""
        codes = self._codes
        return "".join(
            [f"{before}<{codes.setdefault(sign, len(codes)):04X}>{behind}" for before, sign, behind in signs]
        )

    def addObjects(self, document: Any) -> None:  # noqa: N802 - the name reportlab calls
        """Write the font into ``document``."""
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

        data, new = self._subset()
        used = repr(sorted(new)).encode()
        tag = "".join(chr(65 + (zlib.crc32(used) >> 4 * at) % 26) for at in range(6))
        base = PDFName(f"{tag}+{self.face.name}")
        widths = " ".join([f"{self.face.own_width(number):.2f}" for number, _ in self._codes])
        places = b"".join(new[number].to_bytes(2, "big") for number, _ in self._codes)
        inner = PDFDictionary({
            "Type": PDFName("Font"), "Subtype": PDFName("CIDFontType2"), "BaseFont": base, "DW": 1000,
            "CIDToGIDMap": self._stream(document, "places", places),
            "CIDSystemInfo": PDFDictionary(
                {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
            ),
            "FontDescriptor": self._descriptor(document, base, data),
            "W": f"[0 [{widths}]]",
        })  # fmt: skip
        font = PDFDictionary({
            "Type": PDFName("Font"), "Subtype": PDFName("Type0"), "BaseFont": base,
            "Encoding": PDFName("Identity-H"),
            "DescendantFonts": PDFArray([document.Reference(inner, f"{self.name}-inner")]),
            "ToUnicode": self._stream(document, "texts", self._texts().encode()),
        })  # fmt: skip
        document.idToObject["BasicFonts"].dict[self.name] = document.Reference(font, f"{self.name}-font")

    def _subset(self) -> tuple[bytes, dict[int, int]]:
        """Return the font with the used glyphs alone, and where each of them is in it."""
        import uharfbuzz

        wanted = uharfbuzz.SubsetInput()
        wanted.sets(uharfbuzz.SubsetInputSets.GLYPH_INDEX).update({number for number, _ in self._codes})
        wanted.sets(uharfbuzz.SubsetInputSets.DROP_TABLE_TAG).update(
            {int.from_bytes(tag.encode(), "big") for tag in _UNUSED}
        )
        wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
        for axis, value in self.face.axes.items():
            wanted.pin_axis_location(self.face.face, axis, value)
        plan = uharfbuzz.SubsetPlan(self.face.face, wanted)
        return bytes(plan.execute().blob.data), dict(plan.old_to_new_glyph_mapping)

    def _descriptor(self, document: Any, base: Any, data: bytes) -> Any:
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

        above, below = self.face.extents()
        made = PDFDictionary({
            "Type": PDFName("FontDescriptor"), "FontName": base, "Flags": 4, "ItalicAngle": 0, "StemV": 80,
            "Ascent": above, "Descent": below, "CapHeight": 714,
            "FontBBox": PDFArray([-1000, below, 3000, above]),
            "FontFile2": self._stream(document, "file", data, Length1=len(data)),
        })  # fmt: skip
        return document.Reference(made, f"{self.name}-looks")

    def _texts(self) -> str:
        """Return what each code stands for; a blank at which no line ends is copied as a blank."""
        rows = [
            f"<{code:04X}> <{text.replace(_HARD, ' ').encode('utf-16-be').hex().upper()}>"
            for (_, text), code in self._codes.items()
            if text
        ]
        parts = (rows[at : at + _ROWS] for at in range(0, len(rows), _ROWS))
        listed = (f"{len(part)} beginbfchar\n{chr(10).join(part)}\nendbfchar\n" for part in parts)
        return _CMAP.format(rows="".join(listed))

    def _stream(self, document: Any, name: str, data: bytes, **said: int) -> Any:
        from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFStream, PDFZCompress

        made = PDFStream(PDFDictionary(said), data)
        made.filters = [PDFZCompress]
        return document.Reference(made, f"{self.name}-{name}")


def _is_plain(word: _Codes) -> bool:
    return word.plain
