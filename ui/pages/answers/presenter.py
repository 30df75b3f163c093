"""What the board reads and does, in the background."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, TypeVar

from kimdesk.domain import dates
from kimdesk.kreis import findings
from kimdesk.kreis.steering import board, bundling
from kimdesk.kreis.steering.values import BUNDLED, NOTED, ClusterDealing, ClusterWording, FindingCluster
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.pages.answers.model import BoardModel, Narrowed

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kimdesk.kreis.findings import ReportedFinding
    from kimdesk.kreis.steering.alike import Proposal

    Owner = QWidget
else:
    Owner = object
T = TypeVar("T")


class BoardView(Protocol):
    """What the page can do."""

    def show_board(self, model: BoardModel) -> None:
        """Show the board."""

    def show_problem(self, told: Explanation) -> None:
        """Say what was refused."""

    def look_at(self, key: str) -> None:
        """Look at a card once it is there."""


class BoardPresenter:
    """Reads the board, then what sounds alike; writes one step after the other."""

    def __init__(self, context: Context, view: BoardView, owner: Owner) -> None:
        self._context, self._view, self._owner = context, view, owner
        self.model = BoardModel(context.catalogue, board.FindingsBoard(), dates.today())

    def refresh(self) -> None:
        """Read the board again; what sounds alike follows when it is worked out."""
        desk = self._context.desk
        self._context.work.read(self._owner, lambda: board.read(desk), self._got)

    def narrow(self, narrowed: Narrowed) -> None:
        """Show only a part of the board."""
        self.model = replace(self.model, narrowed=narrowed)
        self._view.show_board(self.model)

    def _got(self, found: board.FindingsBoard) -> None:
        desk = self._context.desk
        self.model = replace(self.model, board=found, today=dates.today(), catalogue=self._context.catalogue)
        self._view.show_board(self.model)
        self._context.work.read(self._owner, lambda: board.proposals(desk), self._heard)

    def _heard(self, found: "dict[str, tuple[Proposal, ...]]") -> None:
        if found != self.model.proposals:
            self.model = replace(self.model, proposals=found)
            self._view.show_board(self.model)

    def begin(self, finding_ids: Sequence[str], state: str = BUNDLED) -> None:
        """Make a bundle that is worded like the first of these findings, and bring it to ``state``."""
        first = self.model.single(finding_ids[0])
        if first is None:
            return
        desk, wording = self._context.desk, findings.wording_of(self._context.desk, first)

        def write() -> FindingCluster:
            made = bundling.begin(desk, finding_ids, wording)
            return made if state == BUNDLED else bundling.move(desk, made.id, made.rev, state)

        self.write(write, self._made)

    def _made(self, made: FindingCluster) -> None:
        self._view.look_at(made.id)
        self._context.toast(say("answers.bundled", n=made.reach.findings))
        self.refresh()

    def take(self, key: str, proposal: "Proposal") -> None:
        """Take what sounds like the card ``key`` together with it."""
        desk = self._context.desk
        bundle = next((each for each in (proposal.other, key) if self.model.cluster(each)), "")
        if not bundle:
            self.begin((key, proposal.finding))
            return
        finding = proposal.finding

        def joined(_: FindingCluster) -> None:
            self._view.look_at(bundle)
            self._told(say("answers.taken_in"))

        self.write(lambda: bundling.join(desk, bundle, [finding]), joined)

    def leave_apart(self, proposal: "Proposal") -> None:
        """Never propose these two again."""
        desk = self._context.desk
        one, other = proposal.finding, proposal.other
        said = say("answers.left_apart")
        self.write(lambda: bundling.leave_apart(desk, one, other), lambda _: self._told(said))

    def move(self, key: str, state: str) -> None:
        """Bring a card to another column; a single finding becomes a bundle of its own on the way."""
        desk, found = self._context.desk, self.model.cluster(key)
        if found is None:
            if state != NOTED:
                self.begin((key,), state)
            return
        if found.state == state:
            return
        if state == NOTED:
            self.dissolve(found)
            return
        label = self._context.catalogue.label("finding_state", state)
        said = say("answers.moved", state=label)
        self.write(lambda: bundling.move(desk, key, found.rev, state), lambda _: self._told(said))

    def word(self, found: FindingCluster, wording: ClusterWording, done: Callable[[], None],
             refused: Callable[[Explanation], None]) -> None:  # fmt: skip
        """Say a bundle otherwise."""
        desk = self._context.desk
        self.write(
            lambda: bundling.word(desk, found.id, found.rev, wording), lambda _: self._kept(done), refused
        )

    def deal(self, found: FindingCluster, dealing: ClusterDealing, state: str, done: Callable[[], None],
             refused: Callable[[Explanation], None]) -> None:  # fmt: skip
        """Note who deals with a bundle and what was decided; with a ``state`` bring it there too."""
        desk = self._context.desk

        def write() -> FindingCluster:
            made = bundling.deal(desk, found.id, found.rev, dealing)
            return bundling.move(desk, made.id, made.rev, state) if state else made

        self.write(write, lambda _: self._kept(done), refused)

    def release(self, found: FindingCluster, answer: str) -> None:
        """Let the desks be told with their next receipts."""
        desk, dealing = self._context.desk, replace(found.dealing, answer=answer)

        def write() -> FindingCluster:
            made = found
            if dealing != found.dealing:
                made = bundling.deal(desk, found.id, found.rev, dealing)
            return bundling.release(desk, found.id, made.rev)

        self.write(write, lambda made: self._told(say("answers.released", n=made.reach.desks)))

    def leave(self, finding_id: str, done: Callable[[], None]) -> None:
        """Take a finding out of its bundle."""
        desk = self._context.desk
        self.write(lambda: bundling.leave(desk, finding_id), lambda _: self._kept(done))

    def dissolve(self, found: FindingCluster) -> None:
        """Let a bundle go; its findings stand alone again."""
        desk, said = self._context.desk, say("answers.dissolved")
        self.write(lambda: bundling.dissolve(desk, found.id, found.rev), lambda _: self._told(said))

    def answered(self, found: "ReportedFinding") -> None:
        """Look at what a single finding has become that was answered."""
        self._view.look_at(found.cluster or found.id)
        self.refresh()

    def adopt(self, found: FindingCluster, ags: Sequence[str], done: Callable[[], None]) -> None:
        """Note who takes a good practice over."""
        desk = self._context.desk
        self.write(lambda: bundling.adopt(desk, found.id, ags), lambda _: self._kept(done))

    def write(self, fn: Callable[[], T], done: Callable[[T], object],
              refused: Callable[[Explanation], None] | None = None) -> None:  # fmt: skip
        """Do something in the background; what is refused is said, and the board is read again."""

        def failed(told: Explanation) -> None:
            (refused or self._view.show_problem)(told)
            self.refresh()

        self._context.work.write(self._owner, fn, done, failed)

    def _kept(self, done: Callable[[], None]) -> None:
        done()
        self.refresh()

    def _told(self, words: str) -> None:
        self._context.toast(words)
        self.refresh()
