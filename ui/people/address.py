"""The address of a shielded person: hidden in her own form too until somebody asks for it, which is noted."""

from kimdesk.casework import people
from kimdesk.domain.records import Record
from kimdesk.texts import say
from ui.case.editing import Editing
from ui.forms.record_dialog import RecordDialog
from ui.kit.buttons import quiet
from ui.kit.state import Notice


def offer_address(dialog: RecordDialog[Record], record: Record, editing: Editing) -> None:
    """Put the button that shows the address above the form, where fields are concealed."""
    if not dialog.session.concealed:
        return
    notice = Notice(
        "warn",
        say("people.address_phone_e_mail_hidden"),
        say("people.somebody_case_protected_showing_them"),
        "shield-lock",
    )
    notice.setObjectName("address_hidden")
    button = quiet(say("people.show_the_address"), "eye", "small")
    button.setObjectName("show_address")
    notice.add_action(button)
    dialog.body.insertWidget(0, notice)

    def shown(_: None) -> None:
        notice.hide()
        notice.deleteLater()
        dialog.session.reveal()
        dialog.fit()

    desk, work, person_id = editing.context.desk, editing.context.work, record.id
    button.clicked.connect(
        lambda: work.write(
            dialog, lambda: people.note_address_shown(desk, person_id), shown, dialog.set_problem
        )
    )
