"""Lives one working day in the program by keyboard alone: ``program.py FOLDER STICK OUT``.

Writes the keys each part took.
"""

import json
import sys
from datetime import date
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPlainTextEdit

from kimdesk.casework import cases
from kimdesk.domain.records import CaseFile
from kimdesk.domain.terms import CaseStatus
from tests.conftest import PASSPHRASE
from tests.ui.day.keyboard import Keyboard, here
from tests.ui.hands import find, following, settle
from ui import theme
from ui.app import Program
from ui.kit.toast import Toast
from ui.program.preferences import Keeper, Preferences
from ui.program.work import Work
from ui.shell import Shell


class Day:
    """The parts of a day; ``parts`` tells the keys of each."""

    def __init__(self, app: QApplication, folder: Path, stick: Path) -> None:
        keeper = Keeper(Preferences(look="light").placed("handover", stick))
        self.program = Program(app, keeper, folder=folder, work=Work())
        self.program.start()
        self.program.settle()
        QTest.qWaitForWindowActive(self.program.window)
        self.keyboard = Keyboard(app, lambda: self.program.window)
        self.parts: dict[str, dict[str, int]] = {}
        self._before = (0, 0)

    @property
    def shell(self) -> Shell:
        """Return the open desk."""
        assert self.program.shell is not None
        return self.program.shell

    def file(self) -> CaseFile:
        """Return the case that is shown, as it is stored."""
        return cases.peek(self.shell.context.desk, self.shell.here().case_id)

    def said(self, words: str) -> None:
        """Demand that the program says ``words`` in passing."""
        settle()
        told = [each.accessibleName() for each in self.shell.findChildren(Toast) if each.isVisible()]
        assert any(words in each for each in told), f"{told}, at {here()}"

    def part(self, name: str) -> None:
        """Close a part: the keys that led somewhere are counted, and the letters that had to be typed."""
        keys, letters = self._before
        self.parts[name] = {"keys": self.keyboard.keys - keys, "letters": self.keyboard.letters - letters}
        self._before = (self.keyboard.keys, self.keyboard.letters)

    def unlock(self) -> None:
        """Open the vault."""
        settle()
        self.keyboard.go_to("passphrase")
        self.keyboard.type(PASSPHRASE)
        self.keyboard.press("Return")
        QTest.qWait(50)
        while self.program.shell is None:
            QTest.qWait(20)
        settle()

    def morning(self) -> None:
        """Read what is due, go to the first, and back."""
        self.unlock()
        assert self.shell.target.page == "today"
        self.keyboard.go_to("task_list")
        self.keyboard.press("Down", "Return")
        assert self.shell.target.page == "case", self.shell.target
        self.keyboard.press("Escape", "ctrl+1")
        assert self.shell.target.page == "today", (self.shell.target, here())
        self.part("morning")

    def new_family(self) -> None:
        """Somebody comes who is not known yet."""
        self.keyboard.press("ctrl+n")
        self.keyboard.type("Yilmaz")
        self.keyboard.press("Tab")
        self.keyboard.type("Ayse")
        self.keyboard.press("Return")
        assert self.shell.target.page == "case", (self.shell.target, here())
        client = self.file().client
        assert client is not None
        assert client.family_name == "Yilmaz"
        self.part("new family")

    def half_a_form_and_lock(self) -> None:
        """Begin a form, be called away, lock, come back: the half is there."""
        self.keyboard.press("alt+2")
        self.keyboard.go_to("field_contact_occasion")
        self.keyboard.type("Brief vom Amt")
        self.keyboard.press("ctrl+l")
        self.part("half a form")
        assert self.program.shell is None
        self.unlock()
        assert find(self.shell, QPlainTextEdit, "field_contact_occasion").toPlainText() == "Brief vom Amt"
        self.part("lock")

    def call(self) -> None:
        """Note a call with what was said."""
        self.keyboard.press("ctrl+shift+k", "F9")
        self.keyboard.type("Termin beim Amt besprochen")
        self.keyboard.go_to("save_contact")
        self.keyboard.press("Return")
        self.said("Kontakt gespeichert")
        assert len(self.file().contacts) == 1
        self.part("call")

    def no_show(self) -> None:
        """Note that she did not come, with a Wiedervorlage."""
        self.keyboard.press("ctrl+shift+k", "F8")
        self.keyboard.type("Nicht erreicht")
        self.keyboard.go_to("save_contact_follow_up")
        self.keyboard.press("Return")
        self.said("Wiedervorlage")
        assert len(self.file().follow_ups) == 1
        self.part("no-show")

    def notice(self) -> None:
        """A notice came: work out until when there is time, and keep the deadline."""
        self.keyboard.press("ctrl+shift+f")
        self.keyboard.type("Widerspruch im Soz")
        self.keyboard.press("Return")
        self.keyboard.go_to("deadline_dated_on")
        self.keyboard.type(f"{date.today():%d%m%Y}")  # noqa: DTZ011
        self.keyboard.go_to("deadline_delivery")
        self.keyboard.press("m")
        self.keyboard.go_to("dialog_accept")
        self.keyboard.press("Return")
        self.said("Frist")
        assert [one for one in self.file().follow_ups if one.rule]
        self.part("notice")

    def referral(self) -> None:
        """Refer her to the Jobcenter; without a consent, so a reason is said."""
        self.keyboard.press("alt+4")
        self.keyboard.go_to("empty_action")
        self.keyboard.press("Return")
        self.keyboard.type("Jobcenter")
        self.keyboard.go_to("save_record")
        self.keyboard.press("Return")
        self.keyboard.go_to("override_consent", "shift+Tab")
        self.keyboard.press("Return")
        self.keyboard.type("sie rief selbst an")
        self.keyboard.go_to("save_record")
        self.keyboard.press("Return")
        self.said("vorbereitet")
        assert len(self.file().referrals) == 1
        self.part("referral")

    def hand_over(self, stick: Path) -> None:
        """Write what may leave onto the stick."""
        self.keyboard.press("ctrl+6")
        assert self.shell.target.page == "handover"
        self.keyboard.go_to("write_package")
        self.keyboard.press("Return")
        self.said("Paket")
        assert list(stick.iterdir())
        self.part("hand-over")

    def closing(self) -> None:
        """Find the family again and close the case."""
        self.keyboard.press("ctrl+k")
        self.keyboard.type("Yilmaz")
        results = self.shell.findChild(QListWidget, "search_results")
        assert results is not None
        QTest.qWait(300)
        while not results.isVisible() or "Yilmaz" not in results.item(0).text():
            QTest.qWait(20)
        self.keyboard.press("Return")
        assert self.shell.target.page == "case", (self.shell.target, here())
        self.keyboard.go_to("case_menu")
        self.keyboard.press("Return", "Up", "Return")
        self.keyboard.type("Wegzug")
        self.keyboard.go_to("dialog_accept")
        self.keyboard.press("Return")
        self.said("geschlossen")
        assert self.file().case.status is CaseStatus.CLOSED
        self.part("closing")


def main(folder: Path, stick: Path, out: Path) -> None:
    """Live the day and write what it came to."""
    app = QApplication(["kimdesk", "-style", "Fusion"])
    app.setApplicationName("KIMdesk")
    theme.apply(app)
    day = Day(app, folder, stick)
    with following(day.program.work):
        day.morning()
        day.new_family()
        day.half_a_form_and_lock()
        day.call()
        day.no_show()
        day.notice()
        day.referral()
        day.hand_over(stick)
        day.closing()
    out.write_text(json.dumps(day.parts), encoding="utf-8")
    day.program.window.close()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
