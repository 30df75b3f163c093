"""A font inside a PDF: only the glyphs that were used, in one weight, and the text each stands for.

A code of the font is a pair of glyph and text: the same glyph with another text gets another code. So what is
copied or read aloud is what was written, also where one glyph stands for several letters.
"""

import zlib
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from kimdesk.documents.print.faces import Face, Glyph
from kimdesk.documents.print.lines import FontStretch

_UNUSED = ("GSUB", "GPOS", "GDEF", "kern", "STAT", "name", "OS/2", "post", "DSIG", "MATH")
_CMAP = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) "
    "/Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def "
    "1 begincodespacerange <0000> <FFFF> endcodespacerange\n{rows}endcmap CMapName currentdict /CMap "
    "defineresource pop end end"
)
_ROWS = 100
_TEXTLESS = frozenset("\u200b\u200c\u200d\u200e\u200f\u061c\u2066\u2067\u2068\u2069")
_CLOSE = 0.05
_NOTHING = "\u200b"

_Piece = tuple[str, tuple[Glyph, ...]]


class _Drawn(NamedTuple):
    """What draws a word: the inside of one TJ where it is ``plain``, else whole operators."""

    codes: str
    plain: bool
    width: float


class Embedded:
    """A face within one document of reportlab, which calls ``addObjects`` when the document is saved."""

    def __init__(self, face: Face, name: str) -> None:
        self.face, self.name = face, name
        self._codes = {(0, ""): 0}
        self._words: dict[tuple[str, bool, float], _Drawn] = {}

    def words(self, stretch: FontStretch, size: float) -> tuple[str, float]:
        """Return what draws ``stretch`` from where the pen is, and how wide it is in points.

        In few pieces: readers guess by them what is a word.
        """
        found = [self._word(word, stretch.to_left, size) for word in stretch.words if word]
        pieces = list[str]()
        for plain, group in groupby(found, lambda word: word.plain):
            codes = "".join(word.codes for word in group)
            pieces.append(f"[{codes.replace('><', '')}] TJ" if plain else codes)
        return " ".join(pieces), sum(word.width for word in found)

    def _word(self, text: str, to_left: bool, size: float) -> _Drawn:
        key = (text, to_left, size)
        found = self._words.get(key)
        if found is None:
            glyphs = self.face.shape(text, to_left=to_left)
            pieces = list(_clusters(text, glyphs))
            plain = all(map(_is_plain, pieces))
            codes = map(self._moved, pieces) if plain else self._shown(pieces, size)
            width = sum(glyph.advance for glyph in glyphs) * size / 1000
            found = self._words[key] = _Drawn("".join(codes), plain, width)
        return found

    def _shown(self, pieces: list[_Piece], size: float) -> Iterator[str]:
        """Yield what draws glyphs that stand above each other or stand for several signs together."""
        for plain, group in groupby(pieces, _is_plain):
            if plain:
                yield f"[{''.join(map(self._moved, group))}] TJ "
                continue
            for said, own in group:
                yield f"/Span <</ActualText <FEFF{said.encode('utf-16-be').hex().upper()}>>> BDC "
                widest = max(own, key=lambda glyph: glyph.advance)
                for glyph in own:
                    codes = self._moved((said if glyph is widest else _NOTHING, (glyph,)))
                    yield f"{glyph.y * size / 1000:.2f} Ts [{codes}] TJ "
                yield "0 Ts EMC "

    def _moved(self, piece: _Piece) -> str:
        """Return the code of one glyph, with the moves before and behind it: the pen ends where it should."""
        said, (glyph,) = piece
        scale = self.face.scale
        rest = glyph.advance - glyph.x - self.face.own_width(glyph.number) * scale
        before = f"{-glyph.x / scale:.1f}" if abs(glyph.x) > _CLOSE else ""
        behind = f"{-rest / scale:.1f} " if abs(rest) > _CLOSE else ""
        return f"{before}<{self._code(glyph.number, said):04X}>{behind}"

    def _code(self, number: int, text: str) -> int:
        """Return the code of a glyph that stands for ``text``, empty when its text stands at another one."""
        return self._codes.setdefault((number, text), len(self._codes))

    def addObjects(self, document: Any) -> None:  # noqa: N802 - the name reportlab calls
        """Write the font into ``document``."""
        from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

        data, new = self._subset()
        used = repr(sorted(new)).encode()
        tag = "".join(chr(65 + (zlib.crc32(used) >> 4 * at) % 26) for at in range(6))
        base = PDFName(f"{tag}+{self.face.name}")
        widths = [round(self.face.own_width(number), 2) for number, _ in self._codes]
        places = b"".join(new[number].to_bytes(2, "big") for number, _ in self._codes)
        inner = PDFDictionary({
            "Type": PDFName("Font"), "Subtype": PDFName("CIDFontType2"), "BaseFont": base, "DW": 1000,
            "CIDToGIDMap": self._stream(document, "places", places),
            "CIDSystemInfo": PDFDictionary(
                {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
            ),
            "FontDescriptor": self._descriptor(document, base, data),
            "W": PDFArray([0, PDFArray(widths)]),
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
        rows = [
            f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>"
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


def _is_plain(piece: _Piece) -> bool:
    """Say whether one glyph on the line stands for its own signs."""
    return len(piece[1]) == 1 and abs(piece[1][0].y) <= _CLOSE


def _clusters(text: str, glyphs: tuple[Glyph, ...]) -> Iterator[_Piece]:
    """Yield the text and the glyphs of what was shaped together, from left to right, not what only steers."""
    starts = sorted({glyph.cluster for glyph in glyphs})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    for start, own in groupby(glyphs, lambda glyph: glyph.cluster):
        said = "".join(each for each in text[start : ends[start]] if each not in _TEXTLESS)
        if said:
            yield said, tuple(own)
