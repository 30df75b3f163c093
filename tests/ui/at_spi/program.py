"""Drives the program in a real window and writes what a screen reader was told: ``program.py FOLDER OUT``."""

import json
import subprocess
import sys
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from kimdesk.casework import cases
from kimdesk.domain.kinds import KINDS
from kimdesk.domain.terms import Phase
from tests.conftest import PASSPHRASE
from tests.ui.hands import click, find, settle, type_into
from ui import theme
from ui.app import Program
from ui.case.openers import _OPENERS
from ui.case.page import CasePage
from ui.case.tabs import KEYS
from ui.kit.dialog import Dialog
from ui.places import Place
from ui.program.preferences import Keeper, Preferences
from ui.program.work import InlineWork
from ui.shell import Shell

WHAT_A_CASE_ASKS = sorted(
    {kind.name for kind in KINDS.values() if kind.form and kind.name not in {"case", "attachment"}}
    | {name for name, opener in _OPENERS.items() if opener.add and name != "client_screen"}
)
_READER = Path(__file__).with_name("reader.py")
_PAUSE = 300  # milliseconds: what is announced travels over the bus


class Reader:
    """The screen reader: another process, asked while this one goes on answering it."""

    def __init__(self) -> None:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(["/usr/bin/python3", _READER], stdin=pipe, stdout=pipe, text=True)
        self._lines: Queue[str] = Queue()
        Thread(target=self._listen, daemon=True).start()
        self._line()

    def ask(self, what: str) -> list[Any]:
        """Return the answer to ``tree``, ``tree dialog`` or ``heard``."""
        settle()
        QTest.qWait(_PAUSE if what == "heard" else _PAUSE // 10)
        assert self._process.stdin is not None
        self._process.stdin.write(f"{what}\n")
        self._process.stdin.flush()
        answer: list[Any] = json.loads(self._line())
        return answer

    def end(self) -> None:
        """Let it go."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(10)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put("null")

    def _line(self) -> str:
        while self._lines.empty():
            QTest.qWait(5)
        return self._lines.get()


def main(folder: Path, out: Path) -> None:
    """Walk through the program and write the report."""
    app = QApplication(["kimdesk", "-style", "Fusion"])
    app.setApplicationName("KIMdesk")
    theme.apply(app)
    reader = Reader()
    program = Program(app, Keeper(Preferences()), folder=folder, work=InlineWork())
    program.start()
    program.settle()
    QTest.qWaitForWindowActive(program.window)
    report: dict[str, Any] = {"trees": {"unlock": reader.ask("tree")}, "heard": {}}
    _unlock(program, reader, report)
    assert program.shell is not None
    _pages(program.shell, reader, report)
    if program.shell.context.desk.role == "desk":
        _case(program.shell, reader, report)
        _dialogs(program.shell, reader, report)
    out.write_text(json.dumps(report), encoding="utf-8")
    program.window.close()
    reader.end()


def _unlock(program: Program, reader: Reader, report: dict[str, Any]) -> None:
    for passphrase in ("ganz falsch geraten", PASSPHRASE):
        find(program.window, QLineEdit, "passphrase").setText(passphrase)
        while program.shell is None and not find(program.window, QWidget, "open_vault").isEnabled():
            QTest.qWait(50)
        click(program.window, "open_vault")
        report["heard"].setdefault("unlock failed", reader.ask("heard"))


def _pages(shell: Shell, reader: Reader, report: dict[str, Any]) -> None:
    for spec in shell.specs:
        if spec.key != "case":
            shell.navigate(Place(spec.key))
            report["trees"][spec.key] = reader.ask("tree")
    shell.context.toast("Notiert.")
    report["heard"]["toast"] = reader.ask("heard")


def _case(shell: Shell, reader: Reader, report: dict[str, Any]) -> None:
    (row, *_) = cases.list_page(shell.context.desk, cases.CaseQuery(), None, 1).rows
    for tab in KEYS:
        shell.navigate(Place("case", row.id, tab))
        report["trees"][f"case {tab}"] = reader.ask("tree")
    for phase in Phase:
        shell.navigate(Place("case", row.id, phase.value))
        report["trees"][f"form {phase}"] = reader.ask("tree")
    shell.navigate(Place("case", row.id, "access"))
    type_into(shell, "field_contact_occasion", "Ein Brief")
    page = shell.current_page()
    assert isinstance(page, CasePage)
    page._tabs.save()  # type: ignore[union-attr]
    report["heard"]["saved"] = reader.ask("heard")
    page._editing.open("goal")  # type: ignore[union-attr]
    settle()
    dialog = next(one for one in page.findChildren(Dialog) if one.isVisible())
    report["dialog"] = dialog.accessibleName()
    report["trees"]["dialog"] = reader.ask("tree")
    click(dialog, "save_record")
    report["heard"]["error"] = reader.ask("heard")
    report["trees"]["dialog with errors"] = reader.ask("tree")
    dialog.reject()
    report["trees"]["dialog closed"] = reader.ask("tree")


def _dialogs(shell: Shell, reader: Reader, report: dict[str, Any]) -> None:
    """Open whatever a case can ask, a new one of each kind."""
    page = shell.current_page()
    assert isinstance(page, CasePage)
    for kind in WHAT_A_CASE_ASKS:
        page._editing.open(kind)  # type: ignore[union-attr]
        settle()
        shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, Dialog) and one.isVisible()]
        if shown:
            report["trees"][f"dialog {kind}"] = reader.ask("tree dialog")
        for one in reversed(shown):
            one.reject()
        settle()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
