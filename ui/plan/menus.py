"""The menus of a measure: everything the hand can do with it, and with the arrow that leads to it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from kimdesk.domain.records import Measure
from kimdesk.texts import say
from ui.case.blank import find
from ui.case.editing import Editing
from ui.kit.popup import Menu
from ui.plan.changes import PlanChanges


class MeasureMenus:
    """Shows the menus; ``ask_link`` asks what a measure is to wait for."""

    def __init__(self, editing: Editing, changes: PlanChanges, ask_link: Callable[[str], None]) -> None:
        self._editing, self._changes, self._ask_link = editing, changes, ask_link

    def ask_removal(self, key: str, place: QPoint) -> None:
        """Remove a measure; one that waits for others may lose a link instead, so ask."""
        measure = self._measure(key)
        if measure is None:
            return
        if not measure.requires:
            self._changes.remove(key)
            return
        menu = self._menu("removal_menu")
        self._add_links(menu, measure)
        _add(menu, "remove_measure", say("plan.remove_measure"), lambda: self._changes.remove(key))
        menu.popup(place)

    def ask(self, key: str, before: str, place: QPoint) -> None:
        """Offer what can be done with a measure, or with the arrow from ``before``."""
        measure, changes = self._measure(key), self._changes
        if measure is None:
            return
        menu = self._menu("measure_menu")
        if before:
            _add(menu, f"unlink_{before}", say("plan.remove_the_link"), lambda: changes.unlink(key, before))
        else:
            _add(menu, "open", say("common.open"), lambda: self._editing.open("measure", key))
            _add(menu, "require", say("plan.requires"), lambda: self._ask_link(key))
            _add(menu, "later", say("plan.a_week_later"), lambda: changes.move(key, 7))
            _add(menu, "earlier", say("plan.a_week_earlier"), lambda: changes.move(key, -7))
            menu.addSeparator()
            self._add_links(menu, measure)
            _add(menu, "remove_measure", say("plan.remove_measure"), lambda: changes.remove(key))
        menu.popup(place)

    def _add_links(self, menu: QMenu, measure: Measure) -> None:
        for before in measure.requires:
            if first := self._measure(before):
                words = say("plan.no_longer_wait_measure", measure=first.title)
                _add(menu, f"unlink_{before}", words, partial(self._changes.unlink, measure.id, before))

    def _menu(self, name: str) -> Menu:
        menu = Menu(self._editing.page)
        menu.setObjectName(name)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _measure(self, key: str) -> Measure | None:
        return find(Measure, key, self._editing.file)


def _add(menu: QMenu, name: str, words: str, act: Callable[[], None]) -> None:
    action = menu.addAction(words)
    action.setObjectName(name)
    action.triggered.connect(lambda _=False: act())
