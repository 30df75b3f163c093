"""The pack that was published last, written once more: a stick was lost, or pulled out too early."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.kit.base import spaced
from ui.kit.buttons import quiet
from ui.pages.catalogue.presenter import CataloguePresenter

if TYPE_CHECKING:
    from kimdesk.kreis.stock.publishing import Published


class WriteAgain(QWidget):
    """A button that asks where to; ``refused`` is told what went wrong."""

    def __init__(self, context: Context, refused: Callable[[Explanation], None]) -> None:
        super().__init__()
        self._context, self._refused = context, refused
        self._presenter = CataloguePresenter(context)
        self._button = quiet("", "usb", size="small")
        self._button.setObjectName("write_again")
        self._button.clicked.connect(self._choose)
        column = QVBoxLayout(self)
        spaced(column, 0)
        column.addWidget(self._button)
        self.hide()

    def show_last(self, last: "Published | None") -> None:
        """Offer the version that was published ``last``."""
        self.setVisible(last is not None)
        if last is not None:
            self._button.setText(say("editor.write_again", version=last.version))

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, say("editor.choose_folder"))
        if name:
            self._presenter.write_again(self, Path(name), self._written, self._refused)

    def _written(self, made: "Published") -> None:
        self._context.toast(say("editor.written_again", version=made.version))
