"""A rule opened, in words: its days and its conditions. No widgets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kimdesk.domain.records import Person
from kimdesk.domain.screening.result import ConditionState, Light, Screened, ScreenedCondition
from kimdesk.texts import dates, say
from kimdesk.texts import screening as told
from kimdesk.texts.bidi import apart
from ui.perspective.bars import day_words, sign
from ui.perspective.conditions import ORDER, ConditionView, OpenedView
from ui.perspective.lacking import TO_ENTER, told_fact
from ui.perspective.lanes import LaneKey
from ui.perspective.naming import joined

_NEAR = 90  # days that are said as a distance


@dataclass(frozen=True, slots=True)
class OpenedWords:
    """Says what stands in the card of a rule; ``until``: the last day of the paper held now."""

    today: date
    until: date | None

    def opened(self, who: Sequence[Person], one: Screened) -> OpenedView:
        """Return a rule opened, for the people ``who``."""
        under = apart(" · ").join(part for part in (one.paragraph, joined(who)) if part)
        inside = sorted(one.conditions, key=lambda each: ORDER.index(each.state))
        remark = "" if one.checked else say("perspective.rule_unchecked")
        key = LaneKey(tuple(person.id for person in who), one.rule)
        return OpenedView(
            key, told.rule(one.rule), under, sign(one), self._days(one),
            tuple(self._condition(each) for each in inside), remark,
        )  # fmt: skip

    def _days(self, one: Screened) -> tuple[tuple[str, str], ...]:
        earliest = day_words(None if one.light is Light.RED else one.earliest, say("perspective.none"))
        if one.second_earliest and one.light is not Light.RED:
            earliest = say("perspective.day_or_day", day=one.earliest, other=one.second_earliest)
        return (
            (say("perspective.earliest_day_caption"), earliest),
            (say("perspective.last_day_caption"), day_words(one.last_day, say("perspective.none"))),
            (say("perspective.paper_valid_until"), day_words(self.until, say("perspective.not_recorded"))),
        )

    def _condition(self, one: ScreenedCondition) -> ConditionView:
        asked = one.state in TO_ENTER
        evidence = apart(", ").join(told.evidence(each) for each in one.evidence) if asked else ""
        why = "" if one.state is ConditionState.UNKNOWN and evidence else told.said(one.why)
        note = apart(" · ").join(part for part in (one.paragraph, why, evidence) if part)
        fact = told_fact(one)
        return ConditionView(one.id, told.condition(one.id), note, self._word(one), one.state, fact)

    def _word(self, one: ScreenedCondition) -> str:
        if one.state is not ConditionState.TIME or one.day is None:
            return say(f"perspective.state_{one.state}")
        days = (one.day - self.today).days
        return dates.distance(one.day, self.today) if 0 <= days <= _NEAR else dates.full(one.day)
