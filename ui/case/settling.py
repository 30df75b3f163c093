"""What becomes of open dates when a case is closed, or afterwards: they stay, pass on, or are let go."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from kimdesk.casework import settling
from kimdesk.casework.changes import Change
from kimdesk.casework.settling import HANDED_OVER, Settling, settle, standing_dates
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.agenda.due import Due
from kimdesk.domain.agenda.dues import WAIVED
from kimdesk.texts import agenda, say
from ui import focus
from ui.case.editing import Editing
from ui.case.reason import ReasonDialog
from ui.desk.context import Context
from ui.forms.editors.combo import CodeCombo
from ui.forms.sources import Option
from ui.kit.base import spaced
from ui.kit.context_menu import MenuLine
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox


class SettleFields(QWidget):
    """Asks what becomes of dates, and for the name or the reason that goes with it; ``stay`` may be left."""

    def __init__(self, catalogue: Catalogue, stay: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        spaced(column, 8)
        codes = [one for one in catalogue.code_list("settled_how").offered() if one.code != WAIVED]
        self._how = CodeCombo(tuple(Option(one.code, one.label) for one in codes), stay)
        self._how.setObjectName("settle_how")
        self._how.picked.connect(self._ask)
        self._needed = not stay
        self._how_box = FieldBox(say("case.what_becomes_of_open_dates"), self._how, required=self._needed)
        self._who, self._why = QLineEdit(), QLineEdit()
        self._who.setObjectName("settle_who")
        self._why.setObjectName("settle_why")
        self._who_box = FieldBox(say("case.who_takes_them_over"), self._who, required=True)
        self._why_box = FieldBox(say("case.why_they_can_be_let_go"), self._why, required=True)
        for box in (self._how_box, self._who_box, self._why_box):
            column.addWidget(box)
        self._ask()

    def settling(self) -> Settling | None:
        """Return what was chosen, None when the dates stay."""
        how = self._how.code() or ""
        return Settling(how, self._asked(how)[1].text().strip()) if how else None

    def check(self) -> bool:
        """Return whether what was chosen has its name or reason; say what lacks."""
        how = self._how.code() or ""
        if not how:
            self._how_box.set_error(say("case.please_choose_what_becomes") if self._needed else None)
            return not self._needed
        box, line = self._asked(how)
        if line.text().strip():
            return True
        box.set_error(say("case.please_name_who_or_why"))
        focus.go(line)
        return False

    def _asked(self, how: str) -> tuple[FieldBox, QLineEdit]:
        return (self._who_box, self._who) if how == HANDED_OVER else (self._why_box, self._why)

    def _ask(self) -> None:
        how = self._how.code() or ""
        self._who_box.setVisible(how == HANDED_OVER)
        self._why_box.setVisible(bool(how) and how != HANDED_OVER)


class OpenDateDialog(Dialog):
    """Asks what became of one date of a closed case, or of all that are open.

    ``act`` is told the answer, and whether it holds for all.
    """

    def __init__(
        self,
        parent: QWidget,
        catalogue: Catalogue,
        title: str,
        number: int,
        act: Callable[[Settling, bool], None],
    ) -> None:
        super().__init__(parent, say("case.what_became_of_date"), accept=say("common.save"))
        self.setObjectName("settle_dialog")
        self._act = act
        self.add_text(title)
        self._fields = SettleFields(catalogue)
        self.body.addWidget(self._fields)
        self._all = QCheckBox(say("case.for_all_n_open_dates", n=number))
        self._all.setObjectName("settle_all")
        self._all.setVisible(number > 1)
        self.body.addWidget(self._all)

    def accept(self) -> None:
        """Hand the answer on; what lacks is asked for."""
        found = self._fields.settling()
        if self._fields.check() and found:
            super().accept()
            self._act(found, self._all.isChecked())


def ask_settle(editing: Editing, due: Due) -> None:
    """Ask what became of a date of the closed case on the page, or of all that are open."""
    catalogue, today, file = editing.catalogue, editing.today, editing.file
    standing = [each.key for each in standing_dates(file, catalogue.rules.agenda, today)]
    desk = editing.context.desk

    def act(how: Settling, everything: bool) -> None:
        keys = standing if everything else [due.key]
        editing.context.work.write(
            editing.page,
            lambda: settle(desk, file.case.id, keys, how, today),
            lambda change: editing.changed(say("case.noted_as_settled"), change),
        )

    OpenDateDialog(editing.page, catalogue, agenda.words(catalogue, due).title, len(standing), act).open()


class DateActs:
    """Takes up a date that follows from a record, or lets it go with a reason, wherever it is shown.

    ``told`` is said what became of it, with the way back.
    """

    def __init__(self, page: QWidget, context: Context, told: Callable[[str, Change], None]) -> None:
        self._page, self._context, self._told = page, context, told

    def offers(self, case_id: str, due: Due, today: date) -> tuple[MenuLine, ...]:
        """Return what can be done with a date, as lines of a menu; nothing with one of its own."""
        if not due.is_derived:
            return ()
        return (
            MenuLine("date_take_up", say("plan.take_up_as_own"), lambda: self.take_up(case_id, due, today)),
            MenuLine("date_let_go", say("plan.let_go_why"), lambda: self.ask_let_go(case_id, due, today)),
        )

    def take_up(self, case_id: str, due: Due, today: date) -> None:
        """Make a follow-up of a date."""
        desk, said = self._context.desk, agenda.kept(self._context.catalogue, due)
        self._context.work.write(
            self._page,
            lambda: settling.take_up(desk, case_id, due.key, said.title, said.reason, today),
            lambda change: self._told(say("plan.is_a_follow_up_now"), change),
        )

    def ask_let_go(self, case_id: str, due: Due, today: date) -> None:
        """Ask why a date needs nothing, and let it go."""
        desk = self._context.desk

        def act(why: str) -> None:
            self._context.work.write(
                self._page,
                lambda: settling.let_go(desk, case_id, [due.key], why, today),
                lambda change: self._told(say("plan.date_is_let_go"), change),
            )

        question = say("plan.let_go_of", title=agenda.words(self._context.catalogue, due).title)
        ReasonDialog(self._page, question, say("plan.let_go_text"), accept=say("plan.let_go"), act=act).open()


def bring_back(editing: Editing, key: str) -> None:
    """Bring back a date that was let go."""
    desk, case_id = editing.context.desk, editing.file.case.id
    editing.context.work.write(
        editing.page,
        lambda: settling.bring_back(desk, case_id, key),
        lambda change: editing.changed(say("plan.date_is_back"), change),
    )
