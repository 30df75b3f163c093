"""Opening the dialog of a structural finding from whatever shows it."""

from kimdesk.domain.records import Record
from kimdesk.texts import say
from kimdesk.texts.findings import prefilled
from ui.case.editing import Editing
from ui.forms.record_dialog import RecordDialog
from ui.kit.buttons import quiet
from ui.program import keys
from ui.theme import theme


def open_finding(editing: Editing, about: Record | None = None) -> None:
    """Open a new finding with what the case and ``about`` say."""
    editing.edit(prefilled(editing.catalogue, editing.file, about, editing.today))


def open_finding_from(editing: Editing, record_id: str) -> None:
    """Open a new finding from a talk or an appointment of the case on the page."""
    every = (*editing.file.contacts, *editing.file.follow_ups)
    open_finding(editing, next((one for one in every if one.id == record_id), None))


def offer_finding(dialog: RecordDialog[Record], record: Record, editing: Editing) -> None:
    """Add the button that makes a finding of what the dialog shows."""
    if not record.id:
        return

    def leave() -> None:
        dialog.reject()
        open_finding(editing, record)

    button = quiet("" if theme().stacked else say("case.structural_finding"), "puzzle-piece")
    button.setObjectName("finding_from_record")
    button.setAccessibleName(say("common.note_a_structural_finding"))
    button.setToolTip(f"{say('common.note_a_structural_finding')} ({keys.words('finding')})")
    button.clicked.connect(leave)
    dialog.button_row.insertWidget(0, button)
    keys.bind(dialog, "finding", leave)
