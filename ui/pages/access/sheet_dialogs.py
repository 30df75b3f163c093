"""Dialogs about recovery sheets: make new ones, show and prove them, and the drill with old ones."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kimdesk import vault
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.kit.dialog import Dialog
from ui.kit.state import Notice
from ui.pages.access.asking import ConfirmedDialog
from ui.pages.access.presenter import AccessPresenter
from ui.pages.access.sheet_panel import SheetPanel
from ui.pages.unlock.sheet_codes import SHEET, SheetCodes

if TYPE_CHECKING:
    from collections.abc import Callable


class MakingDialog(ConfirmedDialog):
    """Asks before new sheets are made; nothing is changed yet, and ``codes`` are theirs."""

    codes: tuple[str, ...] = ()

    def __init__(self, parent: QWidget, presenter: AccessPresenter, question: str, accept: str) -> None:
        super().__init__(parent, question, accept=accept)
        self._presenter = presenter

    def new_codes(self) -> tuple[str, ...]:
        """Return the codes of new sheets."""
        raise NotImplementedError

    def carry_out(self) -> None:
        """Go on only with the right passphrase: sheets are not to be printed for nothing."""
        self._presenter.check_passphrase(self, self.own.text(), self._keep, self.refuse)

    def _keep(self, _result: None) -> None:
        self.codes = self.new_codes()
        self.finish()


class RenewDialog(MakingDialog):
    """Asks before a new sheet takes the place of the old one."""

    def __init__(self, parent: QWidget, presenter: AccessPresenter) -> None:
        super().__init__(parent, presenter, say("access.make_new_recovery_sheet"), say("access.make_sheet"))
        self.add_text(say("access.sheet_so_far_sheets_split"))
        self.ask_passphrase()

    def new_codes(self) -> tuple[str, ...]:
        """Return one."""
        return (vault.new_code(),)


class SplitDialog(MakingDialog):
    """Asks before the recovery is split over three people."""

    def __init__(self, parent: QWidget, presenter: AccessPresenter) -> None:
        super().__init__(
            parent,
            presenter,
            say("access.make_three_sheets_three_people"),
            say("access.make_three_sheets"),
        )
        self.add_text(say("access.any_two_three_sheets_together"))
        self.ask_passphrase()

    def new_codes(self) -> tuple[str, ...]:
        """Return three of which two are needed."""
        return vault.new_sheets()


class SheetDialog(Dialog):
    """Shows new sheets and lets them be typed back; only then do they open the vault."""

    def __init__(
        self, parent: QWidget, presenter: AccessPresenter, codes: tuple[str, ...], passphrase: str
    ) -> None:
        whole = len(codes) == 1
        question = say("access.your_new_recovery_sheet") if whole else say("access.the_three_sheets")
        super().__init__(parent, question, accept=say("access.check_and_finish"))
        self._presenter = presenter
        self._codes, self._passphrase = codes, passphrase
        self.add_text(
            say("access.shown_only_now_save_print") if whole else say("access.they_shown_only_now_save")
        )
        self._panel = SheetPanel(codes, self._save)
        self._panel.changed.connect(self._enable)
        self._panel.grown.connect(self.fit)
        self.body.addWidget(self._panel)
        self._wrong = Notice("bad", "", say("common.not_code_sheet_compare_group"))
        self._wrong.setObjectName("sheet_wrong")
        self._wrong.hide()
        self.body.addWidget(self._wrong)
        self._enable()

    def accept(self) -> None:
        """Compare what was typed, and let the sheets count."""
        self.set_busy(True)
        self.set_problem(None)
        self._wrong.hide()
        self._presenter.take_sheets(
            self, self._passphrase, self._codes, self._panel.typed(), self._taken, self._refused
        )

    def _save(
        self,
        path: Path,
        number: int,
        done: "Callable[[Path], object]",
        failed: "Callable[[Explanation], object]",
    ) -> None:
        self._presenter.save_sheet(self, path, self._codes, number, done, failed)

    def _taken(self, counts: bool) -> None:
        if counts:
            super().accept()
            return
        self._wrong.show()
        self._enable()
        self.fit()

    def _refused(self, told: Explanation) -> None:
        self.set_problem(told)
        self._enable()
        self.fit()

    def _enable(self) -> None:
        self.set_busy(not self._panel.ready())


class SheetDrillDialog(Dialog):
    """Says whether a sheet, or two of three, would open the vault; nothing is opened or shown."""

    def __init__(self, parent: QWidget, presenter: AccessPresenter, kind: str = SHEET) -> None:
        super().__init__(
            parent, say("common.does_the_sheet_work"), accept=say("access.check"), reject=say("common.close")
        )
        self._presenter = presenter
        self.add_text(say("access.nothing_opened_shown_or_changed"))
        self._codes = SheetCodes(kind)
        self._codes.changed.connect(self._enable)
        self._codes.switched.connect(lambda _: self.fit())
        self.body.addWidget(self._codes)
        self._right = Notice("ok", say("access.this_opens_the_vault"), say("access.check_stands_audit_trail"))
        self._right.setObjectName("drill_right")
        self._right.hide()
        self._wrong = _wrong_notice()
        for notice in (self._right, self._wrong):
            self.body.addWidget(notice)
        self._enable()

    def accept(self) -> None:
        """Check, and stay open to say what came of it."""
        self.set_busy(True)
        self.set_problem(None)
        self._right.hide()
        self._wrong.hide()
        self._presenter.check_sheets(self, self._codes.value(), self._checked, self._refused)

    def _checked(self, opens: bool) -> None:
        (self._right if opens else self._wrong).show()
        self._enable()
        self.fit()

    def _refused(self, told: Explanation) -> None:
        self.set_problem(told)
        self._enable()
        self.fit()

    def _enable(self) -> None:
        self.set_busy(not self._codes.ready())


def _wrong_notice() -> Notice:
    notice = Notice(
        "bad",
        say("access.does_not_open_vault"),
        say("access.was_typed_without_mistake_but"),
    )
    notice.setObjectName("sheet_wrong")
    notice.hide()
    return notice
