"""The chain by keyboard: everything the hand can do with a bar."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent

from kimdesk.domain.chain import span
from kimdesk.domain.records import CaseFile
from ui.plan.frame import MONTHS, WEEKS
from ui.plan.strands import strands

if TYPE_CHECKING:
    from ui.plan.chain_view import ChainView

_WEEK = 7
_SIDE = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
_STEP = {**_SIDE, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_ZOOM = {Qt.Key.Key_Plus: WEEKS, Qt.Key.Key_Minus: MONTHS}


def in_order(file: CaseFile) -> list[str]:
    """Return the measures that have a date, strand by strand."""
    return [one.id for strand in strands(file) for one in strand.measures if span(one)]


def press(view: "ChainView", event: QKeyEvent) -> bool:
    """Do what the key means; return False for a key that means nothing here.

    Arrows choose; Alt with left and right shifts by a day, Strg lengthens or shortens, with the shift key
    by a week; Enter opens, V asks what it waits for, Entf removes, + and − show weeks or months.
    """
    key, chosen = Qt.Key(event.key()), view.chosen
    if key in _ZOOM:
        view.show_frame(view.frame.zoomed(_ZOOM[key]))
        return True
    if not chosen:
        return False
    if key in _STEP:
        return _arrow(view, key, event.modifiers())
    if key in _OPEN:
        view.wanted.emit(chosen)
    elif key == Qt.Key.Key_V:
        view.link_asked.emit(chosen)
    elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        view.removal_asked.emit(chosen, _below(view, chosen))
    elif key == Qt.Key.Key_Menu:
        view.menu_asked.emit(chosen, "", _below(view, chosen))
    elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        keys = view.keys_in_order()
        view.choose(keys[0] if key == Qt.Key.Key_Home else keys[-1])
    else:
        return False
    return True


def _arrow(view: "ChainView", key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
    days = _SIDE.get(key, 0) * (_WEEK if modifiers & Qt.KeyboardModifier.ShiftModifier else 1)
    if modifiers & Qt.KeyboardModifier.AltModifier and days:
        view.moved.emit(view.chosen, days)
    elif modifiers & Qt.KeyboardModifier.ControlModifier and days:
        view.stretched.emit(view.chosen, days)
    elif not modifiers & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier):
        keys = view.keys_in_order()
        view.choose(keys[(keys.index(view.chosen) + _STEP[key]) % len(keys)])
    else:
        return False
    return True


def _below(view: "ChainView", key: str) -> QPoint:
    bar = view.picture.bar(key) if view.picture else None
    return view.mapToGlobal(QPoint(round(bar.left), round(bar.top + bar.height)) if bar else QPoint())
