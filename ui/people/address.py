"""The address of a shielded person: hidden in her own form too until somebody asks for it, which is noted."""

from kimdesk.casework import people
from kimdesk.domain.records import CaseFile, Person, Record
from kimdesk.domain.shielding import SHIELDED, any_shielded
from ui.desk.context import Context
from ui.forms.record_dialog import RecordDialog
from ui.kit.buttons import quiet
from ui.kit.state import Notice
from ui.text import tr


def concealed(record: Record, file: CaseFile) -> tuple[str, ...]:
    """Return the fields that the form of ``record`` does not show at first."""
    hides = isinstance(record, Person) and any_shielded((record, *file.persons))
    return SHIELDED if hides and any(getattr(record, name) for name in SHIELDED) else ()


def offer_address(dialog: "RecordDialog[Record]", context: Context) -> None:
    """Put the button that shows the address above the form, where fields are concealed."""
    if not dialog.session.concealed:
        return
    notice = Notice(
        "warn",
        tr("Address, phone and e-mail are hidden"),
        tr("Somebody in this case is protected. Showing them is noted in the audit trail."),
        "shield-lock",
    )
    notice.setObjectName("address_hidden")
    button = quiet(tr("Show the address"), "eye", "small")
    button.setObjectName("show_address")
    notice.add_action(button)
    dialog.body.insertWidget(0, notice)

    def shown(_: None) -> None:
        notice.hide()
        notice.deleteLater()
        dialog.session.reveal()
        dialog.fit()

    desk, person_id = context.desk, dialog.record_id
    button.clicked.connect(
        lambda: context.work.write(
            dialog, lambda: people.note_address_shown(desk, person_id), shown, dialog.set_problem
        )
    )
