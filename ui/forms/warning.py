"""A choice that must not be entered unread: its warning comes first, and the choice only after it.

Which choices warn is data (``warning`` in a code list), as for § 87 Abs. 2 AufenthG.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from kimdesk.forms.answers import choices_of
from kimdesk.forms.codes import Code
from kimdesk.texts import say
from ui.desk.context import Context
from ui.forms.session import FormSession
from ui.kit.buttons import secondary
from ui.kit.dialog import Dialog
from ui.kit.state import Notice
from ui.places import Place


def watch(
    parent: QWidget, context: Context, session: FormSession, case_id: str, leave: Callable[[], None]
) -> None:
    """Let ``session`` warn before such a choice; ``leave`` closes the form without it.

    That somebody was warned is noted in the audit trail, not of what.
    """

    def ask(path: str, field_id: str, value: Any) -> bool:
        code = _warned(session, path, field_id, value)
        if code is None:
            return True
        _note(session, context, case_id)
        WarningDialog(parent, context, code, lambda: session.enter(path, field_id, value), leave).open()
        return False

    session.asks = ask


def _warned(session: FormSession, path: str, field_id: str, value: Any) -> Code | None:
    if not isinstance(value, str) or session.model.value(path, field_id) == value:
        return None
    entry = session.model.entry(path)
    field = next((one for one in entry.section.fields if one.id == field_id), None)
    if field is None or not field.choices:
        return None
    code = session.model.definition.codes(choices_of(field, entry.answers)).find(value)
    return code if code and code.warning else None


def _note(session: FormSession, context: Context, case_id: str) -> None:
    from kimdesk.casework.warnings import note_warned

    desk = context.desk
    context.work.write(session, lambda: note_warned(desk, case_id))


class WarningDialog(Dialog):
    """Who would have to report what is about to be entered; leaving it out is the safe way."""

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        code: Code,
        enter: Callable[[], None],
        leave: Callable[[], None],
    ) -> None:
        super().__init__(
            parent,
            say("forms.really_enter_choice", choice=code.label),
            accept=say("forms.enter_all_same"),
            reject=say("forms.do_not_enter_it"),
            danger=True,
        )
        self.setObjectName("choice_warning")
        self._context, self._enter, self._leave = context, enter, leave
        notice = Notice("warn", say("forms.please_read_first"), code.warning)
        notice.setObjectName("choice_warning_text")
        self.body.addWidget(notice)
        self.add_text(say("forms.nothing_has_been_entered_so"))
        anonymous = secondary(say("forms.advise_anonymously"), "user-minus")
        anonymous.setObjectName("advise_anonymously")
        anonymous.clicked.connect(self._advise_anonymously)
        self.button_row.insertWidget(0, anonymous)

    def accept(self) -> None:
        """Enter the choice after all."""
        super().accept()
        self._enter()

    def _advise_anonymously(self) -> None:
        from kimdesk.casework import cases

        desk, navigate = self._context.desk, self._context.navigate
        self.reject()
        self._leave()
        self._context.work.write(
            self._context.home,
            lambda: cases.open_new(desk, None),
            lambda case: navigate(Place("case", case.id)),
        )
