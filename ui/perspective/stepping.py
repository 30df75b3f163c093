"""The step that helps now in a lane, in words. No widgets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kimdesk.casework.perspective_steps import PerspectiveStep, is_let_go
from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import CaseFile, Person, RecordRef
from kimdesk.domain.screening.result import AdvisedStep, Screened
from kimdesk.texts import dates, say
from kimdesk.texts import screening as told
from kimdesk.texts.bidi import apart
from ui.perspective.existing import office, under_way
from ui.perspective.lacking import capital, lack_words, told_fact
from ui.perspective.lanes import LaneKey
from ui.perspective.naming import joined
from ui.perspective.strip import StepView

_ASK = "ask"
_AT_THE_OFFICE = frozenset({"apply", "file_now", "prepare", "discuss_rule"})
_BY_A_DAY = frozenset({"apply", "file_now"})
_READY_ON = frozenset({"ask", "get", "prepare"})


@dataclass(frozen=True, slots=True)
class StepWords:
    """Says what to do now about the rules of a case."""

    catalogue: Catalogue
    file: CaseFile
    today: date

    def step(self, people: Sequence[Person], one: Screened) -> StepView | None:
        """Return the step of a rule for ``people``, None when there is none or it was let go."""
        step = one.step
        if step is None:
            return None
        about = str(step.facts.get("condition", ""))
        ids = tuple(person.id for person in people)
        key = PerspectiveStep(ids, one.rule, f"{step.code}.{about}" if about else step.code, step.day)
        if is_let_go(self.file, key):
            return None
        inside = next((each for each in one.conditions if each.id == about), None)
        fact = told_fact(inside) if inside and step.code == _ASK else ""
        who = joined(people, short=True)
        plain = f"{who}: {told.step(step)}{self._office(one.rule, step)}"
        ref = None if fact else under_way(self.file, plain, one.rule, about)
        return StepView(
            lane=LaneKey(ids, one.rule),
            key=key,
            title=f"{plain}{self._when(step)}",
            plain=plain,
            reason=capital(told.said(inside.why)) if inside else lack_words(one),
            source=say("common.rule_rule", rule=apart(" · ").join((one.paragraph, one.source))),
            button=_button(fact, ref),
            day=step.day if step.code in _BY_A_DAY else None,
            fact=fact,
            ref=ref,
        )

    def _office(self, rule: str, step: AdvisedStep) -> str:
        """Return where a step leads that an authority decides about."""
        return f" ({self.catalogue.service_name(office(rule))})" if step.code in _AT_THE_OFFICE else ""

    def _when(self, step: AdvisedStep) -> str:
        """Return „ – bis Fr., 04.12.“ for a last day, „ – vor dem …“ for one that it is to be ready on."""
        if step.day is None:
            return ""
        day = dates.short(step.day, self.today)
        if step.code in _BY_A_DAY:
            return f"\u00a0– {say('plan.by_day', day=day)}"
        return f"\u00a0– {say('perspective.before_day', day=day)}" if step.code in _READY_ON else ""


def _button(fact: str, ref: RecordRef | None) -> str:
    if fact:
        return say("perspective.enter_fact")
    if ref is None:
        return say("perspective.put_on_a_day")
    return say("plan.open_the_referral") if ref.kind == "referral" else say("perspective.open_what_is_there")
