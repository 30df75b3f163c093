"""How long somebody has been here, as the programme for newcomers counts it."""

from datetime import date
from enum import StrEnum

from kimdesk.domain.dates import PartialDate
from kimdesk.domain.law.spans import SpanName, Spans


class StayBand(StrEnum):
    """At most three years here, longer, or nobody knows (stay_band)."""

    RECENT = "recent"
    LONGER = "longer"
    UNKNOWN = "unknown"


def stay_band(arrived: PartialDate | None, spans: Spans, day: date) -> StayBand:
    """Return how long somebody who ``arrived`` then is here on ``day``; a vague day may leave it open."""
    if arrived is None or arrived.earliest() > day:
        return StayBand.UNKNOWN
    surely, perhaps = (spans.after(SpanName.NEWCOMER, one) for one in (arrived.earliest(), arrived.latest()))
    if day <= surely:
        return StayBand.RECENT
    return StayBand.LONGER if perhaps < day else StayBand.UNKNOWN
