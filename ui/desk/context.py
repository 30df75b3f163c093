"""What a page needs to work: the open desk, the background, the way to other pages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from ui.places import Place
from ui.program.preferences import Keeper

if TYPE_CHECKING:
    from kimdesk.casework.desk import Desk
    from kimdesk.catalogue.catalogue import Catalogue
    from ui.desk.upkeep import Upkeep
    from ui.program.work import Work


class ShowToast(Protocol):
    """Says what was just done."""

    def __call__(self, text: str, undo: Callable[[], None] | None = None) -> object:
        """Show ``text``; ``undo`` takes it back."""


@dataclass(frozen=True, slots=True)
class Context:
    """Handed to every page.

    ``navigate`` leads to a place of any page.
    ``lock`` locks the desk. ``renew_key`` locks the desk and offers its vault a new key.
    ``home`` lives as long as the desk is shown: the owner of work that outlives a page.
    """

    desk: "Desk"
    work: "Work"
    navigate: Callable[[Place], None]
    toast: ShowToast
    keeper: Keeper = field(default_factory=Keeper)
    renew_key: Callable[[], None] = lambda: None
    upkeep: "Upkeep | None" = None
    lock: Callable[[], None] = lambda: None
    home: QObject = field(default_factory=QObject)

    @property
    def catalogue(self) -> "Catalogue":
        """Return what the open desk works with: services, forms, code lists."""
        return self.desk.catalogue
