"""What every system is asked for, and how it answers."""

from collections.abc import Callable
from typing import Protocol

Leave = Callable[[], object]
Hide = Callable[[int, bool], bool]


class Watch(Protocol):
    """Listens whether the user leaves the computer, until it is ended."""

    def end(self) -> None:
        """Stop listening, and let the computer sleep: the desk is closed."""
