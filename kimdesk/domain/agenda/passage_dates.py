"""The dates that follow from a case being on its way between desks."""

from collections.abc import Iterator, Sequence
from datetime import date

from kimdesk.domain.agenda.due import Due
from kimdesk.domain.custody import Custody, Passage, standing

_RULES = {
    Custody.OFFERED: "offer_ends",
    Custody.LENT: "cover_back",
    Custody.COVERING: "cover_over",
}


def of_passages(passages: Sequence[Passage]) -> Iterator[Due]:
    """Yield the last day of an offer that is out, or of a cover that was lent or is done here."""
    now = standing(passages, date.min)
    rule, passage = _RULES.get(now.custody), now.passage
    if rule and passage and passage.until and not now.returned:
        yield Due(rule, passage.until, "passage", passage.id, {"desk": passage.desk_name})
