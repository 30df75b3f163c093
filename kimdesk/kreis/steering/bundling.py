"""What a person does with findings at the Kreis: bundles them, words them, moves them, answers the desks.

Nothing is bundled by itself. Who saves what somebody else has changed meanwhile is refused (E792), with
nothing lost; putting findings in and out needs no such care, because it takes nothing from anybody.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, delete, insert, update

from kimdesk.casework.desk import Desk
from kimdesk.casework.events import REGISTRY
from kimdesk.domain import dates
from kimdesk.domain.characters import tidy
from kimdesk.domain.errors import ContentError
from kimdesk.domain.identity import new_id
from kimdesk.kreis.registry import open_registry
from kimdesk.kreis.rows import RegistryWork, WrittenBeside, upsert, working
from kimdesk.kreis.steering import answers, clusters, places
from kimdesk.kreis.steering.answers import ToldFinding
from kimdesk.kreis.steering.tables import adoption, cluster, cluster_step
from kimdesk.kreis.steering.values import (
    BUNDLED,
    NOTED,
    SUMMARY,
    TITLE,
    ClusterDealing,
    ClusterWording,
    FindingCluster,
)
from kimdesk.store.columns import moment_text
from kimdesk.sync.sealing.manifest import ANSWER

_TELLS: Final = frozenset({"state", "group_name", "meets_on", "decision", "answer"})
"""What desks are told: whoever changes it has to release it anew."""
_TOLD: Final = {
    **dict.fromkeys(("bundled", "joined", "left", "dissolved"), "findings_bundled"),
    **dict.fromkeys(("worded", "dealt", "moved", "adopted"), "findings_moved"),
    "released": "finding_answered",
}
"""What the audit trail calls the steps of a bundle."""


class _Bundling(NamedTuple):
    """A transaction in which bundles change."""

    desk: Desk
    work: RegistryWork
    moment: datetime

    @property
    def connection(self) -> Connection:
        return self.work.connection

    def read(self, cluster_id: str) -> FindingCluster:
        return clusters.read_one(self.connection, self.desk.catalogue.rules.findings, cluster_id)

    def note(self, cluster_id: str, step: str, state: str) -> None:
        """Keep who did what; the audit trail tells of it too."""
        row = {"cluster_id": cluster_id, "step": step, "state": state, "by": self.desk.actor}
        self.connection.execute(insert(cluster_step).values(**row, at=moment_text(self.moment)))
        self.work.tell(_TOLD[step], cluster_id)

    def change(self, cluster_id: str, rev: int, step: str, values: dict[str, Any]) -> FindingCluster:
        """Change a bundle as it stood at ``rev``. Raises ContentError E791, E792."""
        before = self.read(cluster_id)
        if _TELLS & set(values):
            values["released_at"] = ""
        own = {"rev": rev + 1, "at": moment_text(self.moment), "by": self.desk.actor}
        wanted = update(cluster).where(cluster.c.id == cluster_id, cluster.c.rev == rev)
        if not self.connection.execute(wanted.values(**values, **own)).rowcount:
            raise ContentError("E792", time=before.changed_at.astimezone().strftime("%H:%M"))
        self.note(cluster_id, step, values.get("state", before.state))
        return self.read(cluster_id)


@contextmanager
def _bundling(desk: Desk, now: datetime | None) -> Iterator[_Bundling]:
    with working(open_registry(desk), WrittenBeside.ANYBODY) as work:
        yield _Bundling(desk, work, now or dates.now())
    desk.announce(REGISTRY)


def begin(
    desk: Desk, finding_ids: Sequence[str], wording: ClusterWording, *, now: datetime | None = None
) -> FindingCluster:
    """Make a bundle of findings that are in none.

    Raises ContentError E747 when one is not here, E790 when one is in a bundle meanwhile, E794 for a title or
    summary that is missing or too long, E708 for a text that cannot be written.
    """
    with _bundling(desk, now) as at:
        return _begun(at, finding_ids, wording)


def _begun(at: _Bundling, finding_ids: Sequence[str], wording: ClusterWording) -> FindingCluster:
    cluster_id, moment = new_id(), moment_text(at.moment)
    row = {
        "id": cluster_id, "rev": 1, **_worded(wording), "state": BUNDLED, "since": _day(at.moment),
        **_dealt(ClusterDealing()), "released_at": "", "at": moment, "by": at.desk.actor,
    }  # fmt: skip
    at.connection.execute(insert(cluster).values(row))
    places.put_in(at.connection, cluster_id, finding_ids, at.moment)
    at.note(cluster_id, "bundled", BUNDLED)
    return at.read(cluster_id)


def join(
    desk: Desk, cluster_id: str, finding_ids: Sequence[str], *, now: datetime | None = None
) -> FindingCluster:
    """Put findings into a bundle; what its desks have been told, theirs are told too.

    Raises ContentError E747, E790 and E791 as ``begin`` and ``save``.
    """
    with _bundling(desk, now) as at:
        before = at.read(cluster_id)
        places.put_in(at.connection, cluster_id, finding_ids, at.moment)
        if before.released:
            _tell(at, before, finding_ids)
        at.note(cluster_id, "joined", before.state)
        return at.read(cluster_id)


def leave(desk: Desk, finding_id: str, *, now: datetime | None = None) -> None:
    """Take a finding out of its bundle; it stands alone again, and its desk learns that if it was told more.

    Raises ContentError E747 when it is not here.
    """
    with _bundling(desk, now) as at:
        if found := places.bundle_of(at.connection, finding_id):
            places.take_out(at.connection, [finding_id])
            answers.take_back(at.connection, [finding_id], at.moment, desk.actor)
            at.note(found, "left", at.read(found).state)


def dissolve(desk: Desk, cluster_id: str, rev: int, *, now: datetime | None = None) -> None:
    """Take all findings out of a bundle and let it go; its history stays.

    Raises ContentError E791, E792 as ``save``.
    """
    with _bundling(desk, now) as at:
        at.change(cluster_id, rev, "dissolved", {})
        inside = places.members(at.connection, cluster_id)
        places.take_out(at.connection, inside)
        answers.take_back(at.connection, inside, at.moment, desk.actor)
        for table, column in ((cluster, cluster.c.id), (adoption, adoption.c.cluster_id)):
            at.connection.execute(delete(table).where(column == cluster_id))


def leave_apart(desk: Desk, one: str, other: str, *, now: datetime | None = None) -> None:
    """Note that a finding is not the same as another one, or as any in a bundle: never proposed again."""
    with _bundling(desk, now) as at:
        others = (other, *places.members(at.connection, other))
        places.keep_apart(at.connection, one, others, at.moment, desk.actor)


def word(
    desk: Desk, cluster_id: str, rev: int, wording: ClusterWording, *, now: datetime | None = None
) -> FindingCluster:
    """Say a bundle otherwise.

    Raises ContentError E791 when it is gone, E792 when it was changed since ``rev``, E794, E708 as ``begin``.
    """
    with _bundling(desk, now) as at:
        return at.change(cluster_id, rev, "worded", _worded(wording))


def deal(
    desk: Desk, cluster_id: str, rev: int, dealing: ClusterDealing, *, now: datetime | None = None
) -> FindingCluster:
    """Say who deals with a bundle, when, what was decided, what the desks are told. Raises as ``word``."""
    with _bundling(desk, now) as at:
        return at.change(cluster_id, rev, "dealt", _dealt(dealing))


def move(desk: Desk, cluster_id: str, rev: int, state: str, *, now: datetime | None = None) -> FindingCluster:
    """Bring a bundle to another state. Raises as ``word``, and ContentError E793 where no way leads there."""
    with _bundling(desk, now) as at:
        if not desk.catalogue.rules.findings.allows(at.read(cluster_id).state, state):
            raise ContentError("E793")
        return at.change(cluster_id, rev, "moved", {"state": state, "since": _day(at.moment)})


def release(desk: Desk, cluster_id: str, rev: int, *, now: datetime | None = None) -> FindingCluster:
    """Let the desks that reported it be told state, decision and answer with their next receipts.

    Raises as ``word``, and ContentError E795 when no finding is in the bundle.
    """
    with _bundling(desk, now) as at:
        return _released(at, cluster_id, rev)


def _released(at: _Bundling, cluster_id: str, rev: int) -> FindingCluster:
    inside = places.members(at.connection, cluster_id)
    if not inside:
        raise ContentError("E795")
    found = at.change(cluster_id, rev, "released", {"released_at": moment_text(at.moment)})
    _tell(at, found, inside)
    return at.read(cluster_id)


def adopt(desk: Desk, cluster_id: str, ags: Sequence[str], *, now: datetime | None = None) -> FindingCluster:
    """Note which municipalities take a good practice over: these, and no others. Raises ContentError E791."""
    with _bundling(desk, now) as at:
        before = at.read(cluster_id)
        at.connection.execute(delete(adoption).where(adoption.c.cluster_id == cluster_id))
        for each in sorted(set(ags)):
            row = {"cluster_id": cluster_id, "ags": each, "at": moment_text(at.moment), "by": desk.actor}
            at.connection.execute(upsert(at.connection, adoption).values(row).on_conflict_do_nothing())
        at.note(cluster_id, "adopted", before.state)
        return at.read(cluster_id)


def answer_alone(
    desk: Desk,
    finding_id: str,
    wording: ClusterWording,
    state: str,
    text: str,
    *,
    now: datetime | None = None,
) -> None:
    """Answer one finding that is in no bundle with others: it becomes a bundle of its own.

    Raises ContentError E747 when it is not here, E796 when it is in a bundle with others, E793 where no way
    leads to ``state``.
    """
    with _bundling(desk, now) as at:
        known = places.bundle_of(at.connection, finding_id)
        if not known and state == NOTED:
            answers.tell(
                at.connection, [finding_id], ToldFinding(state=state, text=text), at.moment, desk.actor
            )
            at.work.tell(_TOLD["released"], finding_id)
            return
        if known and len(places.members(at.connection, known)) > 1:
            raise ContentError("E796")
        found = at.read(known) if known else _begun(at, [finding_id], wording)
        values = _dealt(replace(found.dealing, answer=text))
        if state != found.state:
            if not desk.catalogue.rules.findings.allows(found.state, state):
                raise ContentError("E793")
            values |= {"state": state, "since": _day(at.moment)}
        changed = at.change(found.id, found.rev, "moved" if state != found.state else "dealt", values)
        _released(at, changed.id, changed.rev)


def _tell(at: _Bundling, found: FindingCluster, finding_ids: Sequence[str]) -> None:
    dealing = found.dealing
    told = ToldFinding(
        state=found.state, text=dealing.answer, decision=dealing.decision, group=dealing.group,
        meets_on=dealing.meets_on,
    )  # fmt: skip
    answers.tell(at.connection, finding_ids, told, at.moment, at.desk.actor)


def _worded(wording: ClusterWording) -> dict[str, str]:
    title, summary = tidy(wording.title).strip(), tidy(wording.summary).strip()
    if not title or len(title) > TITLE or len(summary) > SUMMARY:
        raise ContentError("E794", title=TITLE, most=SUMMARY)
    return {
        "title": title,
        "summary": summary,
        "kind": wording.kind,
        "life_domain": wording.life_domain,
        "agencies": tidy(wording.agencies).strip(),
        "services": " ".join(wording.services),
        "regimes": " ".join(wording.regimes),
        "chain_steps": " ".join(wording.chain_steps),
    }


def _dealt(dealing: ClusterDealing) -> dict[str, str]:
    said = {name: tidy(getattr(dealing, name)).strip() for name in ("group", "decision", "answer")}
    if len(said["group"]) > TITLE or max(map(len, said.values())) > ANSWER:
        raise ContentError("E748", most=ANSWER)
    return {
        "group_name": said["group"],
        "meets_on": dealing.meets_on.isoformat() if dealing.meets_on else "",
        "decision": said["decision"],
        "answer": said["answer"],
    }


def _day(moment: datetime) -> str:
    return moment.astimezone().date().isoformat()
