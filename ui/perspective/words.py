"""The perspective of a household in German: lanes, opened rules, steps, whom no rule fits. No widgets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.records import CaseFile, Person, ResidenceSpell
from kimdesk.domain.regimes import TITLES
from kimdesk.domain.screening.result import Lack, Light, Screened, Screening
from kimdesk.texts import say
from kimdesk.texts import screening as told
from kimdesk.texts.bidi import apart
from ui.case.heading import age_words
from ui.perspective.bars import bar, later, sign, spoken_days
from ui.perspective.conditions import OpenedView
from ui.perspective.lacking import lack_words
from ui.perspective.lanes import LaneGroup, LaneKey, LaneView
from ui.perspective.naming import joined, short_name
from ui.perspective.opening import OpenedWords
from ui.perspective.stepping import StepWords
from ui.perspective.strip import StepView

_WEIGHT = (Light.GREEN, Light.YELLOW, Light.RED)
_NEAREST = (Lack.NONE, Lack.TIME, Lack.EVIDENCE, Lack.UNKNOWN, Lack.DISCRETION, Lack.TITLE, Lack.STATUS)


@dataclass(frozen=True, slots=True)
class ScreenedHousehold:
    """The people of a case who were screened, those with the same lanes together."""

    catalogue: Catalogue
    file: CaseFile
    today: date
    people: Sequence[Person]
    screened: Mapping[str, Screening]  # by person

    def groups(self) -> tuple[LaneGroup, ...]:
        """Return the lanes of everybody for whom there is a rule."""
        return tuple(self._group(together) for together in self._together())

    def opened(self) -> dict[LaneKey, OpenedView]:
        """Return every lane opened."""
        return {
            LaneKey(ids, one.rule): OpenedWords(self.today, self._until(ids[0])).opened(self._of(ids), one)
            for ids, one in self._each()
        }

    def steps(self) -> dict[LaneKey, StepView]:
        """Return what to do now in each lane; what was let go is left out."""
        words = StepWords(self.catalogue, self.file, self.today)
        found = {LaneKey(ids, one.rule): words.step(self._of(ids), one) for ids, one in self._each()}
        return {key: step for key, step in found.items() if step is not None}

    def left_out(self) -> str:
        """Return for whom no rule fits, and for whom nothing is known of the stay."""
        none = [one for one in self.people if self._known(one) and not self._shown(one.id)]
        unknown = [one for one in self.people if not self._known(one)]
        said = []
        if none:
            said.append(say("perspective.no_rule_fits", who=self._names(none)))
        if unknown:
            said.append(say("perspective.no_residence_recorded", who=self._names(unknown)))
        if waiting := self._not_begun():
            said.append(say("perspective.not_begun", rules=apart(", ").join(waiting)))
        return " ".join(said)

    def state(self) -> str:
        """Return the state of the law, where it is from, and how many of the rules shown are unchecked."""
        law = self.catalogue.rules.screening
        unchecked = {one.rule for _, one in self._each() if not one.checked}
        said = [say("perspective.law_as_of", day=law.state), say("perspective.law_source")]
        if unchecked:
            said.append(say("perspective.law_unchecked", n=len(unchecked)))
        return apart(" · ").join(said)

    def _not_begun(self) -> list[str]:
        """Return the rules that begin with something that is not recorded of anybody: a training, a job."""
        found = [one for person in self.people if self._known(person) and person.id in self.screened
                 for one in self.screened[person.id].shown]  # fmt: skip
        begun = {one.rule for one in found if one.begun}
        names = {one.rule: f"{told.rule(one.rule)} ({one.paragraph})" for one in found if not one.begun}
        return [name for rule, name in names.items() if rule not in begun]

    def checked(self) -> str:
        """Return „6 Regeln für 3 Personen geprüft“."""
        number = sum(len(self._shown(ids[0])) for ids in map(self._ids, self._together()))
        people = [one for one in self.people if self._known(one)]
        return say("perspective.rules_shown", n=number, people=say("perspective.for_n_people", n=len(people)))

    def _known(self, person: Person) -> bool:
        return any(one.person_id == person.id and not one.expected for one in self.file.residence)

    def _shown(self, person_id: str) -> list[Screened]:
        found = self.screened[person_id].shown if person_id in self.screened else ()
        return sorted((one for one in found if one.begun), key=_place)

    def _together(self) -> list[list[Person]]:
        """Return the people with lanes; who has the same lanes as somebody before stands with them."""
        groups: dict[tuple[object, ...], list[Person]] = {}
        for person in self.people:
            if self._known(person) and (shown := self._shown(person.id)):
                groups.setdefault(tuple(_same(one) for one in shown), []).append(person)
        return list(groups.values())

    @staticmethod
    def _ids(together: Sequence[Person]) -> tuple[str, ...]:
        return tuple(one.id for one in together)

    def _each(self) -> Iterable[tuple[tuple[str, ...], Screened]]:
        for together in self._together():
            for one in self._shown(together[0].id):
                yield self._ids(together), one

    def _group(self, together: Sequence[Person]) -> LaneGroup:
        names = joined(together)
        lanes = tuple(self._lane(names, self._ids(together), one) for one in self._shown(together[0].id))
        return LaneGroup(names, self._note(together), lanes, several=len(together) > 1)

    def _note(self, together: Sequence[Person]) -> str:
        papers = {self._paper(one) for one in together}
        ages = [words for one in together[:1] if (words := age_words(one, self.today))]
        parts = [*(ages if len(together) == 1 else ()), *(papers if len(papers) == 1 else ())]
        return apart(", ").join(part for part in parts if part)

    def _paper(self, person: Person) -> str:
        spell = self._spell(person.id)
        if spell is None:
            return ""
        label = self.catalogue.code_list("residence_status").short(spell.status)
        own = spell.paragraph if spell.status in TITLES else ""
        name = ", ".join(part for part in (label, own) if part)
        return say("perspective.paper_since", paper=name, day=spell.valid_from) if spell.valid_from else name

    def _until(self, person_id: str) -> date | None:
        spell = self._spell(person_id)
        return spell.valid_until if spell else None

    def _of(self, ids: tuple[str, ...]) -> list[Person]:
        return [person for person in self.people if person.id in ids]

    def _spell(self, person_id: str) -> ResidenceSpell | None:
        own = [one for one in self.file.residence if one.person_id == person_id and not one.expected]
        return max(own, key=lambda one: (one.valid_from or date.min, one.id), default=None)

    def _names(self, people: Sequence[Person]) -> str:
        return apart(", ").join(short_name(one) for one in people)

    def _lane(self, names: str, ids: tuple[str, ...], one: Screened) -> LaneView:
        title, light = told.rule(one.rule), sign(one)
        end, note = later(one, self.today)
        law, days = one.paragraph, spoken_days(one)
        spoken = say(
            "perspective.spoken_lane", who=names, rule=title, paragraph=law, light=light.word, days=days
        )
        lane = bar(one, self.today, lack_words(one))
        return LaneView(
            LaneKey(ids, one.rule), title, one.paragraph, light, lane, end, note, spoken, one.urgent
        )


def _place(one: Screened) -> tuple[bool, int, int]:
    """Return where a lane stands: what is urgent first, then what is nearest."""
    return not one.urgent, _WEIGHT.index(one.light), _NEAREST.index(one.lack)


def _same(one: Screened) -> tuple[object, ...]:
    states = tuple((each.id, each.state, each.day) for each in one.conditions)
    return one.rule, one.light, one.lack, one.urgent, one.earliest, one.last_day, states
