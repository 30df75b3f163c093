"""The steps of this session that can be taken back by one key, the last one first."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from kimdesk.texts import say
from ui.kit.toast import Toast, toast
from ui.program.work import Work

Undo = Callable[[], None]
_MOST = 50


@dataclass(eq=False, frozen=True, slots=True)
class _Step:
    words: str
    undo: Undo


class Undoing:
    """Shows in ``window`` what was done, and takes it back: each step once, whichever way it is asked for."""

    def __init__(self, window: QWidget, work: Work) -> None:
        self._window, self._work = window, work
        self._steps: list[_Step] = []
        self._refused = False
        work.unexplained.connect(self._note_refusal)

    def tell(self, text: str, undo: Undo | None = None) -> Toast:
        """Say ``text``; ``undo`` takes back what was done, now or after later steps."""
        if undo is None:
            return toast(self._window, text)
        step = _Step(text, undo)
        self._steps = [*self._steps, step][-_MOST:]
        return toast(self._window, text, lambda: self._take_back(step))

    def take_back_last(self) -> None:
        """Take back the last step that was not taken back yet, and say which one that was."""
        if self._steps:
            self._take_back(self._steps[-1])
        else:
            toast(self._window, say("shell.nothing_to_take_back"))

    def _take_back(self, step: _Step) -> None:
        if step not in self._steps:
            return
        self._steps.remove(step)
        self._refused = False
        step.undo()
        self._work.read(self._window, lambda: None, lambda _: self._say_taken_back(step.words))

    def _say_taken_back(self, words: str) -> None:
        key = "not_taken_back" if self._refused else "taken_back"
        self.tell(say(f"shell.undo_{key}", what=words.rstrip(".")))

    def _note_refusal(self, _: object) -> None:
        self._refused = True
