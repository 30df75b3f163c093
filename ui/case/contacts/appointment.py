"""A new appointment with what is known of the client's language."""

from datetime import date

from kimdesk.domain.law.spans import SpanName, Spans
from kimdesk.domain.records import CaseFile, FollowUp
from kimdesk.domain.terms import FollowUpKind


def new_appointment(file: CaseFile, spans: Spans, today: date) -> FollowUp:
    """Return an appointment in a week, in the client's language; an interpreter as the client needs one."""
    skills = file.client.languages if file.client else ()
    needed = next((skill for skill in skills if skill.interpreter), None)
    first = needed or next(iter(skills), None)
    return FollowUp(
        case_id=file.case.id,
        kind=FollowUpKind.APPOINTMENT,
        due_on=spans.after(SpanName.REMINDER, today),
        language=first.language if first else "",
        interpreter="needed" if needed else "",
    )
