"""One case while it is being invented: what is fixed, who lives there, when each phase began."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kimdesk.domain.records import Person
from kimdesk.domain.terms import Phase
from kimdesk.practice.cast_templates import CaseOutline
from kimdesk.practice.dice import Dice
from kimdesk.practice.household import Household
from kimdesk.practice.library import kreis, odds
from kimdesk.practice.templates import Agency, Course, Story, Town
from kimdesk.practice.wording import Wording

_SHARE_BEFORE_LAST = 0.8
_SHARE_BEFORE_EVALUATION = 0.92
_LONG = frozenset({Phase.COORDINATION, Phase.EVALUATION})  # phases that take up what time there is


@dataclass(frozen=True, slots=True)
class Scene:
    """What all parts of one case know of it. ``until`` is today, or the day it was closed."""

    dice: Dice
    outline: CaseOutline
    story: Story
    place: Town
    case_id: str
    today: date
    opened: date
    until: date
    home: Household
    facts: frozenset[str]
    wording: Wording
    started: Mapping[Phase, date]  # the phases begun, in their order

    @property
    def course(self) -> Course:
        """Return how far the case has come."""
        return self.outline.course or Course(phase=Phase.ACCESS)

    @property
    def client(self) -> Person | None:
        """Return the client, None in an anonymous case."""
        return self.home.persons[0] if self.home.persons else None

    @property
    def interpreted(self) -> bool:
        """Return whether conversations need an interpreter."""
        return bool(self.client and self.client.languages[0].interpreter)

    @property
    def interpreter(self) -> str:
        """Return who interprets, "" when nobody needs to; always the same person in a case."""
        return self.wording["interpreter"] if self.interpreted else ""

    def say(self, text: str) -> str:
        """Return ``text`` with its gaps filled."""
        return self.wording.say(text)

    def pick(self, choices: tuple[str, ...]) -> str:
        """Return one of ``choices`` with its gaps filled."""
        return self.wording.say(self.dice.pick(choices))

    def new_id(self, day: date) -> str:
        """Return the identity of a record made on ``day``."""
        return self.dice.new_id(day)

    def has(self, needs: tuple[str, ...]) -> bool:
        """Return whether the household is as ``needs`` ask."""
        return self.facts.issuperset(needs)

    def agency(self, service: str) -> tuple[str, str]:
        """Return the agency that answers for ``service`` here, and a person there."""
        found: Agency = kreis().agency[service]
        return self.say(found.name), self.dice.pick(found.people) if found.people else ""


def phase_starts(course: Course, opened: date, until: date) -> dict[Phase, date]:
    """Return when each phase up to the present one began; the present one began a while ago."""
    usual = odds().usual_start
    begun = list(Phase)[: course.phase.number]
    elapsed = (until - opened).days
    last = usual[begun[-1]]
    scale = elapsed * _SHARE_BEFORE_LAST / last if last else 1.0
    if course.phase in _LONG:
        scale = min(1.0, scale)
    found = {phase: opened + timedelta(days=int(usual[phase] * scale)) for phase in begun}
    if course.phase is Phase.EVALUATION:
        found[course.phase] = opened + timedelta(days=int(elapsed * _SHARE_BEFORE_EVALUATION))
    return found
