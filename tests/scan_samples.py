"""Scans for tests: PDF, JPEG, PNG and HEIC, made here and small, with all a camera says about itself."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from kimdesk.casework.scans.pdf_about import bare
from tests.heic import heic

SECRET = b"Zzyx-Unterkunft-51.9607N"
"""What a camera knows and no scan may tell."""


def picture(width: int = 60, height: int = 40) -> Image.Image:
    """Return a picture with something to see in it."""
    return Image.linear_gradient("L").resize((width, height)).convert("RGB")


def exif(orientation: int = 1) -> bytes:
    """Return metadata with a place and an owner."""
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010E] = SECRET.decode()
    place = made.get_ifd(0x8825)
    place[1], place[2] = "N", (51.0, 57.0, 38.0)
    return made.tobytes()


def jpeg(width: int = 60, height: int = 40, orientation: int = 1) -> bytes:
    """Return a photo that tells where it was taken, with a second picture behind its end."""
    out = BytesIO()
    picture(width, height).save(out, "JPEG", exif=exif(orientation), comment=SECRET)
    return out.getvalue() + SECRET


def png(width: int = 60, height: int = 40) -> bytes:
    """Return a picture that names its author."""
    said = PngInfo()
    said.add_text("Author", SECRET.decode())
    said.add_itxt("Comment", SECRET.decode())
    out = BytesIO()
    picture(width, height).save(out, "PNG", pnginfo=said, exif=exif())
    return out.getvalue()


def photo_heic() -> bytes:
    """Return a photo as telephones make them, with a place and an owner."""
    return heic(exif())


def pdf(*pages: str, password: str = "") -> bytes:
    """Return a PDF with a line on each page that says nothing about itself."""
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=(300, 400), pageCompression=0, invariant=1, encrypt=password or None)
    for line in pages or ("Seite 1",):
        canvas.drawString(30, 300, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue() if password else bare(out.getvalue())


SAMPLES: dict[str, Callable[[], bytes]] = {
    "application/pdf": pdf,
    "image/jpeg": jpeg,
    "image/png": png,
    "image/heic": photo_heic,
}
