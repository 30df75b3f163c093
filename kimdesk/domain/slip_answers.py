"""What an office can tick on a slip: the letters printed there are those typed when it comes back."""

from typing import Final, NamedTuple

from kimdesk.domain.terms import StepKind


class SlipAnswer(NamedTuple):
    """One box: its letter, the step it is, its name among the texts, the reason (reject_reason) it gives."""

    letter: str
    kind: StepKind
    key: str
    reason: str = ""


ANSWERS: Final = (
    SlipAnswer("A", StepKind.ACCEPTED, "accepted"),
    SlipAnswer("B", StepKind.REJECTED, "rejected"),
    SlipAnswer("C", StepKind.QUERY, "query"),
    SlipAnswer("D", StepKind.REJECTED, "elsewhere", "not_responsible"),
    SlipAnswer("E", StepKind.REJECTED, "forwarded", "forwarded"),
    SlipAnswer("F", StepKind.RECEIPT, "receipt"),
)
