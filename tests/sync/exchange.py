"""A desk and a Kreis that know each other, with a stick between them: real vaults, real files."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest
from sqlalchemy import func, select

from kimdesk import kreis as kreis_room
from kimdesk import sync
from kimdesk.casework.desk import Desk
from kimdesk.domain.kinds import kind_of
from kimdesk.domain.records import Case, Consent, Goal, Member, Person, Record
from kimdesk.domain.terms import SharingLevel
from kimdesk.kreis import ImportResult
from kimdesk.kreis.enrolled.keyring import trust
from kimdesk.kreis.registry import RECORDS, open_registry
from kimdesk.kreis.rows import transaction
from kimdesk.sync.sealing.envelope import verify_and_open
from kimdesk.sync.trust import device
from kimdesk.vault import Strength
from tests.conftest import PASSPHRASE

R = TypeVar("R", bound=Record)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
AGS = "05999001"
KINDS = ("person", "household", "residence", "regimes", "intake", "assessment", "goals", "plan", "referrals",
         "contacts", "follow_ups", "evaluation", "findings")  # fmt: skip


def make_desk(folder: Path, name: str, role: Any = "desk", municipalities: tuple[str, ...] = (AGS,)) -> Desk:
    """Return a new desk."""
    given = municipalities if role == "desk" else ()
    desk, _ = Desk.create(
        folder, PASSPHRASE, name=name, user="M. Kessler", municipalities=given, role=role,
        strength=Strength.INTERACTIVE,
    )  # fmt: skip
    return desk


def enrol(desk: Desk, kreis: Desk, folder: Path) -> None:
    """Let desk and Kreis come to know each other."""
    path = folder / "request.kimq"
    fingerprint = sync.request(desk, path)
    granted = desk.municipalities
    answer = kreis_room.enrol(kreis, path.read_bytes(), fingerprint, municipalities=granted, now=NOW)
    sync.accept(
        desk, answer.certificate, fingerprint=answer.kreis_fingerprint, change_kreis=True, today=TODAY
    )


@dataclass
class Exchange:
    """What happens between the two, in a few verbs."""

    home: Path
    desk: Desk
    kreis: Desk

    @property
    def stick(self) -> Path:
        return self.home / "stick"

    @property
    def receipts(self) -> Path:
        return self.home / "receipts"

    def put(self, record: R) -> R:
        with self.desk.writing() as writer:
            return writer.put(record)

    def change(self, record: R, **values: Any) -> R:
        return self.put(replace(record, **values))

    def remove(self, record: Record) -> None:
        with self.desk.writing() as writer:
            writer.remove(record)

    def case(self, family_name: str = "Osman", level: SharingLevel | None = SharingLevel.IDENTIFIED,
             **consent: Any) -> "Known":  # fmt: skip
        """Return a new case with a client, a goal, and a consent to the Kreis unless ``level`` is None."""
        case = self.put(Case(opened_on=date(2026, 6, 1), ags=AGS, file_number="ESCH-2026-001"))
        person = self.put(
            Person(family_name=family_name, given_names="Amna", street="Mühlenweg 4", city="Eschenried")
        )
        member = self.put(Member(case_id=case.id, person_id=person.id))
        given: dict[str, Any] = {
            "kinds": KINDS,
            "given_on": date(2026, 6, 12),
            "purpose": "reporting",
        } | consent
        agreed = self.put(Consent(case_id=case.id, recipient="ki", level=level, **given)) if level else None
        goal = self.put(
            Goal(case_id=case.id, number=1, text=f"Ziel von {family_name}", life_domain="language")
        )
        return Known(case, person, member, goal, agreed)

    def export(self, **options: Any) -> sync.Exported:
        return sync.export(self.desk, self.stick, now=options.pop("now", NOW), **options)

    def carry(self, *paths: Path, now: datetime = NOW) -> tuple[ImportResult, ...]:
        return kreis_room.import_files(self.kreis, paths, self.receipts, now=now)

    def take(self, result: ImportResult) -> sync.Taken:
        assert result.receipt is not None
        return sync.take_receipt(self.desk, result.receipt)

    def round(self, now: datetime = NOW) -> ImportResult:
        """Export, carry over, bring the receipt home."""
        [result] = self.carry(self.export(now=now).path, now=now)
        self.take(result)
        return result

    def opened(self, path: Path) -> dict[str, list[dict[str, Any]]]:
        """Return the sections of a bundle, as only the Kreis can read them."""
        own = device.identity(self.desk).public
        with verify_and_open(
            path, recipient=trust(self.kreis).ring.exchange, senders=lambda _: own, kind="bundle"
        ) as opened:
            return {
                each.name: [msgspec.json.decode(line) for line in each.content] for each in opened.sections()
            }

    def held(self, record_type: type[Record]) -> list[dict[str, Any]]:
        """Return what the registry holds of a record type."""
        with transaction(open_registry(self.kreis)) as connection:
            rows = connection.execute(select(RECORDS[kind_of(record_type)])).mappings()
            return [dict(row) for row in rows]

    def rows_held(self) -> int:
        """Return how many records the registry holds."""
        with transaction(open_registry(self.kreis)) as connection:
            counts = (
                connection.execute(select(func.count()).select_from(each)).scalar()
                for each in RECORDS.values()
            )
            return sum(count or 0 for count in counts)

    def reopened(self) -> "Exchange":
        """Return the same with both vaults closed and opened again."""
        self.close()
        return open_exchange(self.home)

    def close(self) -> None:
        self.desk.close()
        self.kreis.close()


@dataclass(frozen=True)
class Known:
    """The records of a case made by ``Exchange.case``."""

    case: Case
    person: Person
    member: Member
    goal: Goal
    consent: Consent | None

    @property
    def agreed(self) -> Consent:
        assert self.consent is not None
        return self.consent


def open_exchange(home: Path) -> Exchange:
    """Return the exchange whose vaults lie in ``home``."""
    desk = Desk.unlock(home / "desk", PASSPHRASE, accept_older=True)
    return Exchange(home, desk, Desk.unlock(home / "kreis", PASSPHRASE, accept_older=True))


@pytest.fixture(scope="session")
def exchange_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two closed vaults that know each other, made once. Copy them, never open them."""
    home = tmp_path_factory.mktemp("exchange")
    desk, kreis = make_desk(home / "desk", "Eschenried"), make_desk(home / "kreis", "Kreis Auental", "kreis")
    enrol(desk, kreis, home)
    desk.close()
    kreis.close()
    for name in ("stick", "receipts"):
        (home / name).mkdir()
    return home


@pytest.fixture
def exchange(exchange_template: Path, tmp_path: Path) -> Iterator[Exchange]:
    """An enrolled desk and its Kreis, for this test alone."""
    home = tmp_path / "exchange"
    shutil.copytree(exchange_template, home)
    found = open_exchange(home)
    yield found
    found.close()
