"""„Frist berechnen“: the last day by a rule of the law, with its derivation, kept as a follow-up."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from kimdesk.domain.records import FollowUp
from ui.desk.context import Context

if TYPE_CHECKING:
    from ui.case.deadline.dialog import DeadlineDialog


def open_dialog(
    parent: QWidget, context: Context, case_id: str, facts: Mapping[str, Any] | None = None, *,
    rule: str = "", title: str = "", follow_up: FollowUp | None = None,
) -> "DeadlineDialog":  # fmt: skip
    """Open the dialog for a case and return it.

    ``facts`` are those of ``kimdesk.domain.law.deadline_rule.Facts`` as stored (ISO dates, codes);
    ``rule`` is a code of ``kimdesk.catalogue.deadline_rules``. With ``follow_up`` that one takes the new day.
    """
    from ui.case.deadline.dialog import DeadlineDialog
    from ui.case.deadline.presenter import Question

    question = Question(case_id, rule, dict(facts or {}), title, follow_up)
    dialog = DeadlineDialog(parent, context, question)
    dialog.open()
    return dialog
