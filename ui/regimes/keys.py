"""The timeline by keyboard: everything the hand can do with a bar."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui.regimes.drag import END

if TYPE_CHECKING:
    from ui.regimes.timeline import Timeline

_SIDE = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
_ROWS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_TIME = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_WEEK = 7


def press(view: "Timeline", event: QKeyEvent) -> bool:
    """Do what the key means; return False for a key that means nothing here.

    Arrows choose a bar, Strg with left and right moves its end by a day (with the shift key a week), Enter
    opens, + adds one after it in the same strand, Entf removes, F folds the person, Z shows more time (with
    the shift key less), page up and down go along it.
    """
    key = Qt.Key(event.key())
    if key in _TIME:
        view.turn(_TIME[key])
    elif key == Qt.Key.Key_Z:
        back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        view.show_frame(view.frame.closer(1 if back else -1))
    elif view.chosen is None:
        return False
    elif key in _SIDE and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        _move_end(view, _SIDE[key] * (_WEEK if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1))
    elif key in _SIDE:
        view.step(_SIDE[key])
    elif key in _ROWS:
        view.climb(_ROWS[key])
    else:
        return _act(view, key)
    return True


def _act(view: "Timeline", key: Qt.Key) -> bool:
    chosen = view.chosen
    if chosen is None:
        return False
    if key in _OPEN:
        view.open_chosen()
    elif key == Qt.Key.Key_Plus:
        view.add_after(chosen)
    elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and chosen.style in ("covered", "expected"):
        view.removed.emit(chosen.ref)
    elif key == Qt.Key.Key_F:
        view.fold(chosen.person)
    else:
        return False
    return True


def _move_end(view: "Timeline", days: int) -> None:
    chosen = view.chosen
    if chosen and chosen.last and chosen.style in ("covered", "expected"):
        day = chosen.last + timedelta(days=days)
        if chosen.first is None or day >= chosen.first:
            view.placed.emit(chosen.ref, END, day)
