"""From when and until when the law grants something to a person, as far as its spells say."""

from collections.abc import Iterable
from datetime import date

from kimdesk.domain.dates import PartialDate
from kimdesk.domain.law.spans import SpanName, Spans
from kimdesk.domain.records import Person, RegimeSpell, ResidenceSpell
from kimdesk.domain.regimes import ASYLBLG

GERMANY = "000"  # nationality


def analog_on(spell: RegimeSpell, spells: Iterable[RegimeSpell], spans: Spans) -> date | None:
    """Return when ``spell`` of basic benefits reaches the time after which they are analogous (§ 2 AsylbLG).

    Counted from the first day of AsylbLG; the law counts the stay, which may have begun earlier.
    """
    if spell.regime != "asylblg_basic" or spell.expected or spell.starts_on is None:
        return None
    earlier = [
        one.starts_on
        for one in spells
        if one.person_id == spell.person_id and one.regime in ASYLBLG and one.starts_on and not one.expected
    ]
    return spans.after(SpanName.ANALOG_BENEFITS, min(earlier))


def born_here_until(person: Person, residence: Iterable[ResidenceSpell], spans: Spans) -> date | None:
    """Return until when a title is to be applied for, for a child born in Germany that has none yet.

    § 81 Abs. 2 AufenthG.
    """
    exact = person.birth_date and person.birth_date.day
    titled = any(one.person_id == person.id for one in residence)
    if not exact or person.birth_country != GERMANY or GERMANY in person.nationalities or titled:
        return None
    return spans.after(SpanName.CHILD_TITLE, born(person.birth_date))


def full_age_on(birth: PartialDate | None, spans: Spans) -> date:
    """Return the day of full age (§ 2 BGB), the last of the calendar without a birth date."""
    return spans.after(SpanName.FULL_AGE, born(birth))


def born(birth: PartialDate | None) -> date:
    """Return the first day a birth date can mean, the last of the calendar without one."""
    return birth.earliest() if birth else date.max
