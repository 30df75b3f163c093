"""The timeline of a household: per person and strand the spells and the gaps. Plain values, no widgets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kimdesk.catalogue.codes import code_list
from kimdesk.domain.records import CaseFile, Member, Person, RegimeSpell, ResidenceSpell
from kimdesk.domain.regime_dates import ASYLBLG
from kimdesk.domain.regimes import gaps
from kimdesk.domain.terms import Lane, Role
from ui.pages.case.cards import span
from ui.pages.case.heading import age_words
from ui.pages.case.signs import REGIME_LISTS
from ui.pages.case.timescale import TimeScale
from ui.text import tr

ROW, PAD, HEAD = 22, 5, 74  # heights at 100 %: a strand, around a person, months and markers above
_LANES = (Lane.BENEFIT, Lane.HEALTH_INSURANCE, None, Lane.COURSE, Lane.SCHOOL, Lane.WORK)  # None: the title
_COLORS = {
    Lane.BENEFIT: "lane-livelihood",
    Lane.HEALTH_INSURANCE: "lane-health",
    Lane.COURSE: "lane-language",
    Lane.SCHOOL: "lane-children",
    Lane.WORK: "lane-work",
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """One bar: style is covered, expected or gap; ``key`` names the record ("kind:id"), "" for a gap."""

    key: str
    text: str
    style: str
    color: str
    left: float
    right: float
    spoken: str


@dataclass(frozen=True, slots=True)
class Line:
    """One strand of a person."""

    name: str
    top: float
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One person with all strands."""

    name: str
    note: str
    top: float
    height: float
    lines: tuple[Line, ...]


def lane_name(lane: Lane | None) -> str:
    """Return the short name of a strand („Kasse“); None is the residence title."""
    return {
        Lane.BENEFIT: tr("Benefit"),
        Lane.HEALTH_INSURANCE: tr("Insurance"),
        None: tr("Title"),
        Lane.COURSE: tr("Course"),
        Lane.SCHOOL: tr("School"),
        Lane.WORK: tr("Work"),
    }[lane]


def blocks(file: CaseFile, scale: TimeScale, today: date, zoom: float) -> tuple[Block, ...]:
    """Return the persons of the household with their strands; empty strands are left out."""
    found = []
    top = HEAD * zoom
    for person in _people(file):
        lines = []
        at = top + PAD * zoom
        for lane in _LANES:
            if stretches := tuple(_stretches(file, person, lane, scale)):
                lines.append(Line(lane_name(lane), at, stretches))
                at += ROW * zoom
        height = max(at - top + PAD * zoom, 2 * ROW * zoom)
        name = person.given_names or person.family_name
        found.append(Block(name, age_words(person, today), top, height, tuple(lines)))
        top += height
    return tuple(found)


def _people(file: CaseFile) -> list[Person]:
    people = {person.id: person for person in file.persons}

    def order(member: Member) -> tuple[bool, str]:
        born = people[member.person_id].birth_date
        return member.role is not Role.CLIENT, born.iso() if born else "9999"

    members = sorted((one for one in file.members if one.person_id in people), key=order)
    return [people[one.person_id] for one in members]


def _stretches(file: CaseFile, person: Person, lane: Lane | None, scale: TimeScale) -> Iterator[Stretch]:
    if lane is None:
        for spell in file.residence:
            if spell.person_id == person.id:
                yield from _title(spell, scale)
        return
    spells = [one for one in file.regimes if (one.person_id, one.lane) == (person.id, lane)]
    for one in spells:
        yield from _spell(one, scale)
    if lane in (Lane.BENEFIT, Lane.HEALTH_INSURANCE):
        yield from _gaps(spells, scale)


def _spell(spell: RegimeSpell, scale: TimeScale) -> Iterator[Stretch]:
    name = code_list(REGIME_LISTS[spell.lane]).short(spell.regime)
    text = f"{name}, {spell.note}" if spell.note and len(spell.note) < _SHORT_NOTE else name
    color = "lane-asylum" if spell.regime in ASYLBLG else _COLORS[spell.lane]
    if spell.regime == "none":
        color = "text-3"
    found = _stretch(f"regime_spell:{spell.id}", text, color, spell.starts_on, spell.ends_on, scale)
    yield from _styled(found, expected=spell.expected)


_SHORT_NOTE = 32


def _title(spell: ResidenceSpell, scale: TimeScale) -> Iterator[Stretch]:
    name = code_list("residence_status").short(spell.status)
    text = ", ".join(part for part in (name, spell.paragraph) if part)
    key = f"residence_spell:{spell.id}"
    found = _stretch(key, text, "lane-residence", spell.valid_from, spell.valid_until, scale)
    yield from _styled(found, expected=spell.expected)


def _gaps(spells: list[RegimeSpell], scale: TimeScale) -> Iterator[Stretch]:
    sure = [one for one in spells if not one.expected]
    for gap in gaps(sure):
        first = min((one.starts_on for one in spells if one.expected and one.starts_on), default=None)
        end = gap.ends_on or (first - timedelta(days=1) if first and first > gap.starts_on else None)
        found = _stretch("", tr("Gap"), "bad", gap.starts_on, end, scale)
        yield from _styled(found, gap=True)


def _stretch(
    key: str, text: str, color: str, start: date | None, end: date | None, scale: TimeScale
) -> Stretch | None:
    first, last = start or date.min, end or date.max
    if not scale.shows(first, last):
        return None
    left = scale.x(first)
    right = scale.x(last + timedelta(days=1)) if last < date.max else scale.right
    return Stretch(key, text, "covered", color, left, right, f"{text}, {span(start, end)}")


def _styled(found: Stretch | None, *, expected: bool = False, gap: bool = False) -> Iterator[Stretch]:
    if found is None:
        return
    style = "gap" if gap else "expected" if expected else "covered"
    spoken = f"{found.spoken}, {tr('expected')}" if expected else found.spoken
    yield Stretch(found.key, found.text, style, found.color, found.left, found.right, spoken)
