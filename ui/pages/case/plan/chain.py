"""The integration chain as a picture: bars per strand, what waits for what. Plain values, no widgets."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kimdesk.catalogue.codes import label
from kimdesk.domain.chain import is_blocked
from kimdesk.domain.records import CaseFile, Measure
from kimdesk.domain.terms import MeasureState
from ui.pages.case.cards import span
from ui.pages.case.plan.strands import Strand, strand_name, strands, waiting_words
from ui.pages.case.timescale import TimeScale, window
from ui.text import tr

BAR, GAP, PAD, HEAD = 28, 6, 12, 46  # heights at 100 %: bar, between bars, around a strand, months above
_WITHOUT_END = timedelta(days=30)  # how long a measure is drawn that has a beginning only
_BEFORE_DUE = timedelta(days=14)
_NARROW = 120  # below this a title stands beside its bar rather than cut off inside
_RUNNING = {MeasureState.APPLIED, MeasureState.GRANTED, MeasureState.RUNNING}


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
    label: str  # where the title stands: inside, right or left of the bar
    shaded: bool
    spoken: str


@dataclass(frozen=True, slots=True)
class Row:
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


@dataclass(frozen=True, slots=True)
class Chain:
    """The whole picture."""

    scale: TimeScale
    rows: tuple[Row, ...]
    bars: tuple[Bar, ...]
    arrows: tuple[Arrow, ...]
    height: float
    left_out: int  # measures without a date or outside the months shown


def dates_of(measure: Measure) -> tuple[date, date] | None:
    """Return from when to when a measure is drawn, None when it has no date at all."""
    start, due = measure.starts_on, measure.due_on
    if start and due:
        return (start, due) if start <= due else (due, start)
    if start:
        return start, start + _WITHOUT_END
    return (due - _BEFORE_DUE, due) if due else None


def chain(
    file: CaseFile, today: date, left: float, right: float, zoom: float, needs: Callable[[str], float]
) -> Chain:
    """Return the picture of the plan between ``left`` and ``right``; ``needs`` measures a title in pixels."""
    spans = {one.id: found for one in file.measures if (found := dates_of(one))}
    days = [day for found in spans.values() for day in found] or [today]
    scale = TimeScale(*window(min(days), max(days), today), left, right)
    rows: list[Row] = []
    bars: list[Bar] = []
    top = HEAD * zoom
    for strand in strands(file):
        packed, lines = _pack(strand, file, spans, scale, zoom, needs)
        if not packed:
            continue
        height = (2 * PAD + lines * BAR + (lines - 1) * GAP) * zoom
        rows.append(Row(strand_name(strand.key), strand.color, top, height))
        shaded = len(rows) % 2 == 1
        bars += [replace(bar, top=bar.top + top + PAD * zoom, shaded=shaded) for bar in packed]
        top += height
    return Chain(scale, tuple(rows), tuple(bars), _arrows(file, bars), top, len(file.measures) - len(bars))


def _pack(
    strand: Strand,
    file: CaseFile,
    spans: Mapping[str, tuple[date, date]],
    scale: TimeScale,
    zoom: float,
    needs: Callable[[str], float],
) -> tuple[list[Bar], int]:
    """Set the bars of a strand into as few lines as their words allow."""
    ends: list[float] = []
    bars = []
    for measure in strand.measures:
        if measure.id not in spans or not scale.shows(*spans[measure.id]):
            continue
        first, last = spans[measure.id]
        left, right = scale.x(first), max(scale.x(last + timedelta(days=1)), scale.x(first) + 14 * zoom)
        label, begin, reach = _extent(left, right, needs(measure.title), scale, zoom)
        line = next((n for n, end in enumerate(ends) if begin >= end + 4 * zoom), len(ends))
        ends[line : line + 1] = [reach]
        bars.append(_bar(measure, strand, file, (left, right, line * (BAR + GAP) * zoom), label))
    return bars, len(ends)


def _extent(
    left: float, right: float, words: float, scale: TimeScale, zoom: float
) -> tuple[str, float, float]:
    """Return where the title stands, and from where to where bar and title reach."""
    if right - left >= words + 34 * zoom:
        return "inside", left, right
    if right + words + 12 * zoom <= scale.right:
        return "right", left, right + words + 12 * zoom
    if right - left < _NARROW * zoom and left - words - 12 * zoom >= scale.left:
        return "left", left - words - 12 * zoom, right
    return "inside", left, right


def _bar(
    measure: Measure, strand: Strand, file: CaseFile, place: tuple[float, float, float], title: str
) -> Bar:
    style, icon = _style(measure, file)
    state = tr("blocked") if style == "blocked" else label("measure_state", measure.state)
    when = span(measure.starts_on, measure.due_on)
    words = (strand_name(strand.key), measure.title, state, when, waiting_words(measure, file))
    spoken = ", ".join(word for word in words if word)
    return Bar(measure.id, measure.title, style, icon, strand.color, *place, title, False, spoken)


def _style(measure: Measure, file: CaseFile) -> tuple[str, str]:
    if is_blocked(measure, file.measures) or _comes_too_late(measure, file):
        return "blocked", "prohibit"
    if measure.state is MeasureState.DONE:
        return "done", "check"
    if measure.state in _RUNNING:
        return "running", {MeasureState.APPLIED: "hourglass-medium"}.get(measure.state, "play")
    return ("planned", "") if measure.state is MeasureState.PLANNED else ("ended", "x")


def _comes_too_late(measure: Measure, file: CaseFile) -> bool:
    """Return whether ``measure`` should begin before something it waits for is over."""
    return any(_is_late(one, measure) for one in file.measures if one.id in measure.requires)


def _is_late(before: Measure, after: Measure) -> bool:
    if after.starts_on is None or after.state is not MeasureState.PLANNED or before.due_on is None:
        return False
    return before.state is not MeasureState.DONE and before.due_on > after.starts_on


def _arrows(file: CaseFile, bars: Sequence[Bar]) -> tuple[Arrow, ...]:
    drawn = {bar.key: bar for bar in bars}
    measures = {one.id: one for one in file.measures}
    return tuple(
        Arrow(drawn[key], drawn[one.id], _is_late(measures[key], one))
        for one in file.measures
        for key in one.requires
        if key in drawn and one.id in drawn
    )
