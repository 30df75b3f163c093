"""Pictures by keyboard: which keys do what, as a table."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

Key: TypeAlias = Qt.Key
Modifier: TypeAlias = Qt.KeyboardModifier
SIDES = {Key.Key_Right: 1, Key.Key_Left: -1}
ROWS = {Key.Key_Down: 1, Key.Key_Up: -1}
STEPS = {**SIDES, **ROWS}
OPEN = (Key.Key_Return, Key.Key_Enter, Key.Key_Space)
ADD = (Key.Key_Insert, Key.Key_Plus)
REMOVE = (Key.Key_Delete, Key.Key_Backspace)
_HELD = Modifier.ControlModifier | Modifier.AltModifier
WEEK = 7
"""How many days a key moves something with the shift key held."""


class Keys:
    """What the keys of one picture do. Strg and Alt choose among the meanings of a key.

    ``chosen`` returns what has the keyboard, something false for nothing.
    """

    def __init__(self, chosen: Callable[[], Any]) -> None:
        self._chosen = chosen
        self._acts: dict[tuple[Key, Modifier], tuple[Callable[[int], object], int, int]] = {}

    def on(
        self,
        keys: Iterable[Key],
        act: Callable[[int], object],
        held: Modifier = Modifier.NoModifier,
        shifted: int = 1,
    ) -> None:
        """Let each of ``keys`` call ``act`` with its number, times ``shifted`` with the shift key.

        Keys without a number have 1.
        """
        numbers = keys if isinstance(keys, Mapping) else dict.fromkeys(keys, 1)
        for key, number in numbers.items():
            self._acts[key, held] = act, number, shifted

    def ask(
        self,
        keys: Iterable[Key],
        act: Callable[[Any, int], object],
        held: Modifier = Modifier.NoModifier,
        shifted: int = 1,
    ) -> None:
        """The same, and ``act`` is told what is chosen; while nothing is, nothing happens."""
        self.on(keys, lambda number: (one := self._chosen()) and act(one, number), held, shifted)

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key means; return False for a key that means nothing here."""
        found = self._acts.get((Key(event.key()), event.modifiers() & _HELD))
        if found is None:
            return False
        act, number, shifted = found
        act(number * shifted if event.modifiers() & Modifier.ShiftModifier else number)
        return True
