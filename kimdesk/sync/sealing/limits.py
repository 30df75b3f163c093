"""How large anything in a bundle may be; every limit is checked before memory is given (SECURITY.md §2)."""

from typing import Final

KIB: Final = 1024
MIB: Final = 1024 * KIB

FILE: Final = 2048 * MIB
"""Bytes of a whole file."""
HEADER: Final = 64 * KIB
"""Bytes of the clear header, and of the stanza header of the sealed stream."""
STANZAS: Final = 8
"""Stanzas of the sealed stream."""
DOCUMENT: Final = MIB
"""Bytes of the body of a signed document (request, certificate)."""
REVOKED: Final = 500
"""Keys of desks that a statement of a Kreis names as revoked."""
MANIFEST: Final = MIB
"""Bytes of a manifest."""
EARLIER: Final = 200
"""Bundles before the one before that a manifest names."""
FRAME: Final = MIB
"""Bytes of one frame's payload."""
RECORD: Final = MIB
"""Bytes of one record (one line of a section)."""
RECORDS: Final = 200_000
"""Records of all sections together."""
BLOB: Final = 25 * MIB
"""Bytes of one blob: whatever may be attached to a case may travel with it (``scan.MOST_BYTES``)."""
DEPTH: Final = 32
"""How deep the objects and arrays of a record may nest."""
RATIO: Final = 200
"""Bytes of unpacked sections, as declared, per byte of the sealed stream."""
UNPACKED: Final = 1024 * MIB
"""Bytes all packed sections together may unpack to, as declared, however large the file is."""
SHORT: Final = 4 * KIB
"""Bytes below which a frame of DATA must be the last of its section: no file is a flood of frames."""
ZSTD_WINDOW: Final = 8 * MIB
"""Largest window a zstd frame may ask for."""
