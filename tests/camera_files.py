"""Pictures of own making with everything cameras and telephones put beside them: ``SECRET`` is in each."""

import struct
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

from PIL import Image, ImageCms

from tests import heifs
from tests.heic import _sized
from tests.scan_samples import SECRET, exif, picture

XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>"
FILM = struct.pack(">I", 24) + b"ftypmp42" + bytes(4) + b"mp42isom" + b"\0\0\1\0mdat" + SECRET * 10


def saved(kind: str, **more: object) -> bytes:
    """Return the picture all these files show."""
    out = BytesIO()
    picture(64, 48).save(out, kind, **more)
    return out.getvalue()


def profile() -> bytes:
    """Return a colour profile that names its device."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[48:56] = SECRET[:8]  # the maker of a device and its model
    return bytes(made)


# --- JPEG ----------------------------------------------------------------------------------------------


def segment(marker: int, body: bytes) -> bytes:
    """Return a segment of a JPEG."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def _in_jpeg(*, head: bytes = b"", stray: bytes = b"", inside: bytes = b"", behind: bytes = b"") -> bytes:
    plain = saved("JPEG")
    first = 2 + 2 + int.from_bytes(plain[4:6])
    return plain[:2] + head + plain[2:first] + stray + plain[first:-2] + inside + plain[-2:] + behind


def _thumbnail() -> bytes:
    small = (SECRET * 3)[:48]
    plain = saved("JPEG")
    return plain[:2] + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\4\4" + small) + plain[20:]


def jpegs() -> Iterator[tuple[str, bytes]]:
    """Yield JPEGs by what is in them."""
    seft = SECRET + b"SEFH" + struct.pack("<III", 107, 0, 12) + struct.pack("<I", 12) + b"SEFT"
    yield "exif", saved("JPEG", exif=exif())
    yield "xmp", _in_jpeg(head=segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP))
    yield "extended xmp", _in_jpeg(head=segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + XMP))
    yield "photoshop", _in_jpeg(head=segment(0xED, b"Photoshop 3.0\x008BIM\4\4\0\0" + SECRET))
    yield "comment", _in_jpeg(stray=segment(0xFE, SECRET))
    yield "thumbnail of JFIF", _thumbnail()
    yield "thumbnail of JFXX", _in_jpeg(stray=segment(0xE0, b"JFXX\0\x10" + SECRET))
    yield (
        "second picture",
        _in_jpeg(head=segment(0xE2, b"MPF\0" + SECRET), behind=saved("JPEG", comment=SECRET)),
    )
    yield "film of Google", _in_jpeg(behind=FILM)
    yield "film of Samsung", _in_jpeg(behind=FILM + seft)
    yield "unknown segment", _in_jpeg(head=segment(0xEF, SECRET), stray=segment(0xF0, SECRET))
    yield "words of Adobe", _in_jpeg(head=segment(0xEE, b"Adobe\0\x64\0\0\0\0\1" + SECRET))
    yield "between segments", _in_jpeg(stray=SECRET)
    yield "before the end", _in_jpeg(inside=SECRET * 4)
    yield "profile", saved("JPEG", icc_profile=profile())


# --- PNG -----------------------------------------------------------------------------------------------


def chunk(kind: bytes, body: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _in_png(extra: bytes, *, behind: bytes = b"") -> bytes:
    plain = saved("PNG")
    return plain[:33] + extra + plain[33:] + behind


def _in_rows() -> bytes:
    plain = saved("PNG")
    size = int.from_bytes(plain[33:37])
    return plain[:33] + chunk(b"IDAT", plain[41 : 41 + size] + SECRET) + chunk(b"IEND", b"")


def pngs() -> Iterator[tuple[str, bytes]]:
    """Yield PNGs by what is in them."""
    control = struct.pack(">IIIIIHHBB", 0, 64, 48, 0, 0, 1, 1, 0, 0)
    yield "text", _in_png(chunk(b"tEXt", b"Author\0" + SECRET))
    yield "packed text", _in_png(chunk(b"zTXt", b"Author\0\0" + zlib.compress(SECRET)))
    yield "international text", _in_png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP))
    yield "exif", saved("PNG", exif=exif())
    yield "time", _in_png(chunk(b"tIME", bytes(7)) + chunk(b"tEXt", b"a\0" + SECRET))
    yield "unknown chunk", _in_png(chunk(b"prVt", SECRET))
    yield "film", _in_png(chunk(b"acTL", struct.pack(">II", 1, 0)) + chunk(b"fcTL", control)
                          + chunk(b"fdAT", bytes(4) + SECRET))  # fmt: skip
    yield "behind the end", _in_png(b"", behind=SECRET)
    yield "behind the rows", _in_rows()
    yield "profile", saved("PNG", icc_profile=profile())
    yield "name of a profile", _in_png(chunk(b"iCCP", SECRET + b"\0\0" + zlib.compress(profile())))


# --- TIFF ----------------------------------------------------------------------------------------------


def tiffs() -> Iterator[tuple[str, bytes]]:
    """Yield TIFFs by what is in them."""
    plain = picture(64, 48)
    small = picture(16, 12)
    small.encoderinfo = {"tiffinfo": {254: 1, 270: SECRET.decode()}}
    out = BytesIO()
    plain.save(out, "TIFF", save_all=True, append_images=[small])
    yield "smaller picture", out.getvalue()
    yield "texts", saved("TIFF", tiffinfo={270: SECRET.decode(), 305: SECRET.decode(), 315: SECRET.decode()})
    yield "xmp", saved("TIFF", tiffinfo={700: XMP})
    yield "unknown fields", saved("TIFF", tiffinfo={65000: SECRET.decode(), 50341: SECRET})
    yield "place", saved("TIFF", exif=exif())
    yield "behind the end", saved("TIFF") + SECRET
    yield "in a packed strip", _in_strip(saved("TIFF", compression="tiff_adobe_deflate"))
    yield "in a plain strip", _in_strip(saved("TIFF"))
    yield "profile", saved("TIFF", icc_profile=profile())


def _in_strip(plain: bytes) -> bytes:
    """Move the last strip behind the end and let it be longer than its rows."""
    from kimdesk.casework.scans.directories import directories

    found = next(directories(plain))
    at, size = found[273].numbers(), found[279].numbers()
    moved = bytearray(plain + plain[at[-1] : at[-1] + size[-1]] + SECRET)
    for tag, value in ((273, len(plain)), (279, size[-1] + len(SECRET))):
        entry = plain.index(struct.pack("<HH", tag, found[tag].kind), 8)
        if len(at) == 1:
            moved[entry + 8 : entry + 12] = struct.pack("<I", value)
        else:
            place = int.from_bytes(plain[entry + 8 : entry + 12], "little")
            last = place + len(found[tag].value) - len(found[tag].value) // len(at)
            moved[last : last + len(found[tag].value) // len(at)] = value.to_bytes(
                len(found[tag].value) // len(at), "little"
            )
    return bytes(moved)


# --- WebP, GIF -----------------------------------------------------------------------------------------


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    """Return a WebP of chunks."""
    body = b"WEBP"
    for kind, data in chunks:
        body += kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def webps() -> Iterator[tuple[str, bytes]]:
    """Yield WebPs by what is in them."""
    plain = saved("WEBP")
    size = int.from_bytes(plain[16:20], "little")
    vp8 = (b"VP8 ", plain[20 : 20 + size])
    head = (b"VP8X", bytes((0x2C, 0, 0, 0, 63, 0, 0, 47, 0, 0)))
    yield "exif and xmp", saved("WEBP", exif=exif(), xmp=XMP)
    yield "unknown chunk", riff(head, vp8, (b"SECR", SECRET))
    yield "behind the end", plain + SECRET
    yield "profile", saved("WEBP", icc_profile=profile())
    yield "without loss", saved("WEBP", lossless=True, exif=exif())


def gifs() -> Iterator[tuple[str, bytes]]:
    """Yield GIFs by what is in them."""
    plain = saved("GIF")
    table = 13 + 3 * 2 ** ((plain[10] & 7) + 1)
    block = bytes([len(SECRET)]) + SECRET + b"\0"
    yield "comment", saved("GIF", comment=SECRET)
    yield "text", plain[:table] + b"!\x01\x0c" + bytes(12) + block + plain[table:]
    yield "application", plain[:table] + b"!\xff\x0bSECRSECRSEC" + block + plain[table:]
    yield "behind the end", plain + SECRET
    yield "behind the codes", plain[:-2] + bytes([len(SECRET)]) + SECRET + plain[-2:]


# --- HEIC ----------------------------------------------------------------------------------------------


def heics() -> Iterator[tuple[str, bytes]]:
    """Yield HEICs by what is in them."""
    about = ((b"cdsc", (1,)),)
    camera = heifs.Item(b"Exif", struct.pack(">I", 6) + exif(), about)
    small = heifs.Item(b"hvc1", heifs.PICTURE.data, ((b"thmb", (1,)),), (1, 2), SECRET)
    depth = heifs.Item(b"hvc1", heifs.PICTURE.data, ((b"auxl", (1,)),), (1, 2, 3))
    kind = heifs.full(b"auxC", b"urn:mpeg:hevc:2015:auxid:2\0" + SECRET)
    described = heifs.full(b"udes", SECRET + b"\0" * 4)
    noted = heifs.Item(b"hvc1", _sized(b"\x4e\x01\x05\x18" + SECRET) + heifs.PICTURE.data, properties=(1, 2))
    named = heifs.Item(b"hvc1", heifs.PICTURE.data, properties=(1, 2, 3), name=SECRET)
    colours = heifs.box(b"colr", b"prof", profile())
    yield "exif", heifs.heif(heifs.PICTURE, camera)
    yield "xmp", heifs.heif(heifs.PICTURE, heifs.Item(b"mime", XMP, about))
    yield "unknown item", heifs.heif(heifs.PICTURE, heifs.Item(b"SECR", SECRET))
    yield "thumbnail", heifs.heif(heifs.PICTURE, small)
    yield "depth", heifs.heif(heifs.PICTURE, depth, known=heifs.properties(kind))
    yield "description", heifs.heif(named, known=heifs.properties(described))
    yield "profile", heifs.heif(named, known=heifs.properties(colours))
    yield "note of the encoder", heifs.heif(noted)
    yield "note among the tables", heifs.heif(known=heifs.properties(note=SECRET))
    yield "uuid", heifs.heif(behind=heifs.box(b"uuid", bytes(16), SECRET))
    yield "free", heifs.heif(behind=heifs.box(b"free", SECRET) + heifs.box(b"skip", SECRET))
    yield "film of Google", heifs.heif(behind=heifs.box(b"mpvd", FILM))
    yield "film of Apple", heifs.heif(behind=heifs.box(b"moov", heifs.box(b"udta", SECRET)))
    yield "behind the end", heifs.heif(behind=b"\xff\xff\xff\xff" + SECRET)
    yield "between the pictures", heifs.heif(gap=SECRET)
    yield "name of the handler", heifs.heif(handler=SECRET)
    yield "box among the tables", heifs.heif(also=heifs.box(b"uuid", bytes(16), SECRET))


FILES: dict[str, Callable[[], Iterator[tuple[str, bytes]]]] = {
    "image/jpeg": jpegs,
    "image/png": pngs,
    "image/tiff": tiffs,
    "image/webp": webps,
    "image/gif": gifs,
    "image/heic": heics,
}
PLAIN: dict[str, Callable[[], bytes]] = {
    "image/jpeg": lambda: saved("JPEG"),
    "image/png": lambda: saved("PNG"),
    "image/tiff": lambda: saved("TIFF"),
    "image/webp": lambda: saved("WEBP"),
    "image/gif": lambda: saved("GIF"),
    "image/heic": heifs.heif,
}
"""The same pictures, without anything beside them."""


def shown(data: bytes, media_type: str) -> bytes:
    """Return the pixels of the first page as another program reads them."""
    if media_type == "image/heic":
        from pi_heif import open_heif

        found = open_heif(data)  # its pixels live as long as it does
        return bytes(found.data)
    return Image.open(BytesIO(data)).convert("RGB").tobytes()
