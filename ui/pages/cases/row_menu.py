"""What can be done with a case in the list, by the right mouse button or the menu key."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from kimdesk.texts import say
from ui.kit.popup import Menu
from ui.places import Place


def ask(list_: QWidget, case_id: str, at: QPoint, go: Callable[[Place], None]) -> None:
    """Show the menu of a case at ``at`` on the screen; what is chosen leads to its place in the case."""
    menu = Menu(list_)
    menu.setObjectName("row_menu")
    menu.setAccessibleName(say("cases.chosen_case_short"))
    menu.aboutToHide.connect(menu.deleteLater)
    for key, words, place in (
        ("open", say("cases.open_case"), Place("case", case_id)),
        ("plan", say("case.plan"), Place("case", case_id, "plan")),
        ("note", say("cases.contact"), Place("case", case_id, "contacts", "note")),
        ("people", say("common.people"), Place("case", case_id, "people")),
        ("history", say("case.history"), Place("case", case_id, "history")),
    ):
        action = menu.addAction(words)
        action.setObjectName(f"row_{key}")
        action.triggered.connect(lambda _=False, place=place: go(place))
    menu.popup(at)
