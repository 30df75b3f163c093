"""What can be done with the thing under the pointer or the keyboard: right mouse button or menu key."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from ui.kit.buttons import Button
from ui.kit.popup import Menu


class MenuLine(NamedTuple):
    """A line of a menu: its name, its words, what it does."""

    key: str
    words: str
    act: Callable[[], object]


def show_menu(parent: QWidget, name: str, spoken: str, offers: Iterable[MenuLine], at: QPoint) -> Menu:
    """Show ``offers`` as the menu ``name`` at ``at`` on the screen; it is gone once it is closed."""
    menu = Menu(parent)
    menu.setObjectName(name)
    menu.setAccessibleName(spoken)
    menu.aboutToHide.connect(menu.deleteLater)
    for offer in offers:
        action = menu.addAction(offer.words)
        action.setObjectName(offer.key)
        action.triggered.connect(lambda _=False, act=offer.act: act())
    menu.popup(at)
    return menu


def of_buttons(buttons: Sequence[Button]) -> tuple[MenuLine, ...]:
    """Return what those ``buttons`` do that can be pressed now."""
    return tuple(
        MenuLine(button.objectName(), button.text(), button.click)
        for button in buttons
        if button.isVisible() and button.isEnabled()
    )
