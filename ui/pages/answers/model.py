"""What the board shows: a card for each finding or bundle, in the column of its state."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from kimdesk.kreis.findings import ReportedFinding
from kimdesk.kreis.steering.board import FindingsBoard
from kimdesk.kreis.steering.values import DISMISSED, GOOD_PRACTICE, NOTED, FindingCluster
from kimdesk.texts import say, steering
from kimdesk.texts.steering import CardStanding

if TYPE_CHECKING:
    from kimdesk.catalogue.catalogue import Catalogue
    from kimdesk.kreis.steering.alike import Proposal

BoardEntry = ReportedFinding | FindingCluster
"""What has a card: a finding in no bundle, or a bundle."""
COLUMNS: Final = ("noted", "bundled", "working_group", "steering_group", "decided", "implemented")
"""The states that have a column, from left to right."""
ICONS: Final = {
    "noted": "note-pencil",
    "bundled": "stack",
    "working_group": "users-three",
    "steering_group": "presentation-chart",
    "decided": "scales",
    "implemented": "check-circle",
    DISMISSED: "minus-circle",
}


@dataclass(frozen=True, slots=True)
class BoardCard:
    """One card. ``left`` and ``right`` stand below the title; ``spoken`` is all of it in one sentence."""

    key: str
    state: str
    title: str
    left: str
    right: str
    standing: CardStanding
    good: bool
    spoken: str


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the board is narrowed to: a life domain, a municipality (AGS), a kind; "" for all."""

    life_domain: str = ""
    ags: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class BoardModel:
    """Everything the page shows, as it was read on ``today``."""

    catalogue: "Catalogue"
    board: FindingsBoard
    today: date
    proposals: Mapping[str, "tuple[Proposal, ...]"] = field(default_factory=dict)
    narrowed: Narrowed = Narrowed()

    def entries(self) -> dict[str, list[BoardEntry]]:
        """Return by state what is shown, in the order of the board."""
        found: dict[str, list[BoardEntry]] = {state: [] for state in (*COLUMNS, DISMISSED)}
        wanted = self.narrowed
        for one in self.board.single:
            if self._fits(one.life_domain, one.kind) and wanted.ags in ("", one.ags):
                found[NOTED].append(one)
        for each in self.board.clusters:
            if self._fits(each.wording.life_domain, each.wording.kind) and self._from(each.id):
                found[each.state].append(each)
        return found

    def card(self, entry: BoardEntry) -> BoardCard:
        """Return the card of a finding or bundle."""
        return self._of_cluster(entry) if isinstance(entry, FindingCluster) else self._of_single(entry)

    def single(self, key: str) -> ReportedFinding | None:
        """Return the finding in no bundle with this identity, None when it is none."""
        return next((each for each in self.board.single if each.id == key), None)

    def cluster(self, key: str) -> FindingCluster | None:
        """Return the bundle with this identity, None when it is none."""
        return next((each for each in self.board.clusters if each.id == key), None)

    def alike(self, key: str) -> "tuple[Proposal, ...]":
        """Return what sounds like a card; of a single finding also the bundles that it sounds like."""
        mine = self.proposals.get(key, ())
        if self.cluster(key) is not None:
            return mine
        bundles = (self.proposals.get(each.id, ()) for each in self.board.clusters)
        return (*(one for found in bundles for one in found if one.finding == key), *mine)

    def municipalities(self) -> list[str]:
        """Return the AGS that findings come from."""
        every = [*self.board.single, *(one for found in self.board.inside.values() for one in found)]
        return sorted({each.ags for each in every if each.ags})

    def title_note(self) -> str:
        """Return what stands beside the title: how many there are, and how much of it is good practice."""
        if not self.board.count:
            return ""
        return say("answers.of_them_good", number=self.board.count, good=self.board.good_practice)

    def _of_single(self, one: ReportedFinding) -> BoardCard:
        rules = self.catalogue.rules.findings
        standing = steering.of_single(one, rules, len(self.alike(one.id)), self.today)
        kind = self.catalogue.label("finding_kind", one.kind)
        title = one.title or say("answers.without_title")
        spoken = say(
            "answers.spoken_single", title=title, kind=kind or "–", desk=one.desk, standing=standing.words
        )
        return BoardCard(one.id, NOTED, title, kind, one.desk, standing, one.kind == GOOD_PRACTICE, spoken)

    def _of_cluster(self, one: FindingCluster) -> BoardCard:
        wording, reach = one.wording, one.reach
        standing = steering.of_cluster(one, self.catalogue.rules.findings, self.today)
        band = steering.band(reach.municipalities) if reach.findings else "–"
        often = say("common.n_times", n=reach.times)
        state = self.catalogue.label("finding_state", one.state)
        spoken = say(
            "answers.spoken_cluster",
            title=wording.title, band=band, often=often, state=state, standing=standing.words,
        )  # fmt: skip
        left = say("answers.good_practice") if one.good_practice else band
        return BoardCard(one.id, one.state, wording.title, left, often, standing, one.good_practice, spoken)

    def _fits(self, life_domain: str, kind: str) -> bool:
        wanted = self.narrowed
        return wanted.life_domain in ("", life_domain) and wanted.kind in ("", kind)

    def _from(self, cluster_id: str) -> bool:
        wanted = self.narrowed.ags
        return not wanted or any(each.ags == wanted for each in self.board.inside.get(cluster_id, ()))
