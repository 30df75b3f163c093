"""The timeline of a household: per person and strand the spells, gaps and overlaps. No widgets."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain.kinds import ref_of
from kimdesk.domain.law.titles import in_force
from kimdesk.domain.records import CaseFile, Member, Person, RecordRef, RegimeSpell, ResidenceSpell
from kimdesk.domain.regimes import ASYLBLG, NO_TITLE, WITHOUT_BENEFIT, certain_gaps, holes, overlaps
from kimdesk.domain.terms import Lane, Role
from kimdesk.pictures.scale import Scale
from kimdesk.texts import say
from kimdesk.texts.dates import span
from ui.case.heading import age_words
from ui.case.signs import REGIME_LISTS
from ui.regimes.frame import TimelineFrame

ROW, PAD, HEAD = 22, 5, 74  # heights at 100 %: a strand, around a person, months and markers above
TITLE = "title"
_LANES = (Lane.BENEFIT, Lane.HEALTH_INSURANCE, None, Lane.COURSE, Lane.SCHOOL, Lane.WORK)  # None: the title
_WATCHED = (Lane.BENEFIT, Lane.HEALTH_INSURANCE)
_COLORS = {
    Lane.BENEFIT: "lane-livelihood",
    Lane.HEALTH_INSURANCE: "lane-health",
    Lane.COURSE: "lane-language",
    Lane.SCHOOL: "lane-children",
    Lane.WORK: "lane-work",
}
_SHORT_NOTE = 32
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One bar: style is covered, expected, gap, overlap, awaited or folded.

    ``ref`` is the record, None for what is only drawn. ``first`` and ``last``
    are its days (None: open), ``strand`` the lane or "title" it stands in, ``level`` its row within that.
    """

    ref: RecordRef | None
    text: str
    style: str
    color: str
    first: date | None
    last: date | None
    spoken: str
    person: str = ""
    strand: str = ""
    level: int = 0
    left: float = 0.0
    right: float = 0.0

    @property
    def editable(self) -> bool:
        """Return whether it is a record that can be moved and removed."""
        return self.style in ("covered", "expected")


@dataclass(frozen=True, slots=True)
class StrandLine:
    """One row of a strand; only the first of a strand is named."""

    name: str
    top: float
    stretches: tuple[Stretch, ...]
    strand: str = ""


@dataclass(frozen=True, slots=True)
class StrandBlock:
    """One person with all strands."""

    name: str
    note: str
    top: float
    height: float
    lines: tuple[StrandLine, ...]
    person: str = ""
    folded: bool = False


def lane_name(lane: Lane | None) -> str:
    """Return the short name of a strand („Kasse“); None is the residence title."""
    return {
        Lane.BENEFIT: say("regimes.benefit"),
        Lane.HEALTH_INSURANCE: say("common.insurance"),
        None: say("regimes.title"),
        Lane.COURSE: say("regimes.course"),
        Lane.SCHOOL: say("regimes.school"),
        Lane.WORK: say("regimes.work"),
    }[lane]


def blocks(
    catalogue: Catalogue,
    file: CaseFile,
    scale: Scale,
    today: date,
    zoom: float,
    frame: TimelineFrame | None = None,
) -> tuple[StrandBlock, ...]:
    """Return the persons of the household with their strands; empty strands are left out."""
    shown = frame or TimelineFrame()
    found = []
    top = HEAD * zoom
    for person in people(file):
        if shown.person in ("", person.id):
            block = _block(catalogue, file, person, scale, today, top, zoom, folded=person.id in shown.folded)
            found.append(block)
            top += block.height
    return tuple(found)


def _block(
    catalogue: Catalogue,
    file: CaseFile,
    person: Person,
    scale: Scale,
    today: date,
    top: float,
    zoom: float,
    *,
    folded: bool,
) -> StrandBlock:
    name = person.call_name or person.given_names or person.family_name
    strands = [(lane, stretches(catalogue, file, person.id, lane, today)) for lane in _LANES]
    at = top + PAD * zoom
    lines = []
    if folded:
        lines = [
            StrandLine("", at, (_summary(person.id, [one for _, each in strands for one in each], scale),))
        ]
        return StrandBlock(name, "", top, (ROW + 2 * PAD) * zoom, tuple(lines), person.id, folded=True)
    for lane, found in strands:
        placed = [_placed(one, scale) for one in found if scale.shows(*_days(one))]
        for level in range(max((one.level for one in placed), default=-1) + 1):
            row = tuple(one for one in placed if one.level == level)
            lines.append(StrandLine(lane_name(lane) if not level else "", at, row, lane or TITLE))
            at += ROW * zoom
    height = max(at - top + PAD * zoom, 2 * ROW * zoom + PAD * zoom)
    return StrandBlock(name, age_words(person, today), top, height, tuple(lines), person.id)


def _summary(person_id: str, found: list[Stretch], scale: Scale) -> Stretch:
    entries = sum(one.ref is not None for one in found)
    gaps = sum(one.style == "gap" for one in found)
    words = say("regimes.entries", n=entries)
    if gaps:
        words += f" · {say('regimes.gaps', n=gaps)}"
    return Stretch(
        None, words, "folded", "bad" if gaps else "text-2", None, None,
        f"{words}, {say('regimes.folded')}", person_id, left=scale.left, right=scale.right,
    )  # fmt: skip


def people(file: CaseFile) -> list[Person]:
    """Return the persons of the household: the client first, then by age."""
    known = {person.id: person for person in file.persons}

    def order(member: Member) -> tuple[bool, str]:
        born = known[member.person_id].birth_date
        return member.role is not Role.CLIENT, born.iso() if born else "9999"

    members = sorted((one for one in file.members if one.person_id in known), key=order)
    return [known[one.person_id] for one in members]


def stretches(
    catalogue: Catalogue, file: CaseFile, person_id: str, lane: Lane | None, today: date
) -> list[Stretch]:
    """Return everything in one strand of a person, in the order of time: bars, gaps, overlaps."""
    if lane is None:
        titles = [one for one in file.residence if one.person_id == person_id]
        valid = [one for one in in_force(file, catalogue.rules.law) if one.person_id == person_id]
        bars = _levelled([_title(catalogue, one) for one in titles])
        return _ordered(bars, _run_on(titles, valid), _unproven(valid))
    spells = [one for one in file.regimes if (one.person_id, one.lane) == (person_id, lane)]
    bars = _levelled([_spell(catalogue, one, today) for one in spells])
    if lane not in _WATCHED:
        return _ordered(bars)
    return _ordered(bars, _gaps(spells), _overlaps(spells, bars))


def _ordered(*groups: Iterable[Stretch]) -> list[Stretch]:
    found = [one for group in groups for one in group]
    return sorted(found, key=lambda one: (one.first or date.min, one.style == "overlap"))


def _levelled(bars: list[Stretch]) -> list[Stretch]:
    """Set bars that run at the same time below each other."""
    ends: list[date] = []
    found = []
    for bar in sorted(bars, key=lambda one: (one.first or date.min, one.last or date.max)):
        level = next((n for n, end in enumerate(ends) if end < (bar.first or date.min)), len(ends))
        ends[level : level + 1] = [bar.last or date.max]
        found.append(replace(bar, level=level))
    return found


def _spell(catalogue: Catalogue, spell: RegimeSpell, today: date) -> Stretch:
    name = catalogue.code_list(REGIME_LISTS[spell.lane]).short(spell.regime)
    text = f"{name}, {spell.note}" if spell.note and len(spell.note) < _SHORT_NOTE else name
    color = "lane-asylum" if spell.regime in ASYLBLG else _COLORS[spell.lane]
    at = min(max(spell.starts_on or today, today), spell.ends_on or date.max)
    full = catalogue.benefit_label(spell.regime, at) if spell.lane is Lane.BENEFIT else text
    return _stretch(
        ref_of(spell), text, "text-3" if spell.regime == WITHOUT_BENEFIT else color, full,
        (spell.starts_on, spell.ends_on), expected=spell.expected, person=spell.person_id, strand=spell.lane,
    )  # fmt: skip


def _title(catalogue: Catalogue, spell: ResidenceSpell) -> Stretch:
    name = catalogue.code_list("residence_status").short(spell.status)
    text = ", ".join(part for part in (name, spell.paragraph) if part)
    return _stretch(
        ref_of(spell), text, "lane-residence", text, (spell.valid_from, spell.valid_until),
        expected=spell.expected, person=spell.person_id, strand=TITLE,
    )  # fmt: skip


def _stretch(
    ref: RecordRef, text: str, color: str, full: str, days: tuple[date | None, date | None], *,
    expected: bool, person: str, strand: str,
) -> Stretch:  # fmt: skip
    style = "expected" if expected else "covered"
    parts = (full, span(*days), say("common.expected") if expected else "")
    spoken = ", ".join(part for part in parts if part)
    return Stretch(ref, text, style, color, *days, spoken, person, strand)


def _gaps(spells: list[RegimeSpell]) -> Iterator[Stretch]:
    for gap in certain_gaps(spells):
        first, last = gap.starts_on, gap.foreseen_end
        if gap.planned and gap.planned.starts_on and gap.planned.starts_on <= first:
            continue  # what is drawn there is the expected spell
        spoken = f"{say('regimes.gap')}, {span(first, last)}"
        person, strand = gap.before.person_id, gap.before.lane
        yield Stretch(None, say("regimes.gap"), "gap", "bad", first, last, spoken, person, strand)


def _overlaps(spells: list[RegimeSpell], bars: list[Stretch]) -> Iterator[Stretch]:
    """Yield where two run at once, drawn over the later one."""
    levels = {bar.ref: bar.level for bar in bars}
    for found in overlaps(one for one in spells if not one.expected):
        first, second = ref_of(found.first), ref_of(found.second)
        names = {bar.ref: bar.text for bar in bars}
        words = say("regimes.at_once_one_other", one=names[first], other=names[second])
        yield Stretch(
            None, say("regimes.at_once"), "overlap", "warn", found.starts_on, found.ends_on,
            f"{words}, {span(found.starts_on, found.ends_on)}", found.second.person_id, found.second.lane,
            max(levels[first], levels[second]),
        )  # fmt: skip


def _run_on(titles: list[ResidenceSpell], valid: list[ResidenceSpell]) -> Iterator[Stretch]:
    """Yield the days on which a title is valid by law beyond the day that is printed on it."""
    for printed, title in zip(titles, valid, strict=True):
        if printed.valid_until and title.valid_until and title.valid_until > printed.valid_until:
            first, last, text = printed.valid_until + _DAY, title.valid_until, say("regimes.runs_on")
            spoken = f"{text}, {span(first, last)}"
            yield Stretch(
                ref_of(printed), text, "awaited", "lane-residence", first, last, spoken,
                printed.person_id, TITLE,
            )  # fmt: skip


def _unproven(titles: list[ResidenceSpell]) -> Iterator[Stretch]:
    """Yield the days between two papers; a title applied for in time goes on without its paper."""
    papers = [one for one in titles if not one.expected and one.status not in NO_TITLE]
    awaited = [one.valid_from for one in titles if one.expected and one.valid_from]
    for hole in holes(papers, lambda one: one.valid_from or date.min, lambda one: one.valid_until):
        before, later = hole.before, None
        if awaited and (hole.ends_on is None or min(awaited) <= hole.ends_on):
            later = min(awaited) - _DAY
        if later and later < hole.starts_on:
            continue  # what is drawn there is the expected title
        first, last = hole.starts_on, hole.ends_on or later
        in_time = before.applied_on is not None and before.applied_on < first
        proven = in_time and before.certificate_on is not None
        text = (
            say("regimes.applied_for")
            if proven
            else say("regimes.applied_for_no_paper")
            if in_time
            else say("regimes.gap")
        )
        style, color = ("awaited", "lane-residence") if in_time else ("gap", "bad")
        yield Stretch(
            ref_of(before) if in_time else None, text, style, color, first, last,
            f"{text}, {span(first, last)}", before.person_id, TITLE,
        )  # fmt: skip


def _days(one: Stretch) -> tuple[date, date]:
    return one.first or date.min, one.last or date.max


def _placed(one: Stretch, scale: Scale) -> Stretch:
    first, last = _days(one)
    right = scale.x(last + _DAY) if last < date.max else scale.right
    return replace(one, left=scale.x(first), right=right)
