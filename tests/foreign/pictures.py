"""Scans and photos in several ways of being saved, a few pixels each."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from tests.scan_samples import exif, jpeg, pdf, photo_heic, picture, png


def saved(kind: str, mode: str = "RGB", **options: Any) -> bytes:
    """Return a picture saved as ``kind`` with the options of Pillow."""
    out = BytesIO()
    source = picture(40, 24)
    made = source.convert("I").convert("I;16") if mode == "I;16" else source.convert(mode)
    made.save(out, kind, **options)
    return out.getvalue()


def form() -> bytes:
    """Return a PDF with a form, a picture, a link and an outline, nothing packed."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=(300, 400), pageCompression=0, invariant=1)
    canvas.drawImage(ImageReader(picture(20, 20)), 20, 20, 40, 40)
    canvas.acroForm.textfield(name="name", value="Osman", x=30, y=200, width=100, height=20)
    canvas.acroForm.checkbox(name="ja", checked=True, x=30, y=240, size=12)
    canvas.linkURL("https://example.org", (0, 0, 50, 50))
    canvas.bookmarkPage("a")
    canvas.addOutlineEntry("Seite", "a")
    canvas.rotate(20)
    canvas.drawString(60, 300, "Bescheid")
    canvas.showPage()
    canvas.save()
    return out.getvalue()


SAMPLES: dict[str, tuple[Callable[[], bytes], ...]] = {
    "jpeg": (
        jpeg,
        lambda: saved("JPEG", progressive=True),
        lambda: saved("JPEG", "L"),
        lambda: saved("JPEG", "CMYK"),
        lambda: saved("JPEG", exif=exif(6), restart_marker_blocks=1),
    ),
    "png": (
        png,
        *(lambda mode=mode: saved("PNG", mode) for mode in ("L", "1", "P", "RGBA", "I;16")),
    ),
    "tiff": (
        lambda: saved("TIFF"),
        lambda: saved("TIFF", "1", compression="group4"),
        lambda: saved("TIFF", compression="tiff_lzw"),
        lambda: saved("TIFF", compression="jpeg"),
        lambda: saved("TIFF", "L", compression="tiff_deflate", save_all=True, append_images=[picture(9, 9)]),
    ),
    "gif": (
        lambda: saved("GIF", "P"),
        lambda: saved("GIF", "P", save_all=True, append_images=[picture(9, 9)]),
    ),
    "webp": (lambda: saved("WEBP"), lambda: saved("WEBP", "RGBA", lossless=True, exif=exif())),
    "heic": (photo_heic,),
    "pdf": (pdf, form, lambda: pdf("eins", "zwei"), lambda: pdf("geheim", password="anker")),
}
