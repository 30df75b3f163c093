"""The letter as it will be printed, with examples in place of what a case tells."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.kit.base import spaced
from ui.kit.card import Card
from ui.kit.text import Text
from ui.theme import theme

if TYPE_CHECKING:
    from ui.papers.render import RenderedPage

_A4 = 297 / 210
_LEAST, _MOST, _AROUND = 200, 400, 96  # widths of the page; what stands above it


class ExamplePage(QWidget):
    """The first page of a letter; while it cannot be written, why."""

    def __init__(self) -> None:
        super().__init__()
        self._width = theme().px(_MOST)
        self._picture = QLabel()
        self._picture.setObjectName("template_example")
        self._picture.setAccessibleName(say("template.so_it_is_printed"))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._told = Text("", "table", "text-2", wrap=True)
        self._told.setObjectName("template_told")
        card = Card(say("template.so_it_is_printed"), tone="sunken")
        card.body.addWidget(self._told)
        card.body.addWidget(self._picture, 1)
        layout = QVBoxLayout(self)
        spaced(layout, 0)
        layout.addWidget(card)
        self._told.setText(say("template.with_examples"))

    def be_high(self, height: int) -> None:
        """Let a page be no higher than ``height`` pixels with everything around it."""
        self._width = max(
            theme().px(_LEAST), min(theme().px(_MOST), round((height - theme().px(_AROUND)) / _A4))
        )

    def picture_width(self) -> int:
        """Return how wide the page is drawn, in pixels of the screen."""
        return round(self._width * self.devicePixelRatio())

    def show_sheet(self, sheet: "RenderedPage") -> None:
        """Show a page."""
        if sheet.image is None:
            return
        picture = QPixmap.fromImage(sheet.image)
        picture.setDevicePixelRatio(self.devicePixelRatio())
        self._picture.setPixmap(picture)
        self._told.setText(say("template.with_examples"))

    def show_problem(self, told: Explanation) -> None:
        """Say why there is nothing to show yet."""
        self._told.setText(told.message)
