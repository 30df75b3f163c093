"""The right of the page: how a desk will see it, and what becomes otherwise."""

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.domain.errors import ContentError
from kimdesk.texts import say
from ui.kit.base import spaced
from ui.kit.card import Card
from ui.kit.text import Text
from ui.pages.catalogue.preview import CataloguePreview
from ui.pages.packs.differences import DifferenceList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kimdesk.domain.records import CaseFile
    from kimdesk.kreis.stock.publishing import Check


class SidePane(QWidget):
    """Preview above, differences below."""

    def __init__(self) -> None:
        super().__init__()
        self._preview = CataloguePreview()
        self._changes = Card()
        self._list = DifferenceList()
        self._changes.body.addWidget(self._list)
        words = say("editor.counts_from_publishing")
        self._changes.body.addWidget(Text(words, "meta", "text-2", wrap=True))
        column = QVBoxLayout(self)
        spaced(column, 12)
        column.addWidget(self._preview)
        column.addWidget(self._changes)
        column.addStretch(1)

    def show_examples(self, files: "Sequence[CaseFile]") -> None:
        """Offer ``files`` as example households."""
        self._preview.show_examples(files)

    def show_check(self, check: "Check", path: str, section: int) -> None:
        """Show the document at ``path`` if it was there when it was checked, and all differences."""
        with suppress(ContentError):
            self._preview.show_document(check.catalogue, path, section)
        self._changes.set_title(say("packs.differences", n=len(check.differences)))
        self._list.show_differences(check.differences, check.catalogue)
