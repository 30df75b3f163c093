"""PDF written object by object, with what programs put into it besides pages."""

from kimdesk.casework.scans.scan import (
    FILES,
    LAUNCHES,
    LINKS,
    MEDIA,
    OPENING,
    REMOTE,
    SCRIPTS,
    SUBMITS,
    XFA,
)


def pdf_of(*objects: bytes, more: bytes = b"") -> bytes:
    """Return a PDF of numbered ``objects``, first its catalogue; ``more`` stands in the trailer."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(objects) + 1, len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
    return bytes(
        out + b"trailer\n<< /Root 1 0 R /Size %d %b >>\nstartxref\n%d\n%%%%EOF\n" % (size, more, start)
    )


def stream(content: bytes, said: bytes = b"") -> bytes:
    """Return the body of an object that is a stream."""
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), said, content)


def sheet(catalogue: bytes = b"", page: bytes = b"", *others: bytes, more: bytes = b"") -> bytes:
    """Return a PDF of one empty page; ``others`` are the objects from number 4."""
    return pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalogue,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] %b >>" % page,
        *others,
        more=more,
    )


def large(content: bytes) -> bytes:
    """Return a PDF of one page with ``content`` in it."""
    return sheet(b"", b"", stream(content))


def field(action: bytes, kind: bytes = b"/Subtype /Link") -> bytes:
    return b"<< /Type /Annot %b /Rect [0 0 40 40] /A << %b >> >>" % (kind, action)


_HERE = b"/Annots [4 0 R]"

HOLDING: dict[str, bytes] = {
    SCRIPTS: sheet(b"", _HERE, field(b"/S /JavaScript /JS (app.alert\\(1\\))")),
    OPENING: sheet(b"/OpenAction << /S /Named /N /Print >>"),
    LAUNCHES: sheet(b"", _HERE, field(b"/S /Launch /F (cmd.exe)")),
    SUBMITS: sheet(b"", _HERE, field(b"/S /SubmitForm /F (http://x)", b"/Subtype /Widget /FT /Btn /T (x)")),
    REMOTE: sheet(b"", _HERE, field(b"/S /GoToR /F (other.pdf) /D [0 /Fit]")),
    LINKS: sheet(b"", _HERE, field(b"/S /URI /URI (http://example.org)")),
    FILES: sheet(
        b"/Names << /EmbeddedFiles << /Names [(a.txt) 4 0 R] >> >>", b"",
        b"<< /Type /Filespec /F (a.txt) /EF << /F 5 0 R >> >>", stream(b"hello", b"/Type /EmbeddedFile"),
    ),
    MEDIA: sheet(b"", _HERE, b"<< /Type /Annot /Subtype /RichMedia /Rect [0 0 40 40] >>"),
    XFA: sheet(b"/AcroForm << /Fields [] /XFA 4 0 R >>", b"", stream(b"<xdp/>")),
}  # fmt: skip
"""A PDF for each thing that may be in one, once."""
