"""How KIMdesk looks on this computer, and when it locks itself."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from kimdesk.texts import numbers, say
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.drop_down import DropDown
from ui.kit.field import FieldBox
from ui.kit.scroll import column
from ui.kit.text import Text
from ui.places import Place
from ui.platform import capture_hider
from ui.program.preferences import IDLE_MINUTES, ZOOMS, Keeper
from ui.theme import theme

_FIELD_WIDTH = 260


class LookCard(Card):
    """Light or dark, and the size of the text; both take effect at once."""

    def __init__(self, keeper: Keeper) -> None:
        super().__init__(say("settings.appearance"))
        self._keeper = keeper
        look = _choices(
            "look",
            {
                "system": say("settings.as_the_system"),
                "light": say("settings.light"),
                "dark": say("settings.dark"),
            },
            keeper.current.look,
        )
        look.currentIndexChanged.connect(
            lambda _: keeper.change(keeper.current._replace(look=look.currentData()))
        )
        self.body.addWidget(FieldBox(say("settings.colours"), look))
        zoom = _choices("zoom", {size: numbers.percent(size) for size in ZOOMS}, keeper.current.zoom)
        zoom.currentIndexChanged.connect(
            lambda _: keeper.change(keeper.current._replace(zoom=zoom.currentData()))
        )
        self.body.addWidget(
            FieldBox(say("settings.text_size"), zoom, say("settings.from_150_columns_stand_below"))
        )


class LockCard(Card):
    """After how many minutes without a key KIMdesk locks itself, and whether it may be pictured."""

    def __init__(self, keeper: Keeper, navigate: Callable[[Place], None]) -> None:
        super().__init__(say("settings.locking"))
        minutes = {each: say("common.minutes", n=each) for each in IDLE_MINUTES}
        box = _choices("idle_minutes", minutes, keeper.current.idle_minutes)
        box.currentIndexChanged.connect(
            lambda _: keeper.change(keeper.current._replace(idle_minutes=box.currentData()))
        )
        self.body.addWidget(FieldBox(say("settings.lock_when_nothing_pressed"), box))
        self.body.addWidget(_capture_box(keeper))
        words = say("settings.ctrl_l_locks_at_once")
        self.body.addWidget(Text(words, "table", "text-2", wrap=True))
        thief = quiet(say("common.what_thief_would_need"), "info")
        thief.setObjectName("thief_help")
        thief.clicked.connect(lambda: navigate(Place("help", key="thief")))
        row = QHBoxLayout()
        row.addWidget(thief)
        row.addStretch(1)
        self.body.addLayout(row)


def _capture_box(keeper: Keeper) -> QWidget:
    """Return the switch that keeps open cases out of pictures of the screen; grey where none can."""
    possible = capture_hider() is not None
    box = QCheckBox(say("settings.protect_from_screen_pictures"))
    box.setObjectName("hide_from_capture")
    box.setEnabled(possible)
    box.setChecked(possible and keeper.current.hide_from_capture)
    box.toggled.connect(lambda on: keeper.change(keeper.current._replace(hide_from_capture=on)))
    note = say("settings.asks_system_keep_open_cases") if possible else say("settings.not_possible_system")
    box.setAccessibleDescription(note)
    return column(box, Text(note, "meta", "text-2", wrap=True), spacing=2, stretch=False)


def _choices(
    name: str, labels: Mapping[str, str] | Mapping[int, str] | Mapping[float, str], now: object
) -> DropDown:
    box = DropDown()
    box.setObjectName(name)
    box.setMaximumWidth(theme().px(_FIELD_WIDTH))
    for value, label in labels.items():
        box.addItem(label, value)
    box.setCurrentIndex(max(box.findData(now), 0))
    return box
