"""The stepper in one line, for large text: where it stands, and all steps in a menu."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from kimdesk.texts import say
from ui.kit.buttons import Button
from ui.kit.popup import Menu
from ui.kit.stepper import StepperItem, spoken


class StepLine(Button):
    """„Phase 3 von 7 · Assessment“; ``chosen`` carries the key of the step taken from the menu."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(say("common.phases"), "secondary", "caret-down")
        self._menu = Menu(self)
        self.clicked.connect(lambda: self._menu.popup(self.mapToGlobal(self.rect().bottomLeft())))

    def set_steps(self, steps: Sequence[StepperItem]) -> None:
        """Show ``steps``."""
        self._menu.clear()
        self.setText(say("common.phases"))
        for number, step in enumerate(steps, 1):
            action = self._menu.addAction(spoken(step, number))
            action.setObjectName(f"step_{step.key}")
            action.triggered.connect(lambda _=False, key=step.key: self.chosen.emit(key))
            if step.state == "current":
                self.setText(say("kit.phase_number_of_total", n=number, total=len(steps), phase=step.label))
