"""One desk of the practice Kreis: a real vault, which hands real bundles over and is gone afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, TypeVar

from kimdesk import kreis, sync
from kimdesk.casework.desk import Desk
from kimdesk.domain.consent import KREIS
from kimdesk.domain.kinds import RECORD_TYPES
from kimdesk.domain.records import (
    Case,
    CaseFile,
    Consent,
    Finding,
    Goal,
    Measure,
    Member,
    Person,
    PhaseEntry,
    Record,
    Referral,
    RegimeChange,
    RegimeSpell,
    ResidenceSpell,
)
from kimdesk.domain.terms import SharingLevel
from kimdesk.practice.kreis.plan import DeskPlan
from kimdesk.practice.library import kreis as places
from kimdesk.sync import catalogue
from kimdesk.vault import Strength

R = TypeVar("R", bound=Record)
IDENTIFIED: Final = SharingLevel.IDENTIFIED
_TRAVELLING = (
    Case, Person, Member, Consent, PhaseEntry, Goal, Measure, Referral, RegimeSpell, RegimeChange,
    ResidenceSpell, Finding,
)  # fmt: skip
"""What may go to the Kreis, and what decides of it; nobody will ever open these vaults again."""
_KINDS = tuple(each for each in RECORD_TYPES if each in _TRAVELLING)


@dataclass(slots=True)
class PracticeDesk:
    """A desk at work; ``unwritten`` are the cases it has not opened yet, the first opened first."""

    plan: DeskPlan
    desk: Desk
    passphrase: str
    stick: Path
    unwritten: tuple[CaseFile, ...]
    written: tuple[CaseFile, ...] = ()

    def join(self, office: Desk, moment: datetime) -> None:
        """Let desk and Kreis come to know each other, on the day of ``moment``."""
        asked = self.stick / f"{self.desk.vault.header.vault_id}.kimq"
        fingerprint = sync.request(self.desk, asked)
        answer = kreis.enrol(office, asked.read_bytes(), fingerprint, now=moment)
        sync.accept(self.desk, answer.certificate, fingerprint=answer.kreis_fingerprint, today=moment.date())
        asked.unlink()

    def work_until(self, day: date) -> None:
        """Write down the cases that were opened up to ``day``."""
        begun = tuple(file for file in self.unwritten if file.case.opened_on <= day)
        self.unwritten = self.unwritten[len(begun) :]
        self.written += begun
        self.write(*(record for file in begun for kind in _KINDS for record in file.of(kind)))

    def write(self, *records: Record) -> None:
        """Write records down."""
        with self.desk.writing() as writer:
            for each in records:
                writer.put(each)

    def send(self, moment: datetime) -> Path:
        """Return the bundle that is handed over at ``moment``."""
        return sync.export(self.desk, self.stick, now=moment).path

    def take(self, receipt: Path | None) -> None:
        """Read a receipt in."""
        if receipt is not None:
            sync.take_receipt(self.desk, receipt)

    def renew_catalogue(self, pack: bytes) -> None:
        """Take an edition of the Kreis's catalogue over."""
        catalogue.take(self.desk, pack)

    def all(self, kind: type[R]) -> Iterator[R]:
        """Yield the records of one kind, as they stand now, that go to the Kreis under their own identity."""
        for file in self.written:
            if any(each.recipient == KREIS and each.level is IDENTIFIED for each in file.consents):
                with self.desk.reading() as reader:
                    yield from reader.of_case(kind, file.case.id)

    def reopened(self, folder: Path) -> "PracticeDesk":
        """Return this desk on the copy of its vault in ``folder``."""
        again = Desk.unlock(folder, self.passphrase, accept_older=True)
        return replace(self, desk=again)


def set_up(plan: DeskPlan, home: Path, passphrase: str, files: tuple[CaseFile, ...]) -> PracticeDesk:
    """Return a new desk below ``home`` with its ``files`` still to be written."""
    ags = next(each.ags for each in places().municipality if each.name == plan.place)
    desk, _ = Desk.create(
        home / ags,
        passphrase,
        name=plan.place,
        user=plan.worker,
        municipalities=(ags,),
        practice=True,
        strength=Strength.INTERACTIVE,
    )
    return PracticeDesk(plan, desk, passphrase, home, files)


def long_before(day: datetime, days: int) -> datetime:
    """Return the moment ``days`` before, some minutes off for each day."""
    return day - timedelta(days=days, minutes=days * 7)
