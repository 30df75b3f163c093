"""What a scan is: its kinds, its limits, and what is told about it."""

import hashlib
from dataclasses import dataclass, field

PDF, JPEG, PNG, HEIC = "application/pdf", "image/jpeg", "image/png", "image/heic"
TIFF, GIF, WEBP = "image/tiff", "image/gif", "image/webp"
MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 80_000_000
"""A sheet of A3 at 600 dpi has 70 million."""

PLACE, DETAILS, TEXTS, PICTURES = "place", "details", "texts", "pictures"
FILM, BEHIND, PROFILE, ABOUT, OTHER = "film", "behind", "profile", "about", "other"
REMOVED = (PLACE, DETAILS, TEXTS, PICTURES, FILM, BEHIND, PROFILE, ABOUT, OTHER)
"""What may be left out of a scan, in the order in which it is told: the place it was taken; time, device
and owner; texts; further pictures (thumbnails, depth, uncut originals); a film; what stands behind its end;
words of its colour profile; author, program, times and titles of a PDF; what nobody knows."""

SCRIPTS, OPENING, LAUNCHES, SUBMITS, REMOTE, LINKS, FILES, MEDIA, XFA, PHOTOS, LOCKED, UNSEEN = (
    "scripts", "opening", "launches", "submits", "remote", "links", "files", "media", "xfa", "photos",
    "locked", "unseen",
)  # fmt: skip
CONTAINED = (
    SCRIPTS, OPENING, LAUNCHES, SUBMITS, REMOTE, LINKS, FILES, MEDIA, XFA, PHOTOS, ABOUT, LOCKED, UNSEEN,
)  # fmt: skip
"""What may be in a PDF besides its pages, in the order in which it is told: scripts; actions at opening and
at other events; programs it starts; forms it sends; other documents it opens; web links; files within; sound
and film; a form of another kind (XFA); photos with what their camera noted. ``locked``: it asks for a
password; ``unseen``: nobody could look into it."""


@dataclass(frozen=True, slots=True)
class Content:
    """Something in a PDF besides its pages (``CONTAINED``), and how often."""

    code: str
    n: int


@dataclass(frozen=True, slots=True)
class Scan:
    """A file that may be attached. ``pages`` is 0 for a PDF that asks for a password.

    ``place_left`` says that it may still tell where and with what it was made; ``removed`` what was left out
    (``REMOVED``); ``contains`` what is in a PDF besides its pages; ``drawable`` whether it can be shown here;
    ``look`` how its first page looks, "" while nobody asked (``likeness``).
    """

    data: bytes = field(repr=False)
    media_type: str
    pages: int = 1
    place_left: bool = False
    removed: tuple[str, ...] = ()
    contains: tuple[Content, ...] = ()
    drawable: bool = True
    look: str = ""

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the bytes, in hex."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Drawing:
    """One page as a picture: rows of red, green, blue, a byte each; without any it asks for a password."""

    pixels: bytes = field(repr=False)
    width: int
    height: int
    pages: int


@dataclass(slots=True)
class Rebuilt:
    """A picture made anew of what is known: its bytes, the pixels of its largest page, what was left out."""

    data: bytes
    pixels: int
    pages: int = 1
    removed: set[str] = field(default_factory=set)


class DamagedError(ValueError):
    """The bytes are not what their kind says they are."""
