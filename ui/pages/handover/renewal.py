"""What changes between a desk and its Kreis: new keys, another answer, another Kreis."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.pages.handover.kreis_card import ChangeKreisDialog, JoiningDialog, KreisCard
from ui.pages.handover.presenter import HandoverPresenter

if TYPE_CHECKING:
    from kimdesk.sync import Joining


class Renewal:
    """Leads from the buttons of ``card`` through their questions.

    ``requested`` gets the digits of new keys, ``first`` the answer at a desk that has no Kreis yet.
    """

    def __init__(
        self,
        page: QWidget,
        presenter: HandoverPresenter,
        requested: Callable[[str], None],
        first: Callable[[Path], None],
    ) -> None:
        self.card = KreisCard(self._write_keys, self.read, presenter.leave)
        self._page = page
        self._presenter = presenter
        self._requested = requested
        self._first = first

    def read(self, path: Path) -> None:
        """Show what the answer of a Kreis at ``path`` would bring, and ask whether to take it."""
        self._presenter.look(path, lambda joining: self._confirm(path, joining))

    def _confirm(self, path: Path, joining: "Joining") -> None:
        if joining.before is None:
            self._first(path)
        elif joining.changes_kreis:
            ChangeKreisDialog(
                self._page, joining, lambda digits: self._presenter.accept(path, digits, change_kreis=True)
            ).open()
        else:
            JoiningDialog(self._page, joining, lambda: self._presenter.accept(path, None)).open()

    def _write_keys(self, path: Path) -> None:
        self._presenter.write_request(path, self._asked, new_keys=True)

    def _asked(self, digits: str) -> None:
        self._requested(digits)
        self.card.show_new_digits(digits)
