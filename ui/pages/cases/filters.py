"""The filters above the list of cases: which state, which phase, which municipality, which words."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLineEdit, QWidget

from kimdesk.catalogue.codes import code_list
from kimdesk.domain.terms import Phase
from ui.kit.base import spaced
from ui.kit.buttons import Button
from ui.kit.icons import icon
from ui.text import tr
from ui.theme import theme

TYPING_PAUSE = 120  # milliseconds


class Filters(QWidget):
    """One row of filters; ``changed`` carries what to ask the store differently."""

    changed = Signal(dict)

    def __init__(self, municipalities: Sequence[str]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        spaced(row, 8)
        self._states = QButtonGroup(self)
        for name, word, ask in self._kinds():
            button = Button(word, "chip", size="small")
            button.setObjectName(f"filter_{name}")
            button.setCheckable(True)
            button.setProperty("ask", ask)
            self._states.addButton(button)
            row.addWidget(button)
        self._states.buttons()[0].setChecked(True)
        self._states.buttonClicked.connect(lambda button: self.changed.emit(button.property("ask")))
        row.addWidget(self._text())
        row.addWidget(self._phase())
        if len(municipalities) > 1:
            row.addWidget(self._municipality(municipalities))
        row.addStretch(1)

    def count_text(self, count: int) -> str:
        """Return „47 aktiv“ or the like for the chosen state."""
        word = str(self._states.checkedButton().text())
        return f"{count} {word[:1].lower()}{word[1:]}"

    @staticmethod
    def _kinds() -> list[tuple[str, str, dict[str, str]]]:
        return [
            ("active", tr("Active"), {"status": "active", "order": "name"}),
            ("due", tr("Next date first"), {"status": "active", "order": "due"}),
            ("recent", tr("Recently changed"), {"status": "active", "order": "updated"}),
            ("closed", tr("Closed"), {"status": "closed", "order": "name"}),
        ]

    def _text(self) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName("filter_text")
        field.setAccessibleName(tr("Filter this list"))
        field.setPlaceholderText(tr("Filter this list"))
        field.setClearButtonEnabled(True)
        field.addAction(icon("magnifying-glass"), QLineEdit.ActionPosition.LeadingPosition)
        field.setFixedWidth(theme().px(204))
        pause = QTimer(self)
        pause.setSingleShot(True)
        pause.setInterval(TYPING_PAUSE)
        pause.timeout.connect(lambda: self.changed.emit({"text": field.text().strip()}))
        field.textChanged.connect(lambda _: pause.start())
        return field

    def _phase(self) -> QComboBox:
        box = QComboBox()
        box.setObjectName("filter_phase")
        box.setAccessibleName(tr("Phase"))
        box.addItem(tr("All phases"), None)
        for phase in Phase:
            box.addItem(code_list("phase").label(phase), phase.value)
        box.currentIndexChanged.connect(
            lambda _: self.changed.emit({"phase": Phase(box.currentData()) if box.currentData() else None})
        )
        return box

    def _municipality(self, municipalities: Sequence[str]) -> QComboBox:
        box = QComboBox()
        box.setObjectName("filter_municipality")
        box.setAccessibleName(tr("Municipality"))
        box.addItem(tr("All municipalities"), "")
        for ags in municipalities:
            box.addItem(ags, ags)
        box.currentIndexChanged.connect(lambda _: self.changed.emit({"ags": box.currentData()}))
        return box
