"""Every shortcut there is: the list the program binds from, and the page of all keys is made of.

Nothing else in the windows makes a shortcut (``tests/test_architecture.py``), so no key can be missing there.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from kimdesk.texts import say

PARTS = ("everywhere", "cases", "case", "forms", "papers", "board", "kreis")
WINDOW = Qt.ShortcutContext.WindowShortcut
WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut
ALONE = Qt.ShortcutContext.WidgetShortcut


@dataclass(frozen=True, slots=True)
class ShortKey:
    """One shortcut: its name, as Qt writes it, where it works (of ``PARTS``).

    The text ``keys.<name>`` says what it does. ``upto``: it stands for several, from 1 to this, of which
    the tenth is 0. ``inborn``: what has the keyboard obeys it by itself.
    """

    name: str
    keys: str
    part: str
    upto: int = 0
    inborn: bool = False


ALL = (
    ShortKey("lock", "Ctrl+L", "everywhere"),
    ShortKey("new_case", "Ctrl+N", "everywhere"),
    ShortKey("search", "Ctrl+K", "everywhere"),
    ShortKey("page_at", "Ctrl+{}", "everywhere", upto=9),
    ShortKey("rail", "F6", "everywhere"),
    ShortKey("slip", "Ctrl+Shift+E", "everywhere"),
    ShortKey("undo", "Ctrl+Z", "everywhere"),
    ShortKey("help", "F1", "everywhere"),
    ShortKey("all_keys", "Ctrl+?", "everywhere"),
    ShortKey("next_field", "Tab", "everywhere", inborn=True),
    ShortKey("field_before", "Shift+Tab", "everywhere", inborn=True),
    ShortKey("row_menu", "Shift+F10", "everywhere", inborn=True),
    ShortKey("away", "Esc", "everywhere", inborn=True),
    ShortKey("find", "Ctrl+F", "cases"),
    ShortKey("open", "Return", "cases", inborn=True),
    ShortKey("mark", "Space", "cases", inborn=True),
    ShortKey("mark_stretch", "Shift+Down", "cases", inborn=True),
    ShortKey("mark_all", "Ctrl+A", "cases", inborn=True),
    ShortKey("columns", "F4", "cases"),
    ShortKey("tab_at", "Alt+{}", "case", upto=10),
    ShortKey("note", "Ctrl+Shift+K", "case"),
    ShortKey("talk_clock", "F9", "case"),
    ShortKey("no_show", "F8", "case"),
    ShortKey("finding", "Ctrl+Shift+S", "case"),
    ShortKey("deadline", "Ctrl+Shift+F", "case"),
    ShortKey("papers", "Ctrl+P", "case"),
    ShortKey("copy_phone", "Ctrl+Shift+T", "case"),
    ShortKey("copy_address", "Ctrl+Shift+A", "case"),
    ShortKey("save", "Ctrl+S", "forms"),
    ShortKey("earlier", "Ctrl+H", "forms"),
    ShortKey("calendar", "Alt+Down", "forms"),
    ShortKey("less", "Left", "forms", inborn=True),
    ShortKey("more", "Right", "forms", inborn=True),
    ShortKey("choose_state", "Return", "papers", inborn=True),
    ShortKey("state_at", "{}", "papers", upto=4, inborn=True),
    ShortKey("paper_note", "N", "papers", inborn=True),
    ShortKey("paper_scan", "S", "papers", inborn=True),
    ShortKey("card_back", "Ctrl+Left", "board"),
    ShortKey("card_on", "Ctrl+Right", "board"),
    ShortKey("network_picture", "Alt+1", "kreis"),
    ShortKey("network_table", "Alt+2", "kreis"),
)
_BY_NAME = {key.name: key for key in ALL}


def bind(
    owner: QObject,
    name: str,
    act: Callable[[], None],
    *,
    number: int = 0,
    where: Qt.ShortcutContext = WINDOW,
) -> QShortcut:
    """Let the key ``name`` do ``act`` in the window of ``owner``, or only ``where``. Raises KeyError."""
    made = QShortcut(QKeySequence(_BY_NAME[name].keys.format(number)), owner)
    made.setContext(where)
    made.activated.connect(act)
    return made


def words(name: str) -> str:
    """Return how a key is written: „Strg + Umschalt + S“, „Alt + 1 bis Alt + 8“. Raises KeyError."""
    key = _BY_NAME[name]
    if key.upto:
        first, last = (_written(key.keys.format(number % 10)) for number in (1, key.upto))
        return say("help.keys_from_to", first=first, last=last)
    return _written(key.keys)


def lines() -> tuple[str, ...]:
    """Return the page of all keys as paragraphs of simple Markdown."""
    found = [say("keys.all_without_a_mouse")]
    for part in PARTS:
        found.append(f"## {say(f'keys.part_{part}')}")
        found += [f"- **{words(key.name)}** {say(f'keys.{key.name}')}" for key in ALL if key.part == part]
    return tuple(found)


_NAMED = {"Ctrl", "Shift", "Alt", "Esc", "Return", "Down", "Left", "Right", "Tab", "Space"}


def _written(keys: str) -> str:
    parts = (say(f"keys.named_{part.lower()}") if part in _NAMED else part for part in keys.split("+"))
    return "\u00a0+\u00a0".join(parts)
