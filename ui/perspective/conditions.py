"""The opened rule as it is shown: its days, and its conditions in the order in which they need somebody."""

from dataclasses import dataclass

from kimdesk.domain.screening.result import ConditionState
from ui.perspective.lanes import LaneKey, LightSign


@dataclass(frozen=True, slots=True)
class ConditionView:
    """One condition: what it asks, paragraph and proof, the word at the right; ``fact`` can be entered."""

    key: str
    title: str
    note: str
    word: str
    state: ConditionState
    fact: str = ""


@dataclass(frozen=True, slots=True)
class OpenedView:
    """One lane opened: under its title whom and by what law; ``days`` are captions with their days."""

    key: LaneKey
    title: str
    under: str
    sign: LightSign
    days: tuple[tuple[str, str], ...]
    conditions: tuple[ConditionView, ...]
    remark: str = ""

    @property
    def spoken(self) -> str:
        """Return the rule and its conditions as they are read aloud when it is opened."""
        said = [f"{one.title}: {one.word}" for one in self.conditions]
        return ", ".join((self.title, self.sign.word, *said))


ORDER = (
    ConditionState.AGAINST,
    ConditionState.MISSING,
    ConditionState.TITLE,
    ConditionState.STATUS,
    ConditionState.UNKNOWN,
    ConditionState.DISCRETION,
    ConditionState.TIME,
    ConditionState.MET,
    ConditionState.NOT_NEEDED,
    ConditionState.TALK,
)
"""The conditions as they need somebody: what lacks first, what is only talked about last."""
