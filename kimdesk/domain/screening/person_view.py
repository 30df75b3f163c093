"""One person on one day, as the conditions ask about them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kimdesk.domain.law.claims import GERMANY
from kimdesk.domain.law.paragraphs import Paragraph, read
from kimdesk.domain.law.periods import DAY, full_on
from kimdesk.domain.screening.facts import AsylumKind, ScreeningFacts, Spell, SpellKind
from kimdesk.domain.screening.rules import ScreeningLaw
from kimdesk.domain.screening.runs import StaySegment, timeline

TITLED = frozenset({SpellKind.TITLE, SpellKind.FICTION_4})
"""Papers with which a title is held (§ 81 Abs. 4 AufenthG: the old one goes on)."""
TOLERATED = frozenset({SpellKind.TOLERATION, SpellKind.TOLERATION_60B})
_YEAR = 12
_PROTECTED = frozenset({AsylumKind.ASYLUM, AsylumKind.REFUGEE, AsylumKind.SUBSIDIARY})
_BY_TITLE = {
    ("1", ""): AsylumKind.ASYLUM,
    ("2", "1"): AsylumKind.REFUGEE,
    ("2", "2"): AsylumKind.SUBSIDIARY,
    ("3", ""): AsylumKind.REMOVAL_BAN,
}
"""What a title of § 25 AufenthG tells by its Absatz and half sentence."""


@dataclass(frozen=True)
class PersonView:
    """What is known about a person on ``today``; what follows from it is worked out once."""

    facts: ScreeningFacts
    today: date
    law: ScreeningLaw
    first_title: date | None = None  # when a first title can be had, for who has none

    @cached_property
    def stay(self) -> tuple[StaySegment, ...]:
        """Return the papers up to today."""
        return timeline(self.spells, self.today)

    @cached_property
    def spells(self) -> tuple[Spell, ...]:
        """Return the papers; from the asylum application on there was at least a Gestattung."""
        spells = list(self.facts.spells or ())
        asylum = self.facts.asylum
        if asylum and asylum.applied and not any(one.holds(asylum.applied) for one in spells):
            last = None if self.recognised else asylum.decided
            spells.append(Spell(kind=SpellKind.PERMISSION, first=asylum.applied, last=last))
        return tuple(spells)

    @cached_property
    def now(self) -> Spell | None:
        """Return the paper held today, else the one that ended last; None when none is recorded."""
        if self._begun_sometime:
            return self._begun_sometime
        spans = (one.span for one in reversed(self.stay))
        return next((one for one in spans if isinstance(one, Spell)), None)

    @property
    def is_covered(self) -> bool:
        """Return whether the paper of ``now`` is recorded to hold today."""
        return self._begun_sometime is not None or self._is_dated_today

    @property
    def _is_dated_today(self) -> bool:
        return bool(self.stay) and self.stay[-1].span is not None

    @cached_property
    def _begun_sometime(self) -> Spell | None:
        """Return a paper that is held today and of which nobody knows since when, where no other is."""
        if self._is_dated_today:
            return None
        undated = (one for one in self.facts.spells or () if one.first is None)
        return next((one for one in undated if one.may_hold(self.today)), None)

    @cached_property
    def title(self) -> Paragraph:
        """Return by which paragraph the title of today was given; an empty one for no title or none named."""
        if self.now is None or self.now.kind not in TITLED:
            return Paragraph()
        own = read(self.now.paragraph)
        if own.section or self.now.kind is SpellKind.TITLE:
            return own
        titles = (one.span for one in reversed(self.stay) if isinstance(one.span, Spell))
        return next((read(one.paragraph) for one in titles if one.kind is SpellKind.TITLE), own)

    @property
    def is_titled(self) -> bool | None:
        """Return whether a title is held today, None when that is unknown."""
        return None if self.now is None else self.now.kind in TITLED

    def has_title(self, patterns: Collection[str]) -> bool | None:
        """Return whether the title of today is one of ``patterns``; None when that is unknown."""
        if self.is_titled is not True:
            return self.is_titled
        return True if "*" in patterns else self.title.is_one_of(patterns)

    @cached_property
    def recognised(self) -> bool | None:
        """Return whether international protection or asylum was granted; None when that is unknown."""
        asylum = self.facts.asylum
        if asylum and asylum.kind is not None:
            return asylum.kind in _PROTECTED
        titles = [one for one in self.facts.spells or () if one.kind in TITLED]
        fitting = [read(one.paragraph).is_one_of(self.law.recognised_titles) for one in titles]
        if any(fitting):
            return True
        tolerated = any(one.kind in TOLERATED for one in self.facts.spells or ())
        return False if tolerated or (fitting and None not in fitting) else None

    @cached_property
    def protection(self) -> AsylumKind | None:
        """Return what protection was granted, by the decision or by the title; None when unknown or none."""
        asylum = self.facts.asylum
        if asylum and asylum.kind is not None:
            return asylum.kind
        held = self.title
        if not held.lies_in("25"):
            return None
        return _BY_TITLE.get((held.part, held.alternative)) or _BY_TITLE.get((held.part, ""))

    @property
    def is_german(self) -> bool:
        """Return whether German nationality is known."""
        return GERMANY in (self.facts.nationality or ())

    def draws(self, regimes: Collection[str]) -> list[str]:
        """Return which of these benefits are drawn today, as far as is known."""
        running = {one.regime for one in self.facts.benefits or () if one.may_hold(self.today)}
        return sorted(running & {*regimes})

    def birthday(self, age: int, *, surely: bool = False) -> date | None:
        """Return the first day on which the person can be ``age`` years old, or ``surely`` is.

        None without a birth date.
        """
        born = (self.facts.born_until if surely else None) or self.facts.born
        return None if born is None else full_on(born, age * _YEAR)

    def is_minor_child_on(self, day: date) -> bool | None:
        """Return whether a child in the household is a minor on ``day``; None when no child is recorded."""
        children = self.facts.minor_child
        return None if children is None else any(day < self._adult_on(born) for born in children)

    def child_until(self) -> date | None:
        """Return the last day on which a child in the household is a minor."""
        return max((self._adult_on(born) - DAY for born in self.facts.minor_child or ()), default=None)

    def _adult_on(self, born: date) -> date:
        return full_on(born, self.law.adult_age * _YEAR)
