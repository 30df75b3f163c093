"""When Python looks for circles of objects that nobody needs any more."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_USUAL: Final = gc.get_threshold()
_RARELY: Final = 100_000  # new objects until the next look; usually 700


@contextmanager
def rarely() -> Iterator[None]:
    """Look less often while many rows pass, which make no circles: it costs an eighth of an export."""
    gc.set_threshold(_RARELY, *_USUAL[1:])
    try:
        yield
    finally:
        gc.set_threshold(*_USUAL)
