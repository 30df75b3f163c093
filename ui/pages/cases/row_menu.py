"""What can be done with a case in the list, by the right mouse button or the menu key."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from kimdesk.texts import say
from ui.kit.context_menu import MenuLine, show_menu
from ui.places import Place


def ask(list_: QWidget, case_id: str, at: QPoint, go: Callable[[Place], None]) -> None:
    """Show the menu of a case at ``at`` on the screen; what is chosen leads to its place in the case."""
    show_menu(list_, "row_menu", say("cases.chosen_case_short"), of_case(case_id, go), at)


def of_case(case_id: str, go: Callable[[Place], None]) -> tuple[MenuLine, ...]:
    """Return the places of a case as lines of a menu."""
    return tuple(
        MenuLine(f"row_{key}", words, partial(go, place))
        for key, words, place in (
            ("open", say("cases.open_case"), Place("case", case_id)),
            ("plan", say("case.plan"), Place("case", case_id, "plan")),
            ("note", say("cases.contact"), Place("case", case_id, "contacts", "note")),
            ("people", say("common.people"), Place("case", case_id, "people")),
            ("history", say("case.history"), Place("case", case_id, "history")),
        )
    )
