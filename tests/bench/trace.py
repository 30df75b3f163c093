"""Traces of what a user does: calls and files of KIMdesk, statements that reach the database, milliseconds.

They are printed, not compared: what they are compared with is the same table of another state of the house.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from kimdesk.casework import cases, phases, records
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.domain.records import CaseFile, Contact
from kimdesk.domain.terms import Phase
from kimdesk.practice.fill import fill as practice
from kimdesk.vault import Strength
from tests.bench.figures import times
from tests.bench.opening import PASSPHRASE
from tests.counting import calls, statements
from ui.places import Place

LIVING = 60
KEYS = 15
Traced = tuple[int, int, list[str]]


def show(home: Path) -> None:
    """Print the traces of keys, Ctrl+S, opening and saving."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    desk, _ = Desk.create(
        home / "vault", PASSPHRASE, name="Probe", user="", municipalities=("05999001",),
        practice=True, strength=Strength.INTERACTIVE,
    )  # fmt: skip
    practice(desk, LIVING)
    hands = Hands(desk)
    file = _fullest(desk)
    _forms(hands, desk)
    places = (Place("case", file.case.id, "plan"), Place("today"), Place("cases"))
    for place in places:
        hands.go(place)
        hands.go(Place("settings"))
        _print(f"open {place.page}", hands.trace(partial(hands.go, place)))
    for place in (Place("settings"), *places):
        hands.go(place)
        for what, save in _saves(desk, file):
            _print(f"{what} is saved while {place.page} is shown", hands.trace(save))
    hands.close()
    desk.close()


def _forms(hands: "Hands", desk: Desk) -> None:
    for name, phase in (("assessment", Phase.ASSESSMENT), ("access form", Phase.ACCESS)):
        hands.go(Place("case", _with_open_form(desk, phase), phase))
        for work in (hands.key, hands.save, hands.key):  # what is imported and made when first needed
            work()
        keys = sorted((hands.trace(hands.key) for _ in range(KEYS)), key=lambda traced: traced[0])
        _print(f"one key in the {name}", keys[KEYS // 2], median(times(hands.key, KEYS)))
        _print("Ctrl+S until shown", hands.trace(hands.save))


def _print(work: str, traced: Traced, ms: float | None = None) -> None:
    number, files, said = traced
    writes = [at for at, text in enumerate(said, 1) if text.startswith(("INSERT", "UPDATE", "DELETE"))]
    after = len(said) - max(writes, default=0)
    words = f"{number:6} calls {files:4} files {len(said):4} statements, {after:3} after the last write"
    print(f"{work:48}{words}" + (f" {ms:7.2f} ms" if ms is not None else ""))


def _saves(desk: Desk, file: CaseFile) -> Iterator[tuple[str, Callable[[], object]]]:
    goal = cases.peek(desk, file.case.id).goals[0]
    yield "a contact", lambda: records.save(desk, Contact(case_id=file.case.id, held_on=date(2026, 3, 2)))
    yield "a goal", lambda: records.save(desk, replace(goal, text=f"{goal.text} bald"))
    yield "a setting", lambda: desk.set_municipalities(("05999001",))


def _fullest(desk: Desk) -> CaseFile:
    return max(_files(desk), key=lambda file: len(file.contacts))


def _with_open_form(desk: Desk, phase: Phase) -> str:
    """Return the identity of a case whose form of ``phase`` can be filled in, the fullest there is."""
    files = _files(desk)
    there = [each for each in files if each.case.phase is phase and not each.case.closed_on]
    best = max(there or files, key=lambda each: sum(len(str(one.answers)) for one in each.phases))
    if best.case.phase is not phase:
        phases.reopen(desk, best.case.id, phase, "Probe")
    return best.case.id


def _files(desk: Desk) -> list[CaseFile]:
    rows = cases.list_page(desk, CaseQuery(order="updated"), None, LIVING).rows
    return [cases.peek(desk, row.id) for row in rows]


class Hands:
    """Hands at the shell of the program, offscreen, its background without a thread."""

    def __init__(self, desk: Desk) -> None:
        from PySide6.QtWidgets import QApplication

        from ui import theme
        from ui.app import prepare
        from ui.focus.watching import watch
        from ui.program.preferences import Keeper, Preferences
        from ui.program.work import InlineWork
        from ui.shell import Shell

        known: Any = QApplication.instance()
        self.app: QApplication = known or QApplication(["bench", "-style", "Fusion"])
        prepare(self.app)
        theme.apply(self.app)
        theme.complete()
        watch(self.app)
        self.desk = desk
        self.shell = Shell(desk, InlineWork(), Keeper(Preferences()), Place("settings"))
        self.shell.resize(1366, 738)
        self.shell.show()
        self.app.processEvents()

    def trace(self, work: Callable[[], object]) -> Traced:
        """Return calls, files and statements of ``work``, until nothing is left to do."""
        with calls() as called, statements(self.desk) as said:
            work()
            self.app.processEvents()
        return called.number, called.files, said

    def go(self, target: Place) -> None:
        """Go to ``target``."""
        self.shell.navigate(target)
        self.app.processEvents()

    def key(self) -> None:
        """Type one letter into the first long text that is shown."""
        from PySide6.QtCore import QEvent, Qt
        from PySide6.QtGui import QKeyEvent
        from PySide6.QtWidgets import QPlainTextEdit

        page: Any = self.shell.current_page()
        texts = page.findChildren(QPlainTextEdit)
        field = next(each for each in texts if each.isVisible() and each.isEnabled())
        field.setFocus()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            self.app.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, "a"))
        self.app.processEvents()

    def save(self) -> None:
        """Do what Ctrl+S does in the form."""
        from PySide6.QtWidgets import QWidget

        tabs: Any = self.shell.findChildren(QWidget, "tab_form")
        tab = next(each for each in tabs if each.isVisible())
        tab.save()
        self.app.processEvents()

    def close(self) -> None:
        """Close the window."""
        self.shell.leave()
        self.shell.close()
        self.shell.deleteLater()
        self.app.processEvents()
