"""``kimdeskctl scan``: what attaching a file would do, without a vault."""

from argparse import Namespace
from io import BytesIO

from kimdesk.casework.scans.looking import draw, inspect
from kimdesk.casework.scans.scan import Drawing
from kimdesk.cli.outcome import Outcome
from kimdesk.domain import media
from kimdesk.texts import say
from kimdesk.texts import scans as words

_WIDTH = 1000  # pixels of a preview


def look(args: Namespace) -> Outcome:
    """Look into a file, write it cleaned to ``--out`` and its first page as PNG to ``--preview``."""
    scan = inspect(args.file)
    warnings = words.warnings(scan)
    preview = _png(draw(scan.data, scan.media_type, 0, _WIDTH)) if args.preview and scan.drawable else b""
    if args.out:
        media.write(args.out, scan.data)
    if preview:
        media.write(args.preview, preview)
    data = {
        "media_type": scan.media_type,
        "bytes": len(scan.data),
        "place_left": scan.place_left,
        "pages": scan.pages,
        "drawable": scan.drawable,
        "removed": list(scan.removed),
        "warnings": [{"code": each.code, "n": each.n, "message": each.words} for each in warnings],
    }
    lines = [say("cli.scan", media_type=scan.media_type, size=len(scan.data), pages=scan.pages)]
    lines += [gone] if (gone := words.removed(scan)) else []
    return Outcome(data, (*lines, *(each.words for each in warnings)))


def _png(drawing: Drawing) -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.frombytes("RGB", (drawing.width, drawing.height), drawing.pixels).save(out, "PNG")
    return out.getvalue()
