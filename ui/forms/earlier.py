"""The dialogs behind the marks at fields: earlier values, „bestritten“ noted and settled."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.texts import dates, say
from kimdesk.texts.field_words import ChangeWords
from kimdesk.texts.refusals import Explanation
from ui import focus
from ui.desk.context import Context
from ui.forms.editors.combo import CodeCombo
from ui.forms.editors.long_text import GrowingText
from ui.forms.marks import Marks, answered_fields
from ui.forms.session import FormSession
from ui.forms.sources import Option, code_options
from ui.kit.base import clear, spaced
from ui.kit.buttons import Button, quiet
from ui.kit.cards import CardItem, CardList
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.state import EmptyState, Notice
from ui.theme import theme

if TYPE_CHECKING:
    from kimdesk.casework.history import FieldChange
    from kimdesk.domain.records import Dispute

_MOST = 100  # changes shown; a form that is typed for hours has thousands


class EarlierDialog(Dialog):
    """Earlier values of one field, or of all fields for ""; here „bestritten“ is noted and settled."""

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        marks: Marks,
        fields: Sequence[tuple[str, str]],
        field: str = "",
    ) -> None:
        self._names = {one.field: one.label for one in marks.changes} | dict(fields)
        label = self._names.get(field, field)
        title = say("forms.earlier_values_field", field=label) if field else say("forms.earlier_values")
        super().__init__(parent, title, accept=say("common.close"))
        self.setObjectName("earlier_values")
        self.reject_button.hide()
        self._context, self._marks, self._fields, self._field = context, marks, fields, field
        if marks.case_id and fields:
            note = quiet(say("forms.note_as_disputed"), "scales")
            note.setObjectName("note_dispute")
            note.clicked.connect(self._note)
            self.button_row.insertWidget(0, note)
        self._list = QVBoxLayout()
        spaced(self._list, 12)
        self.body.addLayout(self._list)
        marks.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        clear(self._list)
        for dispute in self._marks.disputed(self._field):
            self._list.addWidget(self._notice(dispute))
        found = self._marks.earlier(self._field)
        if found:
            known, named = self._context.catalogue, not self._field
            cards = CardList([change_card(known, one, named=named) for one in found[:_MOST]])
            self._list.addWidget(cards)
        else:
            self._list.addWidget(
                EmptyState("clock-counter-clockwise", say("forms.nothing_was_changed_here_so"))
            )
        self.fit()

    def _notice(self, dispute: "Dispute") -> Notice:
        label = self._names.get(dispute.field_name, dispute.field_name)
        day = dates.full(dispute.noted_on)
        title = say("forms.field_disputed_since_day", field=label, day=day)
        notice = Notice("warn", title, dispute.statement, "scales")
        if dispute.resolved_on is None:
            settle = quiet(say("common.settle"), "check-circle", "small")
            settle.setObjectName(f"settle_{dispute.id}")
            settle.setAccessibleName(say("forms.settle_dispute_about_field", field=label))
            settle.clicked.connect(lambda: self._settle(dispute))
            notice.add_action(settle)
        return notice

    def _note(self) -> None:
        taken = {one.field_name for one in self._marks.disputes}
        free = [pair for pair in self._fields if pair[0] not in taken]
        dialog = DisputeDialog(self, self._context, self._marks, free, self._field)
        dialog.accepted.connect(self._marks.load)
        dialog.open()

    def _settle(self, dispute: "Dispute") -> None:
        dialog = SettleDialog(self, self._context, dispute)
        dialog.accepted.connect(self._marks.load)
        dialog.open()


class DisputeDialog(Dialog):
    """Asks which field is disputed and what the person says."""

    def __init__(
        self, parent: QWidget, context: Context, marks: Marks, fields: Sequence[tuple[str, str]], field: str
    ) -> None:
        super().__init__(parent, say("forms.which_entry_is_disputed"), accept=say("forms.note"))
        self.setObjectName("dispute_dialog")
        self._context, self._marks = context, marks
        self.add_text(say("forms.entry_stays_as_mark_shows"))
        self._which = CodeCombo(tuple(Option(key, label) for key, label in fields))
        self._which.setObjectName("disputed_field")
        self._which.setAccessibleName(say("forms.entry"))
        self._which.set_code(field if field in dict(fields) else None)
        self._which_box = FieldBox(say("forms.entry"), self._which, required=True)
        self._said = GrowingText(3)
        self._said.setObjectName("dispute_statement")
        self._said.setAccessibleName(say("forms.what_does_person_say"))
        self._said_box = FieldBox(say("forms.what_does_person_say"), self._said, required=True)
        self.body.addWidget(self._which_box)
        self.body.addWidget(self._said_box)
        focus.go(self._said if self._which.code() else self._which)

    def accept(self) -> None:
        """Note it; what is missing is asked for at its field."""
        field, said = self._which.code() or "", self._said.toPlainText().strip()
        self._which_box.set_error(None if field else say("forms.please_choose_an_entry"))
        self._said_box.set_error(None if said else say("forms.write_down_what_person_says"))
        if not (field and said):
            self.fit()
            return
        desk, marks = self._context.desk, self._marks

        def write() -> None:
            from kimdesk.casework import disputes

            disputes.note(desk, marks.case_id, marks.kind, marks.record_id, field, said)

        self._context.work.write(self, write, lambda _: self._noted(), self._refused)

    def _noted(self) -> None:
        super().accept()

    def _refused(self, told: Explanation) -> None:
        self.set_problem(told)
        self.fit()


class SettleDialog(Dialog):
    """Asks how a dispute ended; its statement stays."""

    def __init__(self, parent: QWidget, context: Context, dispute: "Dispute") -> None:
        super().__init__(parent, say("forms.how_did_dispute_end"), accept=say("forms.settle"))
        self.setObjectName("settle_dialog")
        self._context, self._dispute = context, dispute
        self.add_text(f"„{dispute.statement}“")
        self._outcome = CodeCombo(outcomes(context.catalogue))
        self._outcome.setObjectName("dispute_outcome")
        self._outcome.setAccessibleName(say("forms.outcome"))
        self._box = FieldBox(say("forms.outcome"), self._outcome, required=True)
        self.body.addWidget(self._box)
        focus.go(self._outcome)

    def accept(self) -> None:
        """Settle it."""
        outcome = self._outcome.code() or ""
        self._box.set_error(None if outcome else say("forms.please_choose_an_outcome"))
        if not outcome:
            self.fit()
            return
        desk, dispute = self._context.desk, self._dispute

        def write() -> None:
            from kimdesk.casework import disputes

            disputes.resolve(desk, dispute, outcome)

        self._context.work.write(self, write, lambda _: self._settled(), self._refused)

    def _settled(self) -> None:
        super().accept()

    def _refused(self, told: Explanation) -> None:
        self.set_problem(told)
        self.fit()


def offer_earlier(
    parent: QWidget, context: Context, session: FormSession, kind: str, record_id: str, case_id: str
) -> Button:
    """Mark the fields of ``session`` and return a button that shows the earlier values of all of them."""
    marks = Marks(context, kind, record_id, case_id, session)
    session.take_marks(marks)

    def show(field: str = "") -> None:
        marks.load()
        EarlierDialog(parent, context, marks, list(answered_fields(session.model)), field).open()

    marks.wanted.connect(show)
    button = quiet("" if theme().stacked else say("forms.earlier_values"), "clock-counter-clockwise")
    button.setObjectName("show_earlier")
    button.setAccessibleName(say("forms.earlier_values"))
    button.setToolTip(say("forms.earlier_values"))
    button.clicked.connect(lambda _: show())
    marks.load()
    return button


def outcomes(catalogue: Catalogue) -> tuple[Option, ...]:
    """Return how a dispute can end."""
    return code_options(catalogue.code_list("dispute_outcome"))


def change_card(catalogue: Catalogue, change: "FieldChange", *, named: bool) -> CardItem:
    """Return one change as a small card: from what to what, when, by whom; ``named`` with the field."""
    words = ChangeWords(catalogue)
    went = say("forms.before_after", before=words.before(change), after=words.after(change))
    when = f"{dates.moment(change.at)} · {change.by}"
    if named:
        return CardItem(str(change.entry), change.label, went, when)
    return CardItem(str(change.entry), went, "", when)
