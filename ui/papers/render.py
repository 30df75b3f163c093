"""From the bytes of a paper or scan to a picture of one page, in memory only; done in the background."""

from dataclasses import dataclass

from PySide6.QtGui import QImage

from kimdesk.casework.scans.looking import draw


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """One page. ``image`` is None for a PDF that asks for a password."""

    image: QImage | None
    pages: int


def render(data: bytes, media_type: str, page: int, width: int) -> RenderedPage:
    """Return ``page`` (from 0) about ``width`` pixels wide, less if that were too many pixels.

    Raises CaseworkError E875 when the page cannot be drawn.
    """
    found = draw(data, media_type, page, width)
    if not found.pixels:
        return RenderedPage(None, found.pages)
    image = QImage(found.pixels, found.width, found.height, 3 * found.width, QImage.Format.Format_RGB888)
    return RenderedPage(image.copy(), found.pages)
