"""The button „Herleitung“ in the dialog of a follow-up, and the way from a notice to its deadline."""

from collections.abc import Mapping
from typing import Any

from kimdesk.casework import deadlines
from kimdesk.casework.changes import Change
from kimdesk.domain.records import FollowUp, Record
from kimdesk.domain.terms import FollowUpKind
from kimdesk.texts import dates, derivation, say
from kimdesk.texts.effects import kept_reason
from ui.case.deadline import open_dialog
from ui.case.editing import Editing
from ui.forms.record_dialog import RecordDialog
from ui.kit.buttons import quiet


def ask(editing: Editing) -> None:
    """Work out a deadline of the case."""
    open_dialog(editing.page, editing.context, editing.file.case.id)


def offer(dialog: RecordDialog[Record], record: Record, editing: Editing) -> None:
    """Add the button that shows how a follow-up's day was worked out, or works one out."""
    if not isinstance(record, FollowUp) or record.done_on or (
        not record.rule and record.id and record.kind is not FollowUpKind.DEADLINE
    ):  # fmt: skip
        return
    button = quiet(
        say("case.how_was_worked_out") if record.rule else say("common.work_out_a_deadline"), "list-numbers"
    )
    button.setObjectName("show_derivation")

    def leave() -> None:
        dialog.reject()
        known = record if record.id else None
        open_dialog(editing.page, editing.context, record.case_id, follow_up=known)

    button.clicked.connect(leave)
    dialog.button_row.insertWidget(0, button)


def explain_notice(editing: Editing, notice: Mapping[str, Any]) -> None:
    """Show how the last day for an appeal against ``notice`` is found; it can be kept from there."""
    open_dialog(
        editing.page,
        editing.context,
        editing.file.case.id,
        deadlines.notice_facts(notice).plain(),
        rule=deadlines.notice_rule(editing.catalogue.rules.deadlines, notice),
        title=deadlines.notice_title(editing.catalogue.rules.deadlines, notice),
    )


def keep_notice(editing: Editing, notice: Mapping[str, Any]) -> None:
    """Keep the last day for an appeal against ``notice`` as a deadline; a new one can be taken back."""
    rules = editing.catalogue.rules.deadlines
    desk, work, case_id = editing.context.desk, editing.context.work, editing.file.case.id

    def keep() -> FollowUp:
        derived = deadlines.compute(
            rules, deadlines.notice_rule(rules, notice), deadlines.notice_facts(notice)
        )
        reason = kept_reason(derivation.reason(derived.facts, derived.found), derived.effect)
        title = deadlines.notice_title(rules, notice)
        return deadlines.keep(desk, case_id, derived, reason=reason, title=title)

    def told(kept: FollowUp) -> None:
        words = say("case.deadline_kept_until_day", day=dates.full(kept.due_on))
        if kept.rev == 1:
            editing.changed(words, Change(((None, kept),)))
        else:
            editing.saved(words)

    work.write(editing.page, keep, told)
