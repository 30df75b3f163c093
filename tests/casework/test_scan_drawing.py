"""What is drawn is what the document shows: turned, filled in, in all its shades, page by page."""

import struct
from io import BytesIO

import pytest
from PIL import Image
from PIL.Image import Transpose
from reportlab.pdfgen.canvas import Canvas

from kimdesk.casework.scans.caged import clean, draw
from kimdesk.casework.scans.looking import inspect
from kimdesk.domain.errors import KimdeskError
from tests import heifs
from tests.camera_files import saved
from tests.pdfs import sheet, stream

RED, GREEN, BLUE, GREY = (200, 0, 0), (0, 160, 0), (0, 0, 200), (128, 128, 128)
BACK = {
    2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE, 6: Transpose.ROTATE_90, 7: Transpose.TRANSVERSE, 8: Transpose.ROTATE_270,
}  # fmt: skip
"""How a picture is laid into a file that says it is turned."""


def corners() -> Image.Image:
    """Return a picture of 60 by 40 with another colour in each corner."""
    made = Image.new("RGB", (60, 40), GREY)
    for colour, place in ((RED, (0, 0)), (GREEN, (30, 0)), (BLUE, (0, 20))):
        made.paste(colour, (*place, place[0] + 30, place[1] + 20))
    return made


def seen(data: bytes, page: int = 0, width: int = 60) -> Image.Image:
    """Return what is drawn of a file after it was cleaned."""
    scan = clean(data)
    found = draw(scan.data, scan.media_type, page, width)
    return Image.frombytes("RGB", (found.width, found.height), found.pixels)


def file(picture: Image.Image, kind: str, **more: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def near(found: object, wanted: tuple[int, ...], by: int = 30) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


def refusal(data: bytes) -> str:
    with pytest.raises(KimdeskError) as refused:
        inspect(data)
    return refused.value.code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_that_only_says_how_it_is_turned_stands_upright(kind: str, orientation: int) -> None:
    laid = corners().transpose(BACK[orientation]) if orientation > 1 else corners()
    said = Image.Exif()
    said[0x0112] = orientation
    more = {"tiffinfo": {274: orientation}} if kind == "TIFF" else {"exif": said, "quality": 95}
    shown = seen(file(laid, kind, **more))
    assert shown.size == (60, 40)
    places = {(8, 8): RED, (52, 8): GREEN, (8, 32): BLUE, (52, 32): GREY}
    assert [place for place, colour in places.items() if not near(shown.getpixel(place), colour)] == []


@pytest.mark.parametrize("orientation", range(1, 9))
def test_so_does_a_heic_where_nothing_else_turns_it(orientation: int) -> None:
    upright = Image.new("L", (16, 16), 60)
    upright.paste(200, (0, 0, 8, 8))
    upright.paste(130, (8, 0, 16, 8))
    laid = upright.transpose(BACK[orientation]) if orientation > 1 else upright
    said = Image.Exif()
    said[0x0112] = orientation
    camera = heifs.Item(b"Exif", struct.pack(">I", 6) + said.tobytes(), ((b"cdsc", (1,)),))
    shown = seen(heifs.heif(heifs.of(laid.tobytes()), camera)).convert("L")
    left, right, below = (shown.getpixel(place) for place in ((3, 3), (12, 3), (3, 12)))
    assert left > right > below  # type: ignore[operator]


def test_a_heic_that_is_turned_by_itself_is_not_turned_again() -> None:
    said = Image.Exif()
    said[0x0112] = 6
    camera = heifs.Item(b"Exif", struct.pack(">I", 6) + said.tobytes(), ((b"cdsc", (1,)),))
    picture = heifs.Item(b"hvc1", heifs.PICTURE.data, properties=(1, 2, 3))
    turned = heifs.heif(picture, camera, known=heifs.properties(heifs.box(b"irot", b"\2")))
    shown = seen(turned).convert("L")
    assert shown.getpixel((0, 8)) > shown.getpixel((15, 8))  # type: ignore[operator]


def test_a_heic_of_tiles_is_one_picture() -> None:
    size = heifs.full(b"ispe", struct.pack(">II", 32, 16))
    whole = heifs.heif(
        heifs.grid(2), heifs.of(b"\x30" * 256), heifs.of(b"\xc8" * 256), known=heifs.properties(size)
    )
    shown = seen(whole).convert("L")
    assert shown.size == (32, 16)
    assert shown.getpixel((4, 8)) < shown.getpixel((28, 8))  # type: ignore[operator]


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_of_grey_are_all_shades(kind: str) -> None:
    made = Image.new("I;16", (256, 4))
    for x in range(256):
        for y in range(4):
            made.putpixel((x, y), x * 257)
    shown = seen(file(made, kind), width=256)
    shades = [shown.getpixel((x, 1)) for x in (0, 64, 128, 255)]
    assert all(near(found, (wanted,) * 3, 2) for found, wanted in zip(shades, (0, 64, 128, 255), strict=True))


def test_inks_become_the_colours_of_the_print() -> None:
    inks = Image.new("CMYK", (64, 64), (0, 255, 255, 0))
    assert near(seen(file(inks, "JPEG", quality=95)).getpixel((20, 20)), (254, 0, 0))
    assert near(seen(file(inks, "TIFF")).getpixel((20, 20)), (254, 0, 0))


@pytest.mark.parametrize("packing", ["group4", "group3", "tiff_lzw", "tiff_adobe_deflate", "packbits", None])
def test_a_fax_is_black_on_white(packing: str | None) -> None:
    fax = Image.new("1", (200, 300), 1)
    fax.paste(0, (20, 20, 180, 40))
    shown = seen(file(fax, "TIFF", compression=packing), width=200)
    assert (shown.getpixel((100, 30)), shown.getpixel((100, 200))) == ((0,) * 3, (255,) * 3)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_is_paper(mode: str) -> None:
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (0, 0, 20, 40))
    shown = seen(file(clear.convert(mode), "PNG"), width=40)
    assert (shown.getpixel((5, 20)), shown.getpixel((35, 20))) == ((0,) * 3, (255,) * 3)


@pytest.mark.parametrize("kind", ["TIFF", "GIF", "WEBP"])
def test_each_page_is_counted_and_drawn(kind: str) -> None:
    colours = (RED, GREEN, BLUE)
    pages = [Image.new("RGB", (40, 30), colour) for colour in colours]
    whole = file(pages[0], kind, save_all=True, append_images=pages[1:])
    assert inspect(whole).pages == 3
    assert [near(seen(whole, n, 40).getpixel((20, 15)), c) for n, c in enumerate((RED, GREEN, BLUE))] == [
        True
    ] * 3


def form(value: str) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(300, 400), invariant=1)
    canvas.acroForm.textfield(name="name", value=value, x=30, y=300, width=200, height=30, forceBorder=False)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def dark(picture: Image.Image) -> int:
    return sum(picture.convert("L").histogram()[:100])


def test_what_was_filled_into_a_form_is_drawn() -> None:
    assert dark(seen(form("Amna Zzyx"), width=300)) > dark(seen(form(""), width=300)) + 50


def test_also_where_no_program_has_drawn_it_yet() -> None:
    def filled(value: bytes) -> bytes:
        catalogue = (
            b"/AcroForm << /Fields [4 0 R] /NeedAppearances true /DA (/Helv 18 Tf 0 g) /DR << /Font <<"
        )
        catalogue += b" /Helv << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        field = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (n) /V (%b) /Rect [20 300 280 340]" % value
        return sheet(catalogue, b"/Annots [4 0 R]", field + b" /DA (/Helv 18 Tf 0 g) /F 4 >>")

    assert dark(seen(filled(b"Amna Zzyx"), width=300)) > dark(seen(filled(b""), width=300)) + 50


def bomb(levels: int = 14) -> bytes:
    """Return a PDF whose page draws a form four times that draws another four times, and so on."""
    again = b"/Type /XObject /Subtype /Form /BBox [0 0 300 400] /Resources << /XObject << /F %d 0 R >> >>"
    nested = [stream(b"/F Do " * 4, again % number) for number in range(6, 6 + levels)]
    return sheet(
        b"", b"/Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >>", stream(b"/F Do"), *nested,
        stream(b"0 0 9 9 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 300 400]"),
    )  # fmt: skip


def test_a_document_that_cannot_be_drawn_is_marked_when_it_is_added() -> None:
    scan = inspect(bomb())
    assert (scan.drawable, scan.pages) == (False, 1)
    assert inspect(sheet()).drawable
    assert not inspect(bomb() + b"PK\3\4").drawable


def test_a_picture_that_cannot_be_drawn_is_refused_when_it_is_added() -> None:
    damaged = bytearray(saved("PNG"))
    damaged[60] ^= 0xFF
    assert refusal(bytes(damaged)) == "E872"


def test_a_jpeg_without_its_end_is_taken_when_the_picture_is_whole() -> None:
    for more in ({}, {"progressive": True}):
        whole = saved("JPEG", **more)
        assert inspect(whole[:-2]).data == inspect(whole).data
        assert refusal(whole[: len(whole) * 3 // 4]) == "E872"


def test_narrow_pictures_are_taken() -> None:
    for kind in ("JPEG", "PNG", "TIFF", "GIF", "WEBP"):
        for size in ((6, 40), (1, 1), (40, 2)):
            scan = inspect(file(corners().resize(size), kind))
            drawing = draw(scan.data, scan.media_type, 0, 300)
            assert (drawing.width, drawing.height) == size


def test_a_picture_of_endless_scans_is_refused_at_once() -> None:
    plain = file(Image.new("L", (2000, 2000), 128), "JPEG", progressive=True)
    last = plain[plain.rindex(b"\xff\xda") : -2]
    assert refusal(plain[:-2] + last * 400 + plain[-2:]) == "E877"
    assert inspect(plain).drawable
