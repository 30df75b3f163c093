"""A desk and its Kreis over sticks and receipts that get lost, doubled, late or mixed up: all of it real.

What the machine knows better than the program is one thing only: what the registry has to hold of the desk
on a day is what a desk would hand over that had never handed over anything.
"""

import hashlib
import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)
from sqlalchemy import select

from kimdesk import sync
from kimdesk.domain.records import Consent, Goal, Member, Person
from kimdesk.domain.terms import Role, SharingLevel
from kimdesk.kreis import Result
from kimdesk.kreis.registry import RECORDS, open_registry
from kimdesk.kreis.rows import transaction
from kimdesk.sync import device
from kimdesk.sync.export import begin
from tests.sync.exchange import KINDS, NOW, Exchange, Known, open_exchange

LEVELS = st.sampled_from(
    [SharingLevel.IDENTIFIED, SharingLevel.IDENTIFIED, SharingLevel.PSEUDONYMISED, SharingLevel.STATISTICS]
)
LINES = msgspec.json.Encoder(enc_hook=dict)
FEW = ("person", "goals")
MOST_CASES = 3


class ExchangeMachine(RuleBasedStateMachine):
    """What can happen between a desk and its Kreis; ``template`` is the folder of both."""

    template: ClassVar[Path]
    cases = Bundle("cases")
    sticks = Bundle("sticks")
    receipts = Bundle("receipts")

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp()) / "exchange"
        shutil.copytree(self.template, self.home)
        self.exchange: Exchange = open_exchange(self.home)
        self.now = NOW
        self.number = 0
        self.texts = 0

    def teardown(self) -> None:
        """See that both agree in the end, and put everything away."""
        try:
            self.all_agree_in_the_end()
        finally:
            self.exchange.close()
            shutil.rmtree(self.home.parent)

    # what people do at the desk

    @initialize(target=cases)
    def first(self) -> Known:
        return self._case(SharingLevel.IDENTIFIED)

    @precondition(lambda self: self.number < MOST_CASES)
    @rule(target=cases, level=LEVELS)
    def another(self, level: SharingLevel) -> Known:
        return self._case(level)

    def _case(self, level: SharingLevel) -> Known:
        self.number += 1
        return self.exchange.case(f"Name {self.number}", level)

    @rule(known=cases, other=cases, what=st.sampled_from(["write", "drop", "join"]))
    def work(self, known: Known, other: Known, what: str) -> None:
        """Most of what is done at a desk: it decides about nothing that leaves, so one rule is enough."""
        self.texts += 1
        goal = self._now(Goal, known.goal.id)
        if what == "join":
            self._join(known, other)
        elif goal and what == "drop":
            self.exchange.remove(goal)
        elif goal:
            self.exchange.change(goal, text=f"Ziel {self.texts}")

    @rule(known=cases)
    def withdraw(self, known: Known) -> None:
        self._consent(known, withdrawn_on=self.now.date())

    @rule(known=cases, level=LEVELS)
    def agree_again(self, known: Known, level: SharingLevel) -> None:
        self._consent(known, withdrawn_on=None, valid_until=None, level=level, kinds=KINDS)

    @rule(known=cases)
    def agree_to_less(self, known: Known) -> None:
        self._consent(known, kinds=FEW)

    @rule(known=cases, days=st.integers(0, 3))
    def limit(self, known: Known, days: int) -> None:
        self._consent(known, valid_until=self.now.date() + timedelta(days))

    @rule(known=cases)
    def protect(self, known: Known) -> None:
        person = self._now(Person, known.person.id)
        if person:
            self.exchange.change(person, protected=not person.protected)

    def _join(self, known: Known, other: Known) -> None:
        with self.exchange.desk.reading() as reader:
            inside = {each.person_id for each in reader.of_case(Member, known.case.id)}
        if other.person.id not in inside and self._now(Person, other.person.id):
            self.exchange.put(Member(case_id=known.case.id, person_id=other.person.id, role=Role.PARTNER))

    @rule(days=st.integers(1, 4))
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days)

    # what happens to sticks and receipts

    @rule(target=sticks)
    def export(self) -> Path:
        return self._written()

    def _written(self) -> Path:
        path = self.exchange.export(now=self.now).path
        kept = path.with_name(f"kept-{len(list(path.parent.iterdir()))}.kimb")
        return path.rename(kept)

    @rule(target=receipts, stick=sticks)
    def carry(self, stick: Path) -> Any:
        [result] = self.exchange.carry(stick, now=self.now)
        return multiple() if result.receipt is None else self._kept(result.receipt)

    @rule(receipt=receipts)
    def take(self, receipt: Path) -> None:
        sync.take_receipt(self.exchange.desk, receipt)

    @rule(stick=sticks)
    def bring_home(self, stick: Path) -> None:
        """A stick that lay around goes over late, and its receipt comes back."""
        [result] = self.exchange.carry(stick, now=self.now)
        if result.receipt is not None:
            self.take(self._kept(result.receipt))

    @rule()
    def round(self) -> None:
        """A stick goes over, its receipt comes back, as on most days."""
        self.take(self.carry_now())

    def carry_now(self) -> Path:
        [result] = self.exchange.carry(self._written(), now=self.now)
        assert result.receipt is not None
        assert result.result in (Result.APPLIED, Result.HELD), result
        return self._kept(result.receipt)

    def _kept(self, receipt: Path) -> Path:
        kept = receipt.with_name(f"kept-{len(list(receipt.parent.iterdir()))}.kimr")
        shutil.copy(receipt, kept)
        return kept

    # what must hold

    @invariant()
    def nothing_unsent_means_both_agree(self) -> None:
        if sync.status(self.exchange.desk, now=self.now).unsent == 0:
            self.both_agree()

    def all_agree_in_the_end(self) -> None:
        """Whatever happened, two sticks that get through are enough."""
        for _ in range(2):
            self.round()
        assert sync.status(self.exchange.desk, now=self.now).unsent == 0
        self.both_agree()

    def both_agree(self) -> None:
        held = self.held()
        wanted = self.wanted()
        assert held.keys() - wanted.keys() == set(), "without basis at the Kreis"
        assert wanted.keys() - held.keys() == set(), "missing at the Kreis"
        assert held == wanted

    def held(self) -> dict[str, str]:
        """Return the fingerprint of each row the registry holds, by kind and identity."""
        with transaction(open_registry(self.exchange.kreis)) as connection:
            return {
                f"{kind} {row.id}": row.digest
                for kind, table in RECORDS.items()
                for row in connection.execute(select(table.c.id, table.c.digest))
            }

    def wanted(self) -> dict[str, str]:
        """Return what has to be there, as a desk would send it that had never sent anything."""
        desk = self.exchange.desk
        municipalities = device.enrolled(desk, self.now.date()).certificate.municipalities
        sent: dict[str, str] = {}
        with suppress(_UndoneError), desk.writing() as writer:
            state = device.read_state(writer)
            device.save_state(writer, msgspec.structs.replace(state, received=0, looked=0))
            run = begin(desk, writer, municipalities, self.now)
            for batch in run.delta.batches():
                leaving = [(each, each.row()) for each in batch.outgoing if each.leaves]
                sent |= {
                    f"{each.kind} {row['id']}": digest_of(each.scope.level, row) for each, row in leaving
                }
            raise _UndoneError
        return sent

    def _consent(self, known: Known, **values: Any) -> None:
        if consent := self._now(Consent, known.agreed.id):
            self.exchange.put(replace(consent, **values))

    def _now(self, record_type: Any, record_id: str) -> Any:
        with self.exchange.desk.reading() as reader:
            return reader.get(record_type, record_id)


def digest_of(level: SharingLevel, row: dict[str, Any]) -> str:
    """Return the fingerprint the Kreis keeps of a row."""
    return hashlib.sha256(level.encode() + LINES.encode(row)).hexdigest()


class _UndoneError(Exception):
    """Takes a transaction back."""
