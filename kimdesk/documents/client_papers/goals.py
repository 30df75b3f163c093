"""The goal agreement: goals and steps as they were agreed, who does what by when, lines to sign on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from kimdesk.casework.desk import Desk
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
    NoteBox,
    SheetBlock,
    SheetHeading,
    SheetParagraph,
    SheetTable,
)
from kimdesk.documents.papers import MadePaper, PaperWish
from kimdesk.domain.records import Goal, Measure
from kimdesk.domain.terms import GoalState, MeasureState, Phase
from kimdesk.texts import dates

CODE: Final = "goal_agreement"
_LEVELS: Final = (
    ("level_plus_2", "gas_plus_2"), ("level_plus_1", "gas_plus_1"), ("level_0", "gas_0"),
    ("level_minus_1", "gas_minus_1"), ("level_minus_2", "gas_minus_2"),
)  # fmt: skip
_INTERPRETED: Final = frozenset({"professional", "remote", "volunteer", "acquaintance"})
_ENDED: Final = frozenset({MeasureState.REJECTED, MeasureState.ABANDONED})


def make(desk: Desk, case_id: str, wish: PaperWish) -> MadePaper:
    """Return the agreement of a case. Raises as ``setting.start``."""
    with desk.reading() as reader:
        setting = start(desk, reader, case_id, CODE, wish)
    return setting.made(_blocks(setting))


def _blocks(setting: PaperSetting) -> Iterator[SheetBlock]:
    tell, said = setting.words.tell, answered(setting.file, Phase.GOAL_AGREEMENT, "agreement")
    agreed, version = day_of(said, "agreed_on"), said.get("version")
    goals = sorted((one for one in setting.file.goals if one.state is not GoalState.DROPPED), key=_order)
    others = list(_other_steps(setting, {one.id for one in goals}))
    yield NoteBox((
        *setting.stand(),
        *([tell("agreed_on", day=dates.full(agreed))] if agreed else []),
        *([tell("version", n=version)] if isinstance(version, int) else []),
    ), tell("lead") if goals or others else Both(""))  # fmt: skip
    for number, goal in enumerate(goals, 1):
        yield from _goal(setting, goal, number)
    if not goals:
        yield SheetParagraph(tell("no_goals"))
    yield from others
    if goals or others:  # nobody signs what nobody agreed
        yield from _end(setting, said)


def _order(goal: Goal) -> tuple[int, str]:
    return goal.number, goal.id


def _goal(setting: PaperSetting, goal: Goal, number: int) -> Iterator[SheetBlock]:
    tell = setting.words.tell
    yield SheetHeading(tell("goal", n=number))
    yield SheetParagraph(setting.told(goal), strong=True)
    if goal.due_on:
        yield SheetParagraph(tell("achieve_by", day=dates.full(goal.due_on)))
    for key, text in (
        ("baseline", goal.baseline), ("indicator", goal.indicator), ("you_do", goal.by_client),
        ("we_do", goal.by_case_manager), ("others_do", goal.by_others),
    ):  # fmt: skip
        yield from led(tell(key), setting.free(text))
    yield from _levels(setting, goal)
    yield from _steps(
        setting, tell("steps"), [one for one in setting.file.measures if one.goal_id == goal.id]
    )


def _levels(setting: PaperSetting, goal: Goal) -> Iterator[SheetBlock]:
    """Yield what each level would be, the best first, where it was agreed."""
    tell = setting.words.tell
    rows = tuple(
        (tell(key), setting.free(getattr(goal, name))) for key, name in _LEVELS if getattr(goal, name)
    )
    if rows:
        yield SheetParagraph(tell("levels"), quiet=True, leads=True)
        yield SheetTable((tell("level_head"), tell("level_text")), rows, (1.0, 2.4))


def _other_steps(setting: PaperSetting, goal_ids: set[str]) -> Iterator[SheetBlock]:
    """Yield the steps that serve no goal of the agreement."""
    found = [one for one in setting.file.measures if one.goal_id not in goal_ids]
    blocks = list(_steps(setting, setting.words.tell("other_steps"), found))
    if blocks:
        yield SheetHeading(setting.words.tell("other_steps"))
        yield from blocks[1:]


def _steps(setting: PaperSetting, title: Both, measures: Sequence[Measure]) -> Iterator[SheetBlock]:
    tell = setting.words.tell
    going = [one for one in measures if one.state not in _ENDED]
    rows = tuple(row for one in sorted(going, key=_begins) for row in _rows(setting, one))
    if rows:
        yield SheetParagraph(title, quiet=True, leads=True)
        yield SheetTable((tell("head_what"), tell("head_who"), tell("head_when")), rows, (2.4, 1.4, 1.1))


def _begins(measure: Measure) -> tuple[date, str]:
    return measure.due_on or measure.starts_on or date.max, measure.id


def _rows(setting: PaperSetting, measure: Measure) -> Iterator[tuple[Both, ...]]:
    """Yield a measure, with whom it is done; below it its small steps."""
    agency = setting.agency(measure.agency)
    yield (setting.told(measure), agency, _until(setting, measure.due_on, done=None))
    for step in measure.steps:
        yield (setting.told(step), owner(setting, step), _until(setting, step.due_on, done=step.done_on))


def _until(setting: PaperSetting, due: date | None, *, done: date | None) -> Both:
    tell = setting.words.tell
    if done:
        return tell("done_on", day=dates.full(done))
    return tell("until", day=dates.full(due)) if due else tell("no_day")


def _end(setting: PaperSetting, said: Mapping[str, Any]) -> Iterator[SheetBlock]:
    """Yield when it is looked at again, and the lines to sign on; who interpreted signs too."""
    tell = setting.words.tell
    yield looked_at_again(setting, said)
    interpreted = said.get("interpreter") in _INTERPRETED or _any_interpreter(setting.file.goals)
    if interpreted:
        yield SheetParagraph(tell("interpreted"))
    signed = answered(setting.file, Phase.GOAL_AGREEMENT, "signatures")
    if day := day_of(signed, "signed_on"):
        yield SheetParagraph(tell("signed_on", day=dates.full(day)))
    yield SheetParagraph(tell("copy"), quiet=True)
    yield SheetParagraph(tell("agree"))
    keys = ("sign_client", "sign_case_manager", *(["sign_interpreter"] if interpreted else []))
    yield signatures(setting.words, *keys)


def _any_interpreter(goals: Iterable[Goal]) -> bool:
    return any(one.interpreter for one in goals)
