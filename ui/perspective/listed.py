"""The lanes as a list: everything the picture says, in the same order. Plain values, no widgets."""

from collections.abc import Sequence

from ui.kit.task_row import TaskGroup, TaskRow
from ui.perspective.lanes import LaneGroup, LaneView


def rows(groups: Sequence[LaneGroup]) -> list[tuple[TaskGroup | None, list[TaskRow]]]:
    """Return per group its lanes, each with light, days and what is later in words."""
    return [
        (
            TaskGroup("users-three" if group.several else "user", "text-2", group.name, len(group.lanes)),
            [_row(lane) for lane in group.lanes],
        )
        for group in groups
    ]


def _row(lane: LaneView) -> TaskRow:
    sign = lane.sign
    words = f"{sign.word} · {lane.bar.words}" if lane.bar.words else sign.word
    return TaskRow(
        icon=sign.icon,
        tone=sign.tone,
        title=lane.title,
        text=lane.paragraph,
        reason=words,
        date=lane.end,
        date_note=lane.end_note,
        key=lane.key,
    )
