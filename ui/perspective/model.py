"""Everything the tab shows, as plain values in German."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ui.perspective.achieved import AchievedView
from ui.perspective.conditions import OpenedView
from ui.perspective.lanes import LaneGroup, LaneKey
from ui.perspective.strip import StepView


@dataclass(frozen=True, slots=True)
class FirstEntry:
    """What has to be entered first, and the kind of record and the person it is entered for."""

    sentence: str
    button: str
    kind: str
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class PerspectiveView:
    """The tab: lanes in groups, each opened, the step of each; ``beginning`` while nothing can be said.

    ``checked`` says how many rules for how many people, ``left_out`` whom no rule fits, ``news`` what is
    otherwise since today, ``state`` the state of the law and its source.
    """

    groups: tuple[LaneGroup, ...] = ()
    opened: Mapping[LaneKey, OpenedView] = field(default_factory=dict)
    steps: Mapping[LaneKey, StepView] = field(default_factory=dict)
    achieved: tuple[AchievedView, ...] = ()
    beginning: FirstEntry | None = None
    checked: str = ""
    left_out: str = ""
    news: tuple[str, ...] = ()
    state: str = ""

    def first(self, wanted: LaneKey | None) -> LaneKey | None:
        """Return the lane to open: the wanted one while there is one, what is urgent, or what has a step."""
        lanes = [lane for group in self.groups for lane in group.lanes]
        keys = [lane.key for lane in lanes]
        if wanted in keys:
            return wanted
        near = [
            key for key in keys if wanted and key.rule == wanted.rule and {*key.people} & {*wanted.people}
        ]
        pressing = [lane.key for lane in lanes if lane.urgent]
        return next(iter([*near, *pressing, *(key for key in keys if key in self.steps), *keys]), None)
