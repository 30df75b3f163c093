"""Two desks and a Kreis over sticks that get lost, doubled, mixed up; desks that are copied or restored.

The desks are small models; what decides and stores is the real Kreis: ledger, takeover, receipts.
"""

import copy
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, cast

import msgspec
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import UNSET
from sqlalchemy import Engine, StaticPool, create_engine, insert, select

from kimdesk.domain.kinds import kind_of
from kimdesk.domain.records import Goal
from kimdesk.kreis.enrolled.keyring import KeyRing
from kimdesk.kreis.enrolled.roster import Sender
from kimdesk.kreis.registry import RECORDS, conflict, desk_table, erased, ledger, metadata
from kimdesk.kreis.taking import caged, histories
from kimdesk.kreis.taking.answering import ImportOutcome, Result
from kimdesk.kreis.taking.doubts import DOUBTFUL
from kimdesk.kreis.taking.inbox import Bundle, Importing
from kimdesk.kreis.taking.said import Said
from kimdesk.sync.receipts import moved_by
from kimdesk.sync.sealing.container import Header
from kimdesk.sync.sealing.envelope import OpenedEnvelope, verify_and_open
from kimdesk.sync.sealing.frames import END, MANIFEST, frame, padded
from kimdesk.sync.sealing.keys import DeviceIdentity
from kimdesk.sync.sealing.manifest import BundleManifest, ReceiptBody, SectionKind, decode_receipt
from kimdesk.sync.sealing.sections import BundleSection, write_section
from kimdesk.sync.trust.device import ExchangeState
from tests.sync.exchange import AGS, NOW

GOALS = RECORDS[kind_of(Goal)]


@cache
def keys(name: str) -> DeviceIdentity:
    return DeviceIdentity.create("kreis" if name == "kreis" else "desk")


@dataclass
class Stick:
    """A bundle on a stick: what an opened envelope shows of it."""

    manifest: BundleManifest
    lines: list[bytes]
    erasures: list[bytes]
    state: dict[str, tuple[int, str]]
    seal: int = field(default_factory=count().__next__)  # no two envelopes are the same

    @property
    def sha384(self) -> bytes:
        said = (self.seal, self.manifest, self.lines, self.erasures)
        return hashlib.sha384(msgspec.json.encode(said)).digest()

    @property
    def header(self) -> Header:
        return Header("bundle", 1, "0" * 32, "", "", 0, 0)

    def said(self) -> Iterator[Said]:
        """Yield what the cage says of it, read here because a helper for each would take too long."""
        plain = [frame(MANIFEST, b"{}")]
        sections = (("records", self.lines), ("erase", self.erasures))
        infos = [
            write_section(BundleSection(name, SectionKind.RECORDS, lines), plain.append)
            for name, lines in sections
        ]
        content = b"".join([*plain, frame(END)])
        content += bytes(padded(len(content)) - len(content))
        return caged.read(iter([content]), len(content), msgspec.to_builtins(infos))


@dataclass
class Desk:
    """A desk as far as the exchange sees it: records, change numbers, bundles written, receipts taken."""

    name: str
    records: dict[str, tuple[int, str]] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    changes: dict[str, int] = field(default_factory=dict)
    head: int = 0
    state: ExchangeState = field(default_factory=ExchangeState)
    digests: list[str] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def write(self, number: int, text: str) -> None:
        record_id = f"{self.name}-{number}"
        rev, _ = self.records.get(record_id, (0, ""))
        if record_id not in self.removed:
            self.records[record_id] = (rev + 1, text)
            self._change(record_id)

    def remove(self, number: int) -> None:
        record_id = f"{self.name}-{number}"
        if self.records.pop(record_id, None):
            self.removed.add(record_id)
            self._change(record_id)

    def _change(self, record_id: str) -> None:
        self.head += 1
        self.changes[record_id] = self.head

    def export(self) -> Stick:
        newer = [each for each, change in self.changes.items() if change > self.state.received]
        manifest = BundleManifest(
            device=keys(self.name).public.key_id,
            epoch=self.state.epoch,
            seq=len(self.digests) + 1,
            prev=self.digests[-1] if self.digests else "",
            earlier=tuple(self.digests[max(self.state.receipt, 1) - 1 : -1][::-1]) or UNSET,
            from_change=self.state.received + 1,
            to_change=self.head,
            last_receipt=self.state.receipt,
            created="2026-11-24T09:00:00Z",
            cases=1,
        )
        lines = [self._line(each) for each in newer if each in self.records]
        gone = [{"kind": "goal", "id": each, "reason": "deleted"} for each in newer if each in self.removed]
        stick = Stick(manifest, lines, [msgspec.json.encode(each) for each in gone], dict(self.records))
        self.digests.append(stick.sha384.hex())
        self.ends.append(self.head)
        return stick

    def _line(self, record_id: str) -> bytes:
        rev, text = self.records[record_id]
        row = {"id": record_id, "rev": rev, "text": text}
        return msgspec.json.encode({"kind": "goal", "level": "identified", "scope": 1, "row": row})

    def take(self, body: ReceiptBody) -> None:
        mine = self.digests[body.seq - 1 : body.seq] == [body.bundle] and body.epoch == self.state.epoch
        if mine:
            self.state = moved_by(self.state, body, self.ends[body.seq - 1])

    def start_epoch(self) -> None:
        self.state = ExchangeState(epoch=self.state.epoch + 1)
        self.digests, self.ends = [], []


class Kreis:
    """The real Kreis on a database in memory."""

    def __init__(self) -> None:
        self.engine: Engine = create_engine("sqlite://", poolclass=StaticPool)
        metadata.create_all(self.engine)
        ring = KeyRing(exchange=keys("kreis"), catalogue=keys("kreis").signing, made={}, statement=b"")
        self.importing = Importing(cast("Any", None), ring, Path(), NOW)
        self.senders = {name: self._enrol(name) for name in ("north", "south")}

    def _enrol(self, name: str) -> Sender:
        public = keys(name).public
        row = {
            "id": public.key_id, "signing_key": public.signing.key_id, "name": name, "municipalities": AGS,
            "identity": "", "certificate": b"", "enrolled_at": "", "not_after": "2030-01-01", "heard_at": "",
            "epoch": 1, "last_seq": 0, "applied_change": 0, "last_receipt": 0, "revoked_from": None,
        }  # fmt: skip
        with self.engine.begin() as connection:
            connection.execute(insert(desk_table).values(row))
        day = datetime(2030, 1, 1, tzinfo=UTC).date()
        return Sender(public.key_id, name, frozenset({AGS}), day, None, public)

    def read_in(self, name: str, stick: Stick) -> ImportOutcome:
        envelope = cast("OpenedEnvelope", stick)
        bundle = Bundle(
            self.importing, self.senders[name], stick.manifest, envelope, read=lambda _: stick.said()
        )
        with self.engine.begin() as connection:
            return bundle.settle(connection)

    def choices(self, name: str) -> list[str]:
        """Return the digests a person may choose between."""
        with self.engine.begin() as connection:
            found = histories.read_disputes(connection)
        own = self.senders[name].id
        return [each.digest for dispute in found if dispute.desk_id == own for each in dispute.histories]

    def choose(self, name: str, digest: str) -> None:
        with self.engine.begin() as connection:
            histories.write_choice(connection, self.senders[name].id, digest, NOW)

    def chosen(self, name: str) -> set[str]:
        """Return the bundles that are known to count, here or not."""
        with self.engine.begin() as connection:
            own = select(ledger.c.digest).where(ledger.c.desk_id == self.senders[name].id)
            return set(connection.execute(own).scalars())

    def epoch(self, name: str) -> int:
        """Return the epoch that counts."""
        with self.engine.begin() as connection:
            own = select(desk_table.c.epoch).where(desk_table.c.id == self.senders[name].id)
            return int(connection.execute(own).scalar_one())

    def rows(self, name: str) -> dict[str, tuple[int, int, str]]:
        with self.engine.begin() as connection:
            own = select(GOALS).where(GOALS.c.desk_id == self.senders[name].id)
            return {row.id: (row.epoch, row.rev, row.text) for row in connection.execute(own)}

    def set_aside(self) -> set[str]:
        """Return all texts that wait for a person's decision."""
        with self.engine.begin() as connection:
            return {
                msgspec.json.decode(row[0])["text"] for row in connection.execute(select(conflict.c.other))
            }

    def erased(self) -> set[str]:
        with self.engine.begin() as connection:
            return {row[0] for row in connection.execute(select(erased.c.id))}


def opened(receipt: bytes, name: str) -> ReceiptBody:
    with verify_and_open(
        io.BytesIO(receipt), recipient=keys(name), senders=lambda _: keys("kreis").public, kind="receipt"
    ) as found:
        return decode_receipt(found.manifest)


@dataclass(frozen=True)
class Step:
    """One thing that happens; ``pick`` chooses among sticks or receipts that lie around."""

    what: str
    name: str = "north"
    on_copy: bool = False
    pick: int = 0


NORTH = [
    Step(what, on_copy=on_copy)
    for what in ("write", "carry", "carry", "carry_home", "carry_home", "lose")
    for on_copy in (False, True)
]
SOUTH = [Step(what, "south") for what in ("write", "carry_home", "lose", "restore")]
DECIDED = [Step("choose", pick=n) for n in (0, -1)] + [Step("choose", "south", pick=-1)]
LYING_AROUND = [Step(what, pick=n) for what in ("read_in", "take") for n in (-1, -2, -3, 0, 1)]
RARE = [
    Step("write", pick=1),
    Step("take", on_copy=True, pick=-1),
    Step("remove"),
    Step("back_up"),
    Step("restore"),
]
STEPS = st.lists(st.sampled_from([*NORTH, *SOUTH, *DECIDED, *LYING_AROUND, *RARE]), min_size=8, max_size=25)


class World:
    """Two desks, perhaps a copy of one of them, the Kreis, and all the sticks and receipts lying around."""

    def __init__(self, *, copied: bool) -> None:
        self.kreis = Kreis()
        self.desks = {name: Desk(name) for name in ("north", "south")}
        self.backups = copy.deepcopy(self.desks)
        self.copies: dict[str, Desk] = {}
        self.sticks: list[tuple[str, Stick]] = []
        self.receipts: list[tuple[str, ReceiptBody]] = []
        self.acknowledged: dict[str, set[str]] = {"north": set(), "south": set()}
        self.undone: dict[str, set[str]] = {"north": set(), "south": set()}
        self.applied: dict[tuple[str, int, int], bytes] = {}
        self.texts = 0
        self.restored: set[str] = set()
        if copied:
            self.do(Step("write"))
            self.do(Step("carry_home"))
            self.copies["north"] = copy.deepcopy(self.desks["north"])
            self.restored.add("north")

    def do(self, step: Step) -> None:
        """Let ``step`` happen, if it can, and see that nothing is lost."""
        desk = self.copies.get(step.name, self.desks[step.name]) if step.on_copy else self.desks[step.name]
        getattr(self, f"_{step.what}")(step, desk)
        self.nothing_acknowledged_is_lost()
        self.what_counts_as_sent_has_arrived()
        self.both_desks_are_apart()

    def _write(self, step: Step, desk: Desk) -> None:
        self.texts += 1
        desk.write(step.pick, f"text {self.texts}")

    def _remove(self, step: Step, desk: Desk) -> None:
        if step.name not in self.copies:
            desk.remove(0)

    def _lose(self, step: Step, desk: Desk) -> None:
        """Two sticks are written; they lie around, or are never found again."""
        self.sticks += [(step.name, desk.export()) for _ in range(2)]

    def _carry(self, step: Step, desk: Desk) -> ReceiptBody:
        self.sticks.append((step.name, desk.export()))
        return self._arrive(*self.sticks[-1])

    def _carry_home(self, step: Step, desk: Desk) -> None:
        desk.take(self._carry(step, desk))

    def _read_in(self, step: Step, _: Desk) -> None:
        """Any stick, any order, any number of times."""
        if self.sticks:
            self._arrive(*self.sticks[step.pick % len(self.sticks)])

    def _take(self, step: Step, _: Desk) -> None:
        if self.receipts:
            name, body = self.receipts[step.pick % len(self.receipts)]
            at = self.copies.get(name, self.desks[name]) if step.on_copy else self.desks[name]
            at.take(body)

    def _choose(self, step: Step, _: Desk) -> None:
        """A person at the Kreis decides which history counts, if there is something to decide."""
        if found := self.kreis.choices(step.name):
            self._decide(step.name, found[step.pick])

    def _decide(self, name: str, digest: str) -> None:
        """What only a history decided against has said no longer counts; its laptop still has it.

        A history that begins a higher epoch says everything anew: of the epochs before nothing counts.
        """
        before = self.kreis.epoch(name)
        self.kreis.choose(name, digest)
        counting, epoch = self.kreis.chosen(name), self.kreis.epoch(name)
        for sender, stick in self.sticks:
            ended = epoch > before and stick.manifest.epoch < epoch
            if sender == name and (ended or stick.sha384.hex() not in counting):
                self.undone[name] |= {msgspec.json.decode(line)["row"]["text"] for line in stick.lines}
                self.applied.pop((name, stick.manifest.epoch, stick.manifest.seq), None)
        for sender, stick in list(self.sticks):
            if sender == name and stick.sha384.hex() in counting:
                self._arrive(name, stick)

    def _back_up(self, step: Step, desk: Desk) -> None:
        self.backups[step.name] = copy.deepcopy(desk)

    def _restore(self, step: Step, desk: Desk) -> None:
        """A backup is put back; the desk knows and starts a new epoch, higher than any before."""
        highest = max(desk.state.epoch, self.backups[step.name].state.epoch)
        restored = copy.deepcopy(self.backups[step.name])
        restored.state = ExchangeState(epoch=highest)
        restored.start_epoch()
        self.desks[step.name] = restored
        self.restored.add(step.name)
        self.copies.pop(step.name, None)

    def _arrive(self, name: str, stick: Stick) -> ReceiptBody:
        disputed = self.kreis.choices(name)
        outcome = self.kreis.read_in(name, stick)
        assert not (disputed and outcome.result is Result.APPLIED), "nothing counts until a person decides"
        body = opened(outcome.receipt, name)
        self.receipts.append((name, body))
        if outcome.result is Result.APPLIED:
            self.acknowledged[name] |= {msgspec.json.decode(line)["row"]["text"] for line in stick.lines}
            place = (name, stick.manifest.epoch, stick.manifest.seq)
            assert self.applied.setdefault(place, stick.sha384) == stick.sha384, "one number, one bundle"
        return body

    def nothing_acknowledged_is_lost(self) -> None:
        """Every text the Kreis took is there, was replaced by a newer one, set aside, or erased."""
        aside, gone = self.kreis.set_aside(), self.kreis.erased()
        for name, texts in self.acknowledged.items():
            rows = self.kreis.rows(name)
            standing = {text for _, _, text in rows.values()} | aside
            for text in texts - standing - self.undone[name]:
                assert self._replaced(name, text, rows, gone), text

    def _replaced(self, name: str, text: str, rows: dict[str, tuple[int, int, str]], gone: set[str]) -> bool:
        """Return whether something newer of the same desk replaced ``text``, or its record was erased.

        What replaced it may be in doubt by now: then the history that counts says it again before that goes.
        """
        for sender, stick in self.sticks:
            for line in stick.lines:
                row = msgspec.json.decode(line)["row"]
                if sender == name and row["text"] == text:
                    held = rows.get(row["id"])
                    newer = held and (held[0] == DOUBTFUL or held[:2] > (stick.manifest.epoch, row["rev"]))
                    if newer or row["id"] in gone:
                        return True
        return False

    def what_counts_as_sent_has_arrived(self) -> None:
        for desk in (*self.desks.values(), *self.copies.values()):
            for record_id, (_, text) in desk.records.items():
                if desk.changes[record_id] <= desk.state.received:
                    assert text in self.acknowledged[desk.name]

    def both_desks_are_apart(self) -> None:
        for name in self.desks:
            assert all(record_id.startswith(name) for record_id in self.kreis.rows(name))

    def all_agree_in_the_end(self) -> None:
        """However it went: once a stick gets through, desk and registry say the same."""
        for name, desk in self.desks.items():
            self._settle(name, desk)
            rows = {each: (rev, text) for each, (_, rev, text) in self.kreis.rows(name).items()}
            for record_id, value in desk.records.items():
                assert rows.pop(record_id) == value
            assert name in self.restored or not rows

    def _settle(self, name: str, desk: Desk) -> None:
        """Carry sticks and receipts until one is applied; a person decides for this desk where need be."""
        for _ in range(6):
            self.sticks.append((name, desk.export()))
            body = self._arrive(*self.sticks[-1])
            if body.result == "quarantined":
                self._decide(name, body.bundle)
                body = self.receipts[-1][1]
            if body.result == "refused":
                desk.start_epoch()
            for _, each in list(self.receipts):
                desk.take(each)
            if body.result == "applied":
                return
        raise AssertionError("never applied")


COPY_OVERTAKES = [Step("write"), Step("carry"), Step("write", on_copy=True), Step("lose", on_copy=True),
                  Step("carry", on_copy=True)]  # fmt: skip
COPY_IS_SET_ASIDE = [
    Step("write"),
    Step("carry_home"),
    Step("write", on_copy=True),
    Step("carry_home", on_copy=True),
]
COPY_PASSES_FOR_A_LOST_STICK = [
    Step("write", on_copy=True),
    Step("lose"),
    Step("write", pick=1),
    Step("carry_home"),
    Step("carry_home", on_copy=True),
]

COPY_IS_HIDDEN_BY_LOST_STICKS = [
    Step("write"),
    Step("lose"),
    Step("write", on_copy=True),
    Step("carry_home", on_copy=True),
    Step("lose"),
    Step("write"),
    Step("carry_home"),
]
COPY_KNOWS_MORE = [Step("write", on_copy=True), Step("carry", on_copy=True), Step("lose")]

EPOCH_KNOWS_LESS = [
    Step("write"), Step("carry"), Step("carry", on_copy=True), Step("restore"), Step("carry"),
    Step("choose", pick=-1),
]  # fmt: skip


@given(STEPS, st.booleans())
@example(EPOCH_KNOWS_LESS, True)
@example(COPY_KNOWS_MORE, True)
@example(COPY_IS_HIDDEN_BY_LOST_STICKS, True)
@example(COPY_OVERTAKES, True)
@example(COPY_IS_SET_ASIDE, True)
@example(COPY_PASSES_FOR_A_LOST_STICK, True)
@settings(max_examples=100, deadline=None)
def test_whatever_happens_nothing_acknowledged_is_lost(steps: list[Step], copied: bool) -> None:
    world = World(copied=copied)
    for step in steps:
        world.do(step)
    world.all_agree_in_the_end()
