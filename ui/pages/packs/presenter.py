"""What the windows do with catalogue packs: where the desk stands, look into a file, take it, go back."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.program.work import Owner

if TYPE_CHECKING:
    from kimdesk.sync.catalogue import Offer, PackStanding

Refused = Callable[[Explanation], None]


@dataclass(frozen=True, slots=True)
class OpenedPack:
    """A file that was looked into: its bytes, and what it would change."""

    data: bytes
    offer: "Offer"


class PackPresenter:
    """Calls ``kimdesk.sync.catalogue`` in the background."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def read(self, owner: Owner, done: Callable[["PackStanding"], None]) -> None:
        """Read which pack this desk works with."""
        desk = self._context.desk

        def read() -> "PackStanding":
            from kimdesk.sync import catalogue

            return catalogue.standing(desk)

        self._context.work.read(owner, read, done)

    def look(self, owner: Owner, path: Path, done: Callable[[OpenedPack], None], refused: Refused) -> None:
        """Look into the file at ``path``."""
        desk = self._context.desk

        def read() -> OpenedPack:
            from kimdesk.sync import catalogue, packs

            data = packs.load(path)
            return OpenedPack(data, catalogue.look(desk, data))

        self._context.work.read(owner, read, done, refused)

    def take(self, owner: Owner, data: bytes, done: Callable[[object], None], refused: Refused) -> None:
        """Take a pack over."""
        desk = self._context.desk

        def write() -> object:
            from kimdesk.sync import catalogue

            return catalogue.take(desk, data)

        self._context.work.write(owner, write, done, refused)

    def go_back(self, owner: Owner, done: Callable[["PackStanding"], None], refused: Refused) -> None:
        """Use the pack before again."""
        desk = self._context.desk

        def write() -> "PackStanding":
            from kimdesk.sync import catalogue

            return catalogue.go_back(desk)

        self._context.work.write(owner, write, done, refused)
