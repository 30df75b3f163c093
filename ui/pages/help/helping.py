"""The keys of the help, wherever one is: on a page, before a desk is open, in a dialog."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.kit import dialog
from ui.pages.help.dialog import HelpDialog
from ui.pages.help.topics import KEYS, THIEF, about, about_dialog
from ui.places import Place
from ui.program import keys


class Helping:
    """Answers F1 and Ctrl+?; ``here`` tells what is shown, None before a desk is open.

    From a page F1 leads to the page Hilfe. Over a dialog it opens a window of its own, which gives the
    keyboard back where it was: what is typed stays.
    """

    def __init__(
        self, window: QWidget, here: Callable[[], Place | None], navigate: Callable[[Place], None]
    ) -> None:
        self._window, self._here, self._navigate = window, here, navigate
        keys.bind(window, "help", self._help)
        keys.bind(window, "all_keys", lambda: HelpDialog(window, KEYS).open())
        dialog.helping[:] = [self._over]

    def _help(self) -> None:
        if here := self._here():
            self._navigate(Place("help", key=about(here.page, here.tab)))
        else:
            HelpDialog(self._window, THIEF).open()

    def _over(self, asked: dialog.Dialog, key: str) -> None:
        if not isinstance(asked, HelpDialog):
            here = self._here()
            topic = KEYS if key == "all_keys" else about_dialog(asked.objectName(), here.page if here else "")
            HelpDialog(asked, topic).open()
