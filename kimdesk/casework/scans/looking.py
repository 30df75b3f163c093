"""Looking into a file: what may be attached of it, and whether it can be shown here.

The whole file is read once, at most 25 MB, and everything is done on these bytes: what was checked is what
is stored, whatever happens to the file meanwhile. Only the caged helper looks into them.
"""

from dataclasses import replace
from math import inf
from pathlib import Path
from time import monotonic

from kimdesk.cage import CagedReader, Limits, Stop
from kimdesk.casework.scans.scan import (
    ABOUT,
    MOST_BYTES,
    PDF,
    PHOTOS,
    UNSEEN,
    Content,
    Drawing,
    Scan,
)
from kimdesk.domain.errors import CaseworkError, ForeignFileError, KimdeskError, StoreError

_CAGED = "kimdesk.casework.scans.caged"
_DRAWING = Limits(files=16, threads=True)  # fonts; HEIC is read by a thread
_CLEAN = CagedReader(f"{_CAGED}:clean", Scan, refusals=("E870", "E871", "E872", "E873", "E876", "E877"))
_BARE = CagedReader(f"{_CAGED}:bare", bytes, limits=Limits(seconds=4, files=16, threads=True))
_CONTENTS = CagedReader(f"{_CAGED}:contents", tuple[Content, ...])
_PROBE = CagedReader(f"{_CAGED}:probe", int, refusals=("E875",), limits=_DRAWING)
_DRAW = CagedReader(f"{_CAGED}:draw", Drawing, refusals=("E875",), limits=_DRAWING)
_COSTLY = frozenset({"E760", "E761"})  # memory, time
_UNDRAWABLE = frozenset({"E762", "E875"})  # it crashes, or cannot be drawn


def inspect(source: Path | bytes, stop: Stop | None = None) -> Scan:
    """Look into a file and return what may be attached.

    Raises CaseworkError E870 when it is too large, E871 when it is no kind of scan, E872 when it is damaged
    or a picture that cannot be drawn, E873 when it has too many pixels, E876 when it is two formats at once,
    E877 when it would take too long to draw; StoreError E940 when it cannot be read; ForeignFileError when
    looking into it had to be ended (``CagedReader``).
    """
    data = source if isinstance(source, bytes) else _read(source)
    end = monotonic() + _CLEAN.limits.seconds  # of all together
    scan = _CLEAN(data, stop=stop)
    if scan.media_type == PDF and scan.drawable:
        scan = _bare(scan, stop, end)
        found = contents(scan.data, stop, end)
        scan = replace(scan, contains=found, place_left=any(each.code == PHOTOS for each in found))
    if len(scan.data) > MOST_BYTES:
        raise CaseworkError("E870", most=MOST_BYTES // 1024**2)  # made anew it grew
    return replace(scan, drawable=scan.drawable and _is_drawable(scan, stop, end))


def _bare(scan: Scan, stop: Stop | None, end: float) -> Scan:
    """Return a PDF without what it says about itself, as it is where that costs too much."""
    try:
        data = _BARE(scan.data, stop=stop, limits=_BARE.limits.until(end))
    except ForeignFileError as error:
        if error.code not in _UNDRAWABLE | _COSTLY:
            raise
        return scan
    return scan if data == scan.data else replace(scan, data=data, removed=(*scan.removed, ABOUT))


def contents(data: bytes, stop: Stop | None = None, end: float = inf) -> tuple[Content, ...]:
    """Return what a PDF holds besides its pages, as far as it can be found out until ``end`` (monotonic).

    Raises ForeignFileError when nobody could look.
    """
    try:
        return _CONTENTS(data, stop=stop, limits=_CONTENTS.limits.until(end))
    except ForeignFileError as error:
        if error.code not in _UNDRAWABLE | _COSTLY:
            raise
        return (Content(UNSEEN, 1),)


def _is_drawable(scan: Scan, stop: Stop | None, end: float) -> bool:
    """Return whether it can be shown here; raise CaseworkError E872 for a picture that is damaged."""
    try:
        _PROBE(scan.data, scan.media_type, scan.pages, stop=stop, limits=_PROBE.limits.until(end))
    except (CaseworkError, ForeignFileError) as error:
        if error.code in _UNDRAWABLE and scan.media_type != PDF:
            raise CaseworkError("E872") from None
        if error.code not in _UNDRAWABLE | _COSTLY:
            raise
        return False
    return True


def draw(data: bytes, media_type: str, page: int, width: int) -> Drawing:
    """Return ``page`` (from 0) about ``width`` pixels wide, less if that were too many pixels.

    Raises CaseworkError E875 when the page cannot be drawn, ForeignFileError when nobody could look.
    """
    try:
        found = _DRAW(data, media_type, page, width)
    except KimdeskError as error:
        if error.code in _UNDRAWABLE | _COSTLY:
            raise CaseworkError("E875") from None
        raise
    if len(found.pixels) != 3 * found.width * found.height:  # whoever paints them would read on behind
        raise ForeignFileError("E767")
    return found


def prepare() -> None:
    """Let the helper be started that will soon be needed; nothing is waited for."""
    _CLEAN.prepare()


def _read(path: Path) -> bytes:
    """Read at most one byte more than may be attached."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError:
        raise StoreError("E940") from None
