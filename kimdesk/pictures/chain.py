"""The integration chain as a picture: bars per strand, what waits for what. Plain values, no widgets."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from kimdesk.catalogue.catalogue import Catalogue
from kimdesk.domain import chain as rules
from kimdesk.domain.records import CaseFile, Measure
from kimdesk.domain.terms import MeasureState
from kimdesk.pictures.frame import ChainTimeFrame
from kimdesk.pictures.scale import Scale
from kimdesk.pictures.strands import (
    Strand,
    blocked_words,
    step_words,
    strand_name,
    strands,
    waiting_words,
    whose_words,
)
from kimdesk.texts import dates, say
from kimdesk.texts.dates import span

HEAD = 46  # height at 100 % of the months above
_LOWEST = 38  # a strand with one bar still has room for a name of two lines
_NARROW = 120  # below this a title stands beside its bar rather than cut off inside
_RUNNING = {MeasureState.APPLIED, MeasureState.GRANTED, MeasureState.RUNNING}


@dataclass(frozen=True, slots=True)
class Density:
    """Heights at 100 %: of a bar, between bars, around a strand."""

    bar: int
    gap: int
    pad: int


ROOMY, DENSE = Density(28, 6, 10), Density(22, 3, 4)


@dataclass(frozen=True, slots=True)
class Bar:
    """One measure: style is done, running, planned, blocked or ended; places in pixels."""

    key: str
    title: str
    style: str
    icon: str
    color: str
    left: float
    right: float
    top: float
    height: float
    label: str  # where the title stands: inside, right or left of the bar
    shaded: bool
    critical: bool  # it decides when the plan ends
    narrow: bool  # most others wait for it
    spoken: str

    @property
    def middle(self) -> float:
        """Return the height of its middle."""
        return self.top + self.height / 2

    def holds(self, x: float, y: float) -> bool:
        """Return whether the point lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.top + self.height


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One strand: its name and colour, where it stands."""

    name: str
    color: str
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Arrow:
    """From the bar that must be done first to the one that waits; ``late`` if it is not done in time."""

    before: Bar
    after: Bar
    late: bool
    critical: bool


@dataclass(frozen=True, slots=True)
class ChainPicture:
    """The whole picture."""

    scale: Scale
    rows: tuple[ChainRow, ...]
    bars: tuple[Bar, ...]
    arrows: tuple[Arrow, ...]
    height: float
    left_out: int  # measures without a date or outside the time shown
    days: Mapping[str, tuple[date, date]]  # of all measures that have some, strand by strand

    def bar(self, key: str) -> Bar | None:
        """Return the bar of a measure, None when it is not in the picture."""
        return next((one for one in self.bars if one.key == key), None)

    def at(self, x: float, y: float) -> Bar | None:
        """Return the bar at a point, None where there is none."""
        return next((one for one in self.bars if one.holds(x, y)), None)


@dataclass(frozen=True, slots=True)
class Insight:
    """What the chain says as a whole: what decides its end, and what most others wait for."""

    path: tuple[Measure, ...]
    ends_on: date | None
    narrow: rules.Bottleneck | None

    def words(self) -> str:
        """Return both in a line; nothing for a plan without a date."""
        parts = []
        if self.narrow:
            title, n = self.narrow.measure.title, len(self.narrow.waiting)
            parts.append(say("plan.bottleneck_measure_n_wait", measure=title, n=n))
        if len(self.path) > 1:
            parts.append(say("plan.plan_ends_day_at_earliest", day=dates.full(self.ends_on)))
        return " · ".join(parts)

    def way(self) -> str:
        """Return the measures that decide the end, one after the other."""
        names = " → ".join(one.title for one in self.path)
        return say("plan.decides_the_end_path", path=names) if len(self.path) > 1 else ""


@dataclass(frozen=True, slots=True)
class ChainFrame:
    """Where the picture stands: from ``left`` to ``right``, at a text size, in a frame of time."""

    left: float
    right: float
    zoom: float
    frame: ChainTimeFrame = ChainTimeFrame()  # noqa: RUF009 - frozen
    density: Density = ROOMY


def insight(file: CaseFile) -> Insight:
    """Return what the chain of ``file`` says as a whole."""
    try:
        path = rules.critical_path(file.measures)
        slots = rules.schedule(file.measures)
    except ValueError:  # a circle can only come from elsewhere; each link is still drawn
        return Insight((), None, None)
    ends = slots[path[-1].id].earliest_end if path else None
    return Insight(path, ends, rules.bottleneck(file.measures))


def chain(
    catalogue: Catalogue, file: CaseFile, today: date, page: ChainFrame, needs: Callable[[str], float]
) -> ChainPicture:
    """Return the picture of the plan on ``page``; ``needs`` measures a title in pixels."""
    ordered = [one for strand in strands(catalogue, file) for one in strand.measures]
    spans = {one.id: found for one in ordered if (found := rules.span(one))}
    days = [day for found in spans.values() for day in found]
    scale = page.frame.scale(days, today, page.left, page.right)
    setting = _Setting(catalogue, file, spans, scale, page, needs, insight(file))
    rows: list[ChainRow] = []
    bars: list[Bar] = []
    zoom, room, top = page.zoom, page.density, HEAD * page.zoom
    for strand in strands(catalogue, file):
        packed, lines = _pack(strand, setting)
        if not packed:
            continue
        needed = (2 * room.pad + lines * room.bar + (lines - 1) * room.gap) * zoom
        height = max(needed, _LOWEST * zoom)
        rows.append(ChainRow(strand_name(strand.key), strand.color, top, height))
        shaded = len(rows) % 2 == 1
        bars += [
            replace(bar, top=bar.top + top + room.pad * zoom + (height - needed) / 2, shaded=shaded)
            for bar in packed
        ]
        top += height
    arrows = _arrows(file, bars, setting.said)
    return ChainPicture(scale, tuple(rows), tuple(bars), arrows, top, len(file.measures) - len(bars), spans)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What all bars of one picture share."""

    catalogue: Catalogue
    file: CaseFile
    spans: Mapping[str, tuple[date, date]]
    scale: Scale
    page: ChainFrame
    needs: Callable[[str], float]
    said: Insight


def _pack(strand: Strand, setting: _Setting) -> tuple[list[Bar], int]:
    """Set the bars of a strand into as few lines as their words allow."""
    ends: list[float] = []
    bars = []
    scale, zoom, room = setting.scale, setting.page.zoom, setting.page.density
    for measure in strand.measures:
        if measure.id not in setting.spans or not scale.shows(*setting.spans[measure.id]):
            continue
        first, last = setting.spans[measure.id]
        left, right = scale.x(first), max(scale.x(last + timedelta(days=1)), scale.x(first) + 14 * zoom)
        words, begin, reach = _extent(left, right, setting.needs(measure.title), scale, zoom)
        line = next((n for n, end in enumerate(ends) if begin >= end + 4 * zoom), len(ends))
        ends[line : line + 1] = [reach]
        top = line * (room.bar + room.gap) * zoom
        bars.append(_bar(measure, strand, setting, (left, right, top, room.bar * zoom), words))
    return bars, len(ends)


def _extent(left: float, right: float, words: float, scale: Scale, zoom: float) -> tuple[str, float, float]:
    """Return where the title stands, and from where to where bar and title reach."""
    if right - left >= words + 34 * zoom:
        return "inside", left, right
    if right + words + 12 * zoom <= scale.right:
        return "right", left, right + words + 12 * zoom
    if right - left < _NARROW * zoom and left - words - 12 * zoom >= scale.left:
        return "left", left - words - 12 * zoom, right
    return "inside", left, right


def _bar(
    measure: Measure, strand: Strand, setting: _Setting, place: tuple[float, float, float, float], title: str
) -> Bar:
    style, icon = _style(measure, setting.file)
    said = setting.said
    critical = len(said.path) > 1 and measure in said.path
    narrow = said.narrow is not None and said.narrow.measure.id == measure.id
    spoken = ", ".join(
        word
        for word in (strand_name(strand.key), *words_of(setting.catalogue, measure, setting.file, said))
        if word
    )
    return Bar(
        measure.id, measure.title, style, icon, strand.color, *place, title, False, critical, narrow, spoken
    )


def words_of(catalogue: Catalogue, measure: Measure, file: CaseFile, said: Insight) -> tuple[str, ...]:
    """Return what there is to say about a measure: the same in the picture and in the list."""
    blocked = blocked_words(measure, file)
    narrow = said.narrow if said.narrow and said.narrow.measure.id == measure.id else None
    decides = len(said.path) > 1 and measure in said.path
    return (
        measure.title,
        say("common.blocked") if blocked else catalogue.label("measure_state", measure.state),
        whose_words(measure, file),
        span(measure.starts_on, measure.due_on),
        blocked or waiting_words(measure, file),
        step_words(measure),
        say("plan.bottleneck_n_wait", n=len(narrow.waiting)) if narrow else "",
        say("plan.decides_the_end") if decides else "",
    )


def _style(measure: Measure, file: CaseFile) -> tuple[str, str]:
    if rules.is_blocked(measure, file.measures):
        return "blocked", "prohibit"
    if measure.state is MeasureState.DONE:
        return "done", "check"
    if measure.state in _RUNNING:
        return "running", {MeasureState.APPLIED: "hourglass-medium"}.get(measure.state, "play")
    return ("planned", "") if measure.state is MeasureState.PLANNED else ("ended", "x")


def _arrows(file: CaseFile, bars: Sequence[Bar], said: Insight) -> tuple[Arrow, ...]:
    drawn = {bar.key: bar for bar in bars}
    measures = {one.id: one for one in file.measures}
    path = [one.id for one in said.path]
    binding = set(pairwise(path))
    return tuple(
        Arrow(
            drawn[key],
            drawn[one.id],
            rules.is_open(one) and rules.comes_too_late(measures[key], one),
            (key, one.id) in binding,
        )
        for one in file.measures
        for key in one.requires
        if key in drawn and one.id in drawn
    )
