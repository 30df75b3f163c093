"""The end of a protection: asked for a reason, with every case of the person it concerns in sight."""

from collections.abc import Callable

from kimdesk.casework import conflicts
from kimdesk.domain.records import Record
from kimdesk.texts import say
from ui.case.editing import Editing
from ui.case.reason import ReasonDialog
from ui.forms.record_dialog import RecordDialog

Again = Callable[[Callable[[Record], Record]], None]


def ask_why(dialog: RecordDialog[Record], record: Record, editing: Editing) -> None:
    """Let the form of a person ask why before a protection ends, and save her with that reason."""
    desk, read = editing.context.desk, editing.context.work.read

    def ask(again: Again) -> None:
        def shown(numbers: tuple[str, ...]) -> None:
            ReasonDialog(
                dialog,
                say("people.why_does_the_protection_end"),
                say("people.protection_holds_in_n_cases", n=len(numbers), numbers=", ".join(numbers)),
                accept=say("people.end_the_protection"),
                act=lambda reason: again(lambda person: conflicts.save(desk, person, reason)),
            ).open()

        read(dialog, lambda: conflicts.cases_of(desk, record.id), shown, dialog.set_problem)

    dialog.when_refused(conflicts.NO_REASON, ask)
