"""How KIMdesk looks on this computer, and when it locks itself."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from kimdesk.texts import numbers
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.field import FieldBox
from ui.kit.scroll import column
from ui.kit.text import Text
from ui.places import Place
from ui.platform import capture_hider
from ui.program.preferences import IDLE_MINUTES, ZOOMS, Keeper
from ui.text import tr
from ui.theme import theme

_FIELD_WIDTH = 260


class LookCard(Card):
    """Light or dark, and the size of the text; both take effect at once."""

    def __init__(self, keeper: Keeper) -> None:
        super().__init__(tr("Appearance"))
        self._keeper = keeper
        look = _choices(
            "look",
            {"system": tr("As the system"), "light": tr("Light"), "dark": tr("Dark")},
            keeper.current.look,
        )
        look.currentIndexChanged.connect(
            lambda _: keeper.change(keeper.current._replace(look=look.currentData()))
        )
        self.body.addWidget(FieldBox(tr("Colours"), look))
        zoom = _choices("zoom", {size: numbers.percent(size) for size in ZOOMS}, keeper.current.zoom)
        zoom.currentIndexChanged.connect(
            lambda _: keeper.change(keeper.current._replace(zoom=zoom.currentData()))
        )
        self.body.addWidget(
            FieldBox(tr("Text size"), zoom, tr("From 150 % on, columns stand below one another."))
        )


class LockCard(Card):
    """After how many minutes without a key KIMdesk locks itself, and whether it may be pictured."""

    def __init__(self, keeper: Keeper, navigate: Callable[[Place], None]) -> None:
        super().__init__(tr("Locking"))
        minutes = {each: tr("1 minute") if each == 1 else tr("{n} minutes", n=each) for each in IDLE_MINUTES}
        box = _choices("idle_minutes", minutes, keeper.current.idle_minutes)
        box.currentIndexChanged.connect(
            lambda _: keeper.change(keeper.current._replace(idle_minutes=box.currentData()))
        )
        self.body.addWidget(FieldBox(tr("Lock when nothing is pressed for"), box))
        self.body.addWidget(_capture_box(keeper))
        words = tr(
            "Ctrl+L locks at once; so do sleep, a locked screen and another user where the system tells. "
            "Drafts are saved first and come back after unlocking."
        )
        self.body.addWidget(Text(words, "table", "text-2", wrap=True))
        thief = quiet(tr("What a thief would need"), "info")
        thief.setObjectName("thief_help")
        thief.clicked.connect(lambda: navigate(Place("help", key="thief")))
        row = QHBoxLayout()
        row.addWidget(thief)
        row.addStretch(1)
        self.body.addLayout(row)


def _capture_box(keeper: Keeper) -> QWidget:
    """Return the switch that keeps open cases out of pictures of the screen; grey where none can."""
    possible = capture_hider() is not None
    box = QCheckBox(tr("Protect from screen pictures"))
    box.setObjectName("hide_from_capture")
    box.setEnabled(possible)
    box.setChecked(possible and keeper.current.hide_from_capture)
    box.toggled.connect(lambda on: keeper.change(keeper.current._replace(hide_from_capture=on)))
    note = (
        tr("Asks the system to keep open cases out of pictures and recordings of the screen.")
        if possible
        else tr("Not possible on this system.")
    )
    box.setAccessibleDescription(note)
    return column(box, Text(note, "meta", "text-2", wrap=True), spacing=2, stretch=False)


def _choices(
    name: str, labels: Mapping[str, str] | Mapping[int, str] | Mapping[float, str], now: object
) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setMaximumWidth(theme().px(_FIELD_WIDTH))
    for value, label in labels.items():
        box.addItem(label, value)
    box.setCurrentIndex(max(box.findData(now), 0))
    return box
