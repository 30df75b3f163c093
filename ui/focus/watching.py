"""What keeps the rule of focus for every window of the program."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from ui.focus.moving import listening, reveal
from ui.focus.order import group_of, keeps_tab, neighbour
from ui.focus.ring import FocusRing
from ui.focus.spot import FocusSpot

_TABS = {Qt.Key.Key_Tab: True, Qt.Key.Key_Backtab: False}
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_PLAIN = _SHIFT | Qt.KeyboardModifier.KeypadModifier


class Keyboard(QObject):
    """Follows the keyboard from widget to widget.

    It watches what has the keyboard and what stands around it, and nothing else: when one of them goes, the
    keyboard is given back; Tab, Shift+Tab and Enter at a button are answered here.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ring: FocusRing | None = None
        self._watched: list[QWidget] = []
        self._window: QWidget | None = None
        self._spots: dict[QWidget, FocusSpot] = {}  # by window
        self._lost: FocusSpot | None = None
        self._just_left: FocusSpot | None = None
        app.focusChanged.connect(self._follow)

    def note(self, widget: QWidget) -> None:
        """Take it that the keyboard is meant to be at ``widget``, whenever its window is in front."""
        self._lost = self._just_left = None
        self._spots[widget.window()] = FocusSpot(widget)
        if widget.hasFocus():
            self._settle(widget)

    def move(self, widget: QWidget, *, forward: bool) -> bool:
        """Do what Tab does at ``widget``; return whether there was somewhere to go."""
        target = neighbour(widget, forward=forward)
        if target is None:
            return False
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        target.setFocus(reason)
        if isValid(widget) and widget.isVisible():
            later = neighbour(widget, forward=forward)
            if later is not None and later is not target:
                later.setFocus(reason)  # what was typed made another field appear
        self._just_left = None
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer the keys, and notice when what has the keyboard goes away."""
        kind = event.type()
        if kind == QEvent.Type.Hide and not event.spontaneous():
            self._lose()
        elif kind == QEvent.Type.EnabledChange:
            self._lose_grey(watched)
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return _passes_on(watched, event)
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QWidget):
            return watched.hasFocus() and self._answer(watched, event)
        return False

    def _answer(self, widget: QWidget, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if event.modifiers() & ~_PLAIN:
            return False
        if key in _TABS and not keeps_tab(widget) and widget.window().windowType() != Qt.WindowType.Popup:
            return self.move(widget, forward=_TABS[key] and not event.modifiers() & _SHIFT)
        return key in _ENTERS and isinstance(widget, QAbstractButton) and _press(widget)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is None:
            return
        window, before = new.window(), self._window
        if window is not before and before is not None and (left := self._spots.get(before)):
            left.look()
        if self._lost is not None and self._lost.window is window and _has_gone(old, window):
            return  # Qt alone moved it on, to whatever came next
        self._lost = None
        spot = self._spots.get(window)
        if window is not before and spot is not None and spot.widget is not new and not _by_mouse():
            self._window = window
            self._later(spot)
            return
        self._settle(new)

    def _settle(self, widget: QWidget) -> None:
        self._window = window = widget.window()
        self._just_left = self._spots.get(window)
        self._spots = {each: spot for each, spot in self._spots.items() if isValid(each)}
        self._spots[window] = FocusSpot(widget)
        QTimer.singleShot(0, self, self._forget)
        self._watch(widget)
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None
        if _by_mouse():
            return
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            reveal(widget)
        if isinstance(widget, QAbstractButton) and not widget.property("own_focus"):
            self._ring = FocusRing(widget)

    def _watch(self, widget: QWidget) -> None:
        for one in filter(isValid, self._watched):
            one.removeEventFilter(self)
        self._watched = [widget]
        while not widget.isWindow() and (above := widget.parentWidget()) is not None and not above.isWindow():
            self._watched.append(above)
            widget = above
        if self._just_left is not None and isValid(self._just_left.widget):
            self._watched.append(self._just_left.widget)
        for one in self._watched:
            one.installEventFilter(self)

    def _forget(self) -> None:
        self._just_left = None

    def _lose(self) -> None:
        """What has the keyboard goes: remember where, before Qt moves it on and scrolls there."""
        focused = QApplication.focusWidget()
        spot = self._spots.get(focused.window()) if focused is not None else None
        if spot is not None and self._lost is None and not spot.is_shown():
            spot.look()
            self._later(spot)

    def _lose_grey(self, widget: QObject) -> None:
        """What had the keyboard cannot be used now: Qt has moved it on already."""
        spot = self._just_left
        if spot is not None and spot.widget is widget and not spot.widget.isEnabled():
            self._later(spot)

    def _later(self, spot: FocusSpot) -> None:
        self._lost = spot  # what is put in its place is shown first
        QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, self._give_back))

    def _give_back(self) -> None:
        spot, self._lost = self._lost, None
        if spot is None or not isValid(spot.window):
            return
        active = QApplication.activeWindow()
        if active is not None and active is not spot.window:
            return  # another window is in front: given back when this one is again
        if (target := spot.again()) is not None:
            spot.scroll_back()
            target.setFocus()
        if (focused := QApplication.focusWidget()) is not None:
            self._settle(focused)


def watch(app: QApplication) -> None:
    """Keep the rule in every window of ``app`` from now on."""
    if app.findChild(Keyboard) is None:
        listening[:] = [Keyboard(app).note]


def step(widget: QWidget, *, forward: bool) -> bool:
    """Do what Tab does at ``widget``, for who gets the key another way; return whether there was a way."""
    app = QApplication.instance()
    watching = app.findChild(Keyboard) if app is not None else None
    return watching is not None and watching.move(widget, forward=forward)


def _passes_on(widget: QObject, event: QKeyEvent) -> bool:
    """Leave a key to the program that a text field would take for itself: undo, where nothing was typed."""
    if not event.matches(QKeySequence.StandardKey.Undo):
        return False
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        typed = widget.document().isUndoAvailable()
    elif isinstance(widget, QLineEdit):
        typed = widget.isUndoAvailable()
    else:
        return False
    if not typed:
        event.ignore()
    return not typed


def _has_gone(widget: QWidget | None, window: QWidget) -> bool:
    return widget is None or not isValid(widget) or not widget.isVisibleTo(window)


def _by_mouse() -> bool:
    return QApplication.mouseButtons() != Qt.MouseButton.NoButton


def _press(button: QAbstractButton) -> bool:
    """Press ``button`` as Enter does; in a dialog, what can be chosen leaves Enter to the main button."""
    chooses = button.isCheckable()
    if isinstance(button, QCheckBox | QRadioButton) or (chooses and isinstance(button.window(), QDialog)):
        return False
    if not (button.isChecked() and group_of(button)):
        button.click()
    return True
