"""The integration chain on paper: laid out as in the window, cut where a page or a year ends."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.documents.print import TextStyle, width_of
from kimdesk.domain.chain import span
from kimdesk.domain.records import CaseFile
from kimdesk.pictures.chain import Bar, ChainFrame, ChainPicture, ChainRow, chain
from kimdesk.pictures.frame import stretches

ZOOM: Final = 0.62
"""Points for a pixel at 100 %."""
WIDTH: Final = 493.5
NAMES: Final = 84.0
LABEL: Final = TextStyle(7.6)
_MOST: Final = 560.0  # points of one piece, without its head
_MONTHS, _FEW = 14, 6


@dataclass(frozen=True, slots=True)
class ChainPiece:
    """A part of the picture: what stands between ``top`` and ``bottom`` of ``picture``."""

    picture: ChainPicture
    top: float
    bottom: float

    @property
    def rows(self) -> Iterator[ChainRow]:
        """Yield its strands, each as high as it is to be seen."""
        for row in self.picture.rows:
            top, bottom = max(row.top, self.top), min(row.top + row.height, self.bottom)
            if bottom - top > 1:
                yield replace(row, top=top, height=bottom - top)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Return the bars that stand in it."""
        return tuple(bar for bar in self.picture.bars if self.holds(bar))

    def holds(self, bar: Bar) -> bool:
        """Return whether a bar stands in it."""
        return self.top <= bar.top < self.bottom


def pieces(catalogue: Catalogue, file: CaseFile, today: date) -> tuple[ChainPiece, ...]:
    """Return the pieces of the chain of ``file``, none when no measure has a date."""
    days = [day for one in file.measures if (found := span(one)) for day in found]
    if not days:
        return ()
    return tuple(
        piece
        for stretch in stretches(min(days), max(days), _MONTHS, _FEW)
        for piece in _cut(chain(catalogue, file, today, ChainFrame(NAMES, WIDTH - 2, ZOOM, stretch), _needs))
    )


def _needs(title: str) -> float:
    return width_of(title, LABEL)


def _cut(picture: ChainPicture) -> Iterator[ChainPiece]:
    """Yield the picture in pieces that fit on a page; no cut goes through a bar."""
    if not picture.bars:
        return
    start = picture.rows[0].top
    tops = sorted({row.top for row in picture.rows} | {bar.top - 2 * ZOOM for bar in picture.bars})
    while picture.height - start > _MOST:
        end = max((top for top in tops if start < top <= start + _MOST), default=start + _MOST)
        yield ChainPiece(picture, start, end)
        start = end
    yield ChainPiece(picture, start, picture.height)
