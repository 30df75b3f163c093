"""How much of the timeline is shown: which months or years, whose. Plain values, no widgets."""

from dataclasses import dataclass, replace
from datetime import date

from kimdesk.domain.law.periods import month_start
from kimdesk.domain.records import CaseFile
from kimdesk.pictures.scale import MonthScale, Scale, YearScale

MONTHS, YEARS, ALL = "months", "years", "all"
_BEFORE = {MONTHS: 4, YEARS: 24}  # months shown before today
_SHOWN = {MONTHS: 12, YEARS: 60}
_STEP = {MONTHS: 3, YEARS: 12, ALL: 0}
_LONG = 24  # more months than this are told apart by their years
_UNFOLDED = 5  # a larger household begins with the client alone unfolded


@dataclass(frozen=True, slots=True)
class TimelineFrame:
    """What is looked at: months, years or all; ``away`` months from today; one person or "" for all."""

    zoom: str = MONTHS
    away: int = 0
    person: str = ""
    folded: frozenset[str] = frozenset()

    def turned(self, direction: int) -> "TimelineFrame":
        """Return the frame one step later (1) or earlier (−1)."""
        return replace(self, away=self.away + direction * _STEP[self.zoom])

    def zoomed(self, zoom: str) -> "TimelineFrame":
        """Return the frame with another zoom, back at today."""
        return replace(self, zoom=zoom, away=0)

    def closer(self, direction: int) -> "TimelineFrame":
        """Return the frame one zoom closer (1) or further (−1)."""
        order = (ALL, YEARS, MONTHS)
        return self.zoomed(order[min(max(order.index(self.zoom) + direction, 0), len(order) - 1)])

    def toggled(self, person_id: str) -> "TimelineFrame":
        """Return the frame with a person folded or unfolded."""
        return replace(self, folded=self.folded ^ {person_id})

    def of(self, person_id: str) -> "TimelineFrame":
        """Return the frame of one person alone, "" for the whole household."""
        return replace(self, person=person_id, folded=self.folded - {person_id})

    def scale(self, file: CaseFile, today: date, left: float, right: float) -> Scale:
        """Return the scale of the picture between ``left`` and ``right``."""
        if self.zoom == ALL:
            start, months = _everything(file, today)
        else:
            start = month_start(today, self.away - _BEFORE[self.zoom])
            start = start.replace(month=1) if self.zoom == YEARS else start
            months = _SHOWN[self.zoom]
        kind = YearScale if months > _LONG else MonthScale
        return kind(start, months, left, right)

    def towards(self, day: date, scale: Scale) -> "TimelineFrame":
        """Return the frame that shows ``day`` when ``scale`` does not."""
        if scale.holds(day) or self.zoom == ALL:
            return self
        months = (day.year - scale.start.year) * 12 + day.month - scale.start.month
        return replace(self, away=self.away + months - 1)


def first_frame(file: CaseFile) -> TimelineFrame:
    """Return what is shown of a household at first."""
    if len(file.members) <= _UNFOLDED or file.client is None:
        return TimelineFrame()
    return TimelineFrame(folded=frozenset(one.person_id for one in file.members) - {file.client.id})


def _everything(file: CaseFile, today: date) -> tuple[date, int]:
    days = [today]
    for spell in file.regimes:
        days += [day for day in (spell.starts_on, spell.ends_on) if day]
    for title in file.residence:
        days += [day for day in (title.valid_from, title.valid_until) if day]
    start = month_start(min(days))
    return start, max(12, (max(days).year - start.year) * 12 + max(days).month - start.month + 2)
