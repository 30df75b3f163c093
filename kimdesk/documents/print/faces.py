"""The fonts of paper: Inter, and behind it one for each script that Inter lacks."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from kimdesk.documents.print.style import Weight

_KEPT = 20_000


class Glyph(NamedTuple):
    """One drawn sign; lengths in thousandths of the size. ``cluster`` is the place of its text in the run."""

    number: int
    cluster: int
    advance: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class _Family:
    """A font: the package or the folder of the system that has it, two files, its axes besides weight."""

    place: str
    regular: str
    semibold: str
    axes: Mapping[str, float]
    variable: bool = True
    scale: float = 1.0


def _variable(place: str, file: str, **axes: float) -> _Family:
    return _Family(place, file, file, axes)


_FAMILIES = (
    _variable("fontpkg_inter", "files/Inter[opsz,wght].ttf", opsz=14),
    _variable("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf", wdth=100),
    _Family(
        "fontpkg_amiri", "files/Amiri-Regular.ttf", "files/Amiri-Bold.ttf", {}, variable=False, scale=1.25
    ),
    _variable(
        "justmytype_intl_africa", "fonts/ofl/notosansethiopic/NotoSansEthiopic[wdth,wght].ttf", wdth=100
    ),
    _variable("manimgx_fonts", "NotoSansGeorgian[wght].ttf"),
    _variable("manimgx_fonts", "NotoSansArmenian[wght].ttf"),
    _variable("manimgx_fonts", "NotoSansHebrew[wght].ttf"),
    _Family("/usr/share/fonts/truetype/dejavu", "DejaVuSans.ttf", "DejaVuSans-Bold.ttf", {}, variable=False),
)
"""Latin, Cyrillic, Greek; the rest of DIN 91379; Arabic; Ethiopic; Georgian; Armenian; Hebrew; the rest."""


class Face:
    """A font file in one weight: what it can draw, and how."""

    def __init__(self, path: Path, axes: Mapping[str, float], scale: float) -> None:
        import uharfbuzz

        self.axes, self.scale = dict(axes), scale
        self.face: Any = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))
        self._font: Any = uharfbuzz.Font(self.face)
        self._font.set_variations(self.axes)
        self.name = path.stem.partition("[")[0].replace("-", "") + str(round(self.axes.get("wght", 0)) or "")
        self.thousandth = 1000 / self.face.upem
        self._shaped: dict[tuple[str, bool], tuple[Glyph, ...]] = {}
        self._widths: dict[tuple[str, bool], float] = {}
        self._own_widths: dict[int, float] = {}
        self._drawn: set[str] = set()

    @cached_property
    def arabic(self) -> bool:
        """Whether it is for words of Arabic script."""
        return ord("ب") in self.signs and ord("\u06d5") in self.signs

    def has_all(self, text: str) -> bool:
        """Say whether it draws every sign of ``text``, be it as a letter and its marks."""
        return self._drawn.issuperset(text) or all(map(self._draws, set(text) - self._drawn))

    def _draws(self, sign: str) -> bool:
        apart = unicodedata.normalize("NFD", sign)
        steering = unicodedata.category(sign) == "Cf"
        drawn = steering or ord(sign) in self.signs or (len(apart) > 1 and self.has_all(apart))
        if drawn:
            self._drawn.add(sign)
        return drawn

    @cached_property
    def signs(self) -> frozenset[int]:
        """The code points it has a glyph for."""
        return frozenset(self.face.unicodes)

    def shape(self, text: str, *, to_left: bool) -> tuple[Glyph, ...]:
        """Return the glyphs of ``text``, which is of one script, in the order they stand on paper."""
        key = (text, to_left)
        if key not in self._shaped:
            if len(self._shaped) > _KEPT:
                self._shaped.clear()
            self._shaped[key] = tuple(self._glyphs(text, to_left)) if text else ()
        return self._shaped[key]

    def _glyphs(self, text: str, to_left: bool) -> Iterator[Glyph]:
        import uharfbuzz

        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if to_left else "ltr"
        level = uharfbuzz.BufferClusterLevel
        buffer.cluster_level = level.MONOTONE_CHARACTERS if to_left else level.MONOTONE_GRAPHEMES
        uharfbuzz.shape(self._font, buffer, {"kern": True, "liga": to_left})
        by = self.thousandth * self.scale
        for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            yield Glyph(info.codepoint, info.cluster, at.x_advance * by, at.x_offset * by, at.y_offset * by)

    def width(self, text: str, *, to_left: bool) -> float:
        """Return how wide ``text`` is, in thousandths of the size."""
        key = (text, to_left)
        found = self._widths.get(key)
        if found is None:
            if len(self._widths) > _KEPT:
                self._widths.clear()
            found = self._widths[key] = sum(glyph.advance for glyph in self.shape(text, to_left=to_left))
        return found

    def widths(self, words: Sequence[str]) -> list[float]:
        """Return how wide each of ``words`` is that run to the right, in thousandths of the size."""
        known = self._widths
        return [known.get((word, False)) or self.width(word, to_left=False) for word in words]

    def own_width(self, number: int) -> float:
        """Return the advance of a glyph in thousandths of the size it is set in."""
        found = self._own_widths.get(number)
        if found is None:
            found = self._own_widths[number] = self._font.get_glyph_h_advance(number) * self.thousandth
        return found

    def extents(self) -> tuple[int, int]:
        """Return how far it reaches above and below the line, in thousandths."""
        found = self._font.get_font_extents("ltr")
        return round(found.ascender * self.thousandth), round(found.descender * self.thousandth)


@cache
def faces(weight: "Weight") -> tuple[Face, ...]:
    """Return the fonts of ``weight``, the first that has a sign draws it; kept for the process."""
    return tuple(_found(weight))


def _found(weight: "Weight") -> Iterator[Face]:
    for family, path in _files(weight):
        heavy = {"wght": 600.0 if weight == "semibold" else 400.0} if family.variable else {}
        yield Face(path, {**family.axes, **heavy}, family.scale)


def font_files(weight: "Weight") -> list[Path]:
    """Return where the fonts of ``weight`` are, in the order they are asked."""
    return [path for _, path in _files(weight)]


def _files(weight: "Weight") -> Iterator[tuple[_Family, Path]]:
    for family in _FAMILIES:
        path = _folder(family.place) / (family.semibold if weight == "semibold" else family.regular)
        if path.exists():
            yield family, path


def _folder(place: str) -> Path:
    if place.startswith("/"):
        return Path(place)
    spec = find_spec(place)
    return Path(spec.origin).parent if spec and spec.origin else Path(place)
