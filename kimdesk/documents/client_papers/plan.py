"""The support plan: the chain as a picture, and in a table with the same numbers who does what by when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from kimdesk.casework.desk import Desk
from kimdesk.documents.client_papers.chain_drawing import ChainDrawing, height
from kimdesk.documents.client_papers.chain_picture import ChainPiece, pieces
from kimdesk.documents.client_papers.setting import (
    PaperSetting,
    answered,
    day_of,
    led,
    looked_at_again,
    owner,
    signatures,
    start,
)
from kimdesk.documents.client_sheet import (
    Both,
    BulletList,
    NoteBox,
    SheetBlock,
    SheetHeading,
    SheetParagraph,
    SheetPicture,
    SheetTable,
    SignatureLines,
)
from kimdesk.documents.papers import MadePaper, PaperWish
from kimdesk.domain.chain import is_blocked, span
from kimdesk.domain.records import Goal, Measure
from kimdesk.domain.terms import GoalState, Phase
from kimdesk.pictures.strands import strands
from kimdesk.texts import dates

CODE: Final = "help_plan"
_WIDTHS: Final = (0.62, 2.4, 1.5, 1.3, 1.3)


def make(desk: Desk, case_id: str, wish: PaperWish) -> MadePaper:
    """Return the plan of a case. Raises as ``setting.start``."""
    with desk.reading() as reader:
        setting = start(desk, reader, case_id, CODE, wish)
    return setting.made(_blocks(setting))


def _blocks(setting: PaperSetting) -> Iterator[SheetBlock]:
    tell, said = setting.words.tell, answered(setting.file, Phase.SUPPORT_PLAN, "agreement")
    planned = day_of(said, "planned_on")
    ordered = [one for strand in strands(setting.catalogue, setting.file) for one in strand.measures]
    begun = [tell("plan_of", day=dates.full(planned))] if planned else []
    yield NoteBox((*setting.stand(), *begun), tell("lead") if ordered else Both(""))
    numbers = {one.id: number for number, one in enumerate(ordered, 1)}
    yield from _goals(setting)
    if not ordered:
        yield SheetParagraph(tell("no_measures"))
    else:
        yield from _chain(setting, ordered, numbers)
        yield SheetHeading(tell("measures"))
        heads = ("head_number", "head_what", "head_who", "head_when", "head_state")
        rows = tuple(row for one in ordered for row in _rows(setting, one, numbers))
        yield SheetTable(tuple(tell(one) for one in heads), rows, _WIDTHS)
        yield from _end(setting, said)


def _goals(setting: PaperSetting) -> Iterator[SheetBlock]:
    goals = sorted((one for one in setting.file.goals if one.state is GoalState.ACTIVE), key=_order)
    if goals:
        yield SheetHeading(setting.words.tell("goals"))
        yield BulletList(tuple(setting.told(one) for one in goals), numbered=True)


def _order(goal: Goal) -> tuple[int, str]:
    return goal.number, goal.id


def _chain(
    setting: PaperSetting, ordered: Sequence[Measure], numbers: Mapping[str, int]
) -> Iterator[SheetBlock]:
    """Yield the picture in its pieces, and which measures are in none of them."""
    tell = setting.words.tell
    titled = [replace(one, title=f"{numbers[one.id]}  {setting.told(one).german}") for one in ordered]
    numbered = replace(setting.file, measures=tuple(titled))
    found = pieces(setting.catalogue, numbered, setting.wish.today)
    if found:
        yield SheetHeading(tell("chain"))
        yield SheetParagraph(tell("chain_reads"), leads=True)
    for number, piece in enumerate(found, 1):
        if len(found) > 1:
            yield SheetParagraph(tell("chain_part", n=number, total=len(found)), quiet=True, leads=True)
        drawn = [one for one in ordered if any(bar.key == one.id for bar in piece.bars)]
        alt = _in_words(setting, piece, drawn, numbers)
        yield SheetPicture(ChainDrawing(piece, setting.words, setting.wish.today), height(piece), alt)
    left_out = [one for one in ordered if span(one) is None]
    if found and left_out:
        yield SheetParagraph(tell("not_drawn", numbers=_listed(numbers, [one.id for one in left_out])))


def _in_words(
    setting: PaperSetting, piece: ChainPiece, drawn: Sequence[Measure], numbers: Mapping[str, int]
) -> Both:
    """Return what the piece shows, for who listens."""
    tell, scale = setting.words.tell, piece.picture.scale
    parts = [tell("chain_alt", n=len(drawn), first=dates.full(scale.start), last=_last(scale.end))]
    for one in drawn:
        days = _days(setting, one.starts_on, one.due_on)
        state, number = _state(setting, one), numbers[one.id]
        parts.append(tell("chain_alt_one", number=number, title=setting.told(one), state=state, days=days))
        waits = _listed(numbers, one.requires)
        if waits:
            parts.append(tell("chain_alt_waits", numbers=waits))
    return Both(" ".join(one.german for one in parts), " ".join(filter(None, (one.own for one in parts))))


def _last(end: date) -> str:
    return dates.full(date.fromordinal(end.toordinal() - 1))


def _listed(numbers: Mapping[str, int], ids: Sequence[str]) -> str:
    return ", ".join(str(one) for one in sorted(numbers[each] for each in ids if each in numbers))


def _rows(setting: PaperSetting, measure: Measure, numbers: Mapping[str, int]) -> Iterator[tuple[Both, ...]]:
    """Yield a measure and below it its small steps, numbered within."""
    words, number = setting.words, numbers[measure.id]
    what = [setting.told(measure)]
    if setting.is_others(measure.for_person):
        what.append(setting.whose(measure.for_person))
    if measure.fallback:
        what.append(words.tell("fallback", text=setting.free(measure.fallback)))
    waits = _listed(numbers, measure.requires)
    state = [_state(setting, measure), *([words.tell("waits_for", numbers=waits)] if waits else [])]
    days = _days(setting, measure.starts_on, measure.due_on)
    where = setting.agency(measure.agency)
    yield words.plain(str(number)), words.joined(what), where, days, words.joined(state)
    for place, step in enumerate(measure.steps, 1):
        done = words.tell("step_done", day=dates.full(step.done_on)) if step.done_on else Both("")
        when = _days(setting, None, step.due_on) if step.due_on or not step.done_on else Both("")
        yield (words.plain(f"{number}.{place}"), setting.told(step), owner(setting, step), when, done)


def _state(setting: PaperSetting, measure: Measure) -> Both:
    if is_blocked(measure, setting.file.measures):
        return setting.words.tell("state_blocked")
    label = setting.catalogue.label("measure_state", measure.state)
    return setting.words.code("state", measure.state, label)


def _days(setting: PaperSetting, starts: date | None, due: date | None) -> Both:
    tell = setting.words.tell
    if starts and due:
        return tell("from_until", first=dates.full(starts), last=dates.full(due))
    if due:
        return tell("until", day=dates.full(due))
    return tell("from_day", day=dates.full(starts)) if starts else tell("no_day")


def _end(setting: PaperSetting, said: Mapping[str, Any]) -> Iterator[SheetBlock]:
    tell = setting.words.tell
    yield looked_at_again(setting, said)
    reservations = str(said.get("reservations") or "")
    if reservations:
        yield from led(tell("reservations"), setting.free(reservations))
    else:
        yield SignatureLines((tell("reservations"),))
    yield SheetParagraph(tell("agrees"))
    yield signatures(setting.words, "sign_client", "sign_case_manager")
