"""What ExifTool can write into a picture, it does not find in the cleaned one: only what draws it."""

from io import BytesIO
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from kimdesk.casework.scans.caged import bare, clean, contents, draw
from kimdesk.casework.scans.looking import inspect
from tests import exiftool
from tests.camera_files import FILES, PLAIN, shown
from tests.pdfs import sheet, stream
from tests.scan_samples import pdf

ENDINGS = {
    "image/jpeg": "jpg", "image/png": "png", "image/tiff": "tif", "image/webp": "webp", "image/gif": "gif",
    "image/heic": "heic",
}  # fmt: skip
WORD = "Zzyx-51.9607N"
_SHAPE = {"File:FileType", "File:FileTypeExtension", "File:MIMEType"}
_PROFILE = {
    f"ICC-header:{name}"
    for name in (
        "CMMFlags", "ColorSpaceData", "ConnectionSpaceIlluminant", "DeviceAttributes", "DeviceManufacturer",
        "DeviceModel", "PrimaryPlatform", "ProfileCMMType", "ProfileClass", "ProfileConnectionSpace",
        "ProfileCreator", "ProfileDateTime", "ProfileFileSignature", "ProfileID", "ProfileVersion",
        "RenderingIntent",
    )
} | {
    f"ICC_Profile:{name}"
    for name in (
        "RedMatrixColumn", "GreenMatrixColumn", "BlueMatrixColumn", "RedTRC", "GreenTRC", "BlueTRC",
        "ChromaticAdaptation", "MediaWhitePoint", "ProfileCopyright", "ProfileDescription",
    )
}  # fmt: skip
DRAWS = {
    "BitsPerSample", "Compression", "ImageHeight", "ImageWidth", "PhotometricInterpretation", "FillOrder",
    "PlanarConfiguration", "RowsPerStrip", "SamplesPerPixel", "StripByteCounts", "StripOffsets", "Predictor",
    "XResolution", "YResolution", "ResolutionUnit", "SampleFormat", "ExtraSamples", "WhitePoint", "InkSet",
    "PrimaryChromaticities", "YCbCrCoefficients", "YCbCrSubSampling", "YCbCrPositioning",
    "ReferenceBlackWhite",
}  # fmt: skip
"""What says in a TIFF how its bytes are drawn."""

_SIZE = {"File:ImageWidth", "File:ImageHeight"}
_TURNED = {"IFD0:Orientation", "File:ExifByteOrder"}
ALLOWED: dict[str, set[str]] = {
    "image/jpeg": _SHAPE | _SIZE | _TURNED | _PROFILE | {
        "File:BitsPerSample", "File:ColorComponents", "File:EncodingProcess", "File:YCbCrSubSampling",
        "JFIF:JFIFVersion", "JFIF:ResolutionUnit", "JFIF:XResolution", "JFIF:YResolution",
        "Adobe:APP14Flags0", "Adobe:APP14Flags1", "Adobe:ColorTransform", "Adobe:DCTEncodeVersion",
    },
    "image/png": _SHAPE | _TURNED | _PROFILE | {
        "PNG:BitDepth", "PNG:ColorType", "PNG:Compression", "PNG:Filter", "PNG:ImageHeight", "PNG:ImageWidth",
        "PNG:Interlace", "PNG:Gamma", "PNG:ProfileName", "PNG:WhitePointX", "PNG:WhitePointY", "PNG:RedX",
        "PNG:RedY", "PNG:GreenX", "PNG:GreenY", "PNG:BlueX", "PNG:BlueY", "PNG:SRGBRendering",
        "PNG-pHYs:PixelUnits", "PNG-pHYs:PixelsPerUnitX", "PNG-pHYs:PixelsPerUnitY",
        "PNG-cICP:ColorPrimaries", "PNG-cICP:TransferCharacteristics", "PNG-cICP:MatrixCoefficients",
        "PNG-cICP:VideoFullRangeFlag",
    },
    "image/tiff": _SHAPE | _TURNED | _PROFILE | {f"IFD0:{name}" for name in DRAWS},
    "image/webp": _SHAPE | _TURNED | _PROFILE | {
        "RIFF:HorizontalScale", "RIFF:VerticalScale", "RIFF:ImageHeight", "RIFF:ImageWidth",
        "RIFF:VP8Version", "RIFF:WebP_Flags", "RIFF:AlphaIsUsed",
    },
    "image/gif": _SHAPE | {
        "GIF:BackgroundColor", "GIF:BitsPerPixel", "GIF:ColorResolutionDepth", "GIF:GIFVersion",
        "GIF:HasColorMap", "GIF:ImageHeight", "GIF:ImageWidth",
    },
    "image/heic": _SHAPE | _SIZE | _PROFILE | {"Meta:PrimaryItemReference"} | {
        f"QuickTime:{name}"
        for name in (
            "AverageFrameRate", "BitDepthChroma", "BitDepthLuma", "ChromaFormat", "CompatibleBrands",
            "ConstantFrameRate", "ConstraintIndicatorFlags", "GenProfileCompatibilityFlags",
            "GeneralLevelIDC", "GeneralProfileIDC", "GeneralProfileSpace", "GeneralTierFlag",
            "HEVCConfigurationVersion",
            "HandlerType", "ImageSpatialExtent", "MajorBrand", "MediaData", "MediaDataOffset",
            "MediaDataSize", "MinSpatialSegmentationIDC", "MinorVersion", "NumTemporalLayers",
            "ParallelismType",
            "TemporalIDNested", "ColorProfiles", "Rotation", "Mirroring",
        )
    },
}  # fmt: skip
"""All that may be found in a cleaned picture, kind by kind."""

LEAST = {"image/jpeg": 2500, "image/png": 2500, "image/tiff": 200, "image/webp": 2400, "image/gif": 2200,
         "image/heic": 2400}  # fmt: skip
"""How many tags ExifTool wrote into a picture, at least: else the test would prove nothing."""


@pytest.fixture(scope="module")
def camera(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Pictures with every tag that ExifTool can write, as words and as numbers."""
    plain = {ending: PLAIN[kind]() for kind, ending in ENDINGS.items()}
    return exiftool.written(plain, ("7", WORD), DRAWS, tmp_path_factory.mktemp("camera"))


@pytest.mark.parametrize("kind", ENDINGS)
def test_only_what_draws_a_picture_is_found_in_it(
    camera: dict[str, bytes], tmp_path: Path, kind: str
) -> None:
    told = camera[ENDINGS[kind]]
    assert len(exiftool.found(told, tmp_path)) > LEAST[kind]
    scan = clean(told)
    left = exiftool.found(scan.data, tmp_path)
    assert set(left) - ALLOWED[kind] == set()
    assert [name for name, value in left.items() if WORD[:8] in str(value)] == []
    assert shown(scan.data, kind) == shown(PLAIN[kind](), kind)


@pytest.mark.parametrize("kind", ENDINGS)
def test_nothing_that_cameras_hide_is_found_either(tmp_path: Path, kind: str) -> None:
    for name, data in FILES[kind]():
        left = exiftool.found(clean(data).data, tmp_path)
        assert set(left) - ALLOWED[kind] == set(), name


ABOUT_A_PDF = _SHAPE | {"PDF:PDFVersion", "PDF:Linearized", "PDF:PageCount", "PDF:PageMode"}
SAYING = {
    "info": sheet(b"", b"", b"<< /Title (Zzyx-51) >>", more=b"/Info 4 0 R"),
    "xmp": sheet(
        b"/Metadata 4 0 R", b"",
        stream(b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Zzyx-51</x:xmpmeta>", b"/Type /Metadata /Subtype /XML"),
    ),
    "page": sheet(b"", b"/PieceInfo << /A << /Private (Zzyx-51) /B << >> >> >> /LastModified (D:2020)"),
    "earlier": sheet(b"", b"", b"<< /Producer (Zzyx-51) /CreationDate (D:2020) >>"),
    "identity": sheet(b"", b"", b"<< >>", more=b"/Info 4 0 R /ID [<5a7a79782d3531> <00>]"),
}  # fmt: skip
SIGNED = sheet(
    b"/AcroForm << /SigFlags 3 /Fields [4 0 R] >>", b"/Annots [4 0 R]",
    b"<< /FT /Sig /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /T (S) /V 5 0 R >>",
    b"<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 9 9 9] /Contents <00> >>",
    b"<< /Author (Kessler) /Producer (X) >>", more=b"/Info 6 0 R",
)  # fmt: skip


def test_a_pdf_says_nothing_about_itself_and_shows_the_same(tmp_path: Path) -> None:
    told = exiftool.written({"pdf": pdf("Seite 1", "Seite 2")}, ("7", WORD), set(), tmp_path)["pdf"]
    assert len(exiftool.found(told, tmp_path)) > 100
    scan = inspect(told)
    left = exiftool.found(scan.data, tmp_path)
    assert (set(left) - ABOUT_A_PDF, left["PDF:PageCount"], scan.removed) == (set(), 2, ("about",))
    assert WORD[:8].encode() not in scan.data
    assert [draw(scan.data, scan.media_type, page, 300) for page in (0, 1)] == [
        draw(told, scan.media_type, page, 300) for page in (0, 1)
    ]


@pytest.mark.parametrize("where", SAYING)
def test_what_a_pdf_says_anywhere_is_gone(where: str) -> None:
    found = bare(SAYING[where])
    assert [each for each in (b"Zzyx", b"5A7A7978", b"D:2020", b"/Info", b"/Metadata") if each in found] == []
    assert bare(SAYING[where]) == found == bare(found)
    assert contents(found) == ()


def test_a_pdf_that_may_not_be_changed_says_so() -> None:
    out = BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("", ownerPassword="anker", strength=128))
    canvas.showPage()
    canvas.save()
    encrypted = out.getvalue()
    for data in (SIGNED, encrypted):
        assert bare(data) == data
        scan = inspect(data)
        assert (scan.data, scan.removed, [each.code for each in scan.contains]) == (data, (), ["about"])


def test_a_pdf_without_a_word_about_itself_stays_as_it_is() -> None:
    assert bare(sheet()) == sheet()
