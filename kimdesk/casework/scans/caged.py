"""What the caged helper does with a scan; imported there alone, with every library it needs."""

from time import monotonic

import pi_heif
from PIL import Image

from kimdesk.casework.scans import cleaning, drawing, pdf
from kimdesk.casework.scans.scan import Content, Drawing, Scan
from kimdesk.domain.errors import CaseworkError

Image.init()  # every reader now: later nothing can be imported
pi_heif.options.DECODE_THREADS = 1
pi_heif.options.THUMBNAILS = pi_heif.options.AUX_IMAGES = pi_heif.options.DEPTH_IMAGES = False

_SMALL = 64  # pixels
_LONG_ENOUGH = 4  # seconds


def clean(data: bytes) -> Scan:
    """Return what may be attached of a file. Raises as ``cleaning.clean`` does."""
    return cleaning.clean(data)


def bare(data: bytes) -> bytes:
    """Return a PDF without what it says about itself."""
    return pdf.bare(data)


def contents(data: bytes) -> tuple[Content, ...]:
    """Return what a PDF holds besides its pages."""
    return pdf.contents(data)


def draw(data: bytes, media_type: str, page: int, width: int) -> Drawing:
    """Return ``page`` (from 0) about ``width`` pixels wide. Raises CaseworkError E875 when that fails."""
    try:
        return drawing.drawn(data, media_type, page, width)
    except MemoryError:
        raise
    except Exception:  # libraries that draw bytes of strangers fail in their own words
        raise CaseworkError("E875") from None


def probe(data: bytes, media_type: str, pages: int) -> int:
    """Draw small pages one after the other, as many as there is time for, and return how many.

    Raises CaseworkError E875 when one cannot be drawn.
    """
    ends, page = monotonic() + _LONG_ENOUGH, 0
    while page < pages and monotonic() < ends:
        draw(data, media_type, page, _SMALL)
        page += 1
    return page
