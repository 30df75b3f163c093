"""What the pictures show: a practice desk, and the practice Kreis, small unless its pages are asked for."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path

from kimdesk import kreis, sync
from kimdesk.casework import cases, records
from kimdesk.casework.cases import CaseQuery
from kimdesk.casework.desk import Desk
from kimdesk.domain import dates
from kimdesk.domain.records import Contact
from kimdesk.practice.fill import fill
from kimdesk.practice.kreis.making import make
from kimdesk.practice.kreis.plan import PracticeExtent
from kimdesk.practice.library import kreis as places
from kimdesk.practice.library import kreis_plan
from kimdesk.vault import Strength

PASSPHRASE = "anker birke dampf eimer falke garten"
PLACE, WORKER = "Eschenried", "Miriam Kessler"
FEW = PracticeExtent(("Lippbrück", "Moorfeld", "Niederholt", "Ahlbrück"), 0.1, 2)
MOST = PracticeExtent(tuple(each.place for each in kreis_plan().desk if each.place != PLACE))


@dataclass(frozen=True, slots=True)
class Stage:
    """The desks the pictures are taken of; ``empty`` was just set up."""

    home: Path
    desk: Desk
    kreis: Desk
    empty: Desk

    def close(self) -> None:
        """Lock both."""
        self.desk.close()
        self.kreis.close()
        self.empty.close()


def build(home: Path, cases_wanted: int = 60, scale: PracticeExtent = FEW) -> Stage:
    """Build a practice desk and a practice Kreis below ``home``; let them exchange what pictures tell."""
    for name in ("stick", "receipts", "vaults"):
        (home / name).mkdir()
    office, _ = make(home / "vaults" / "kreis", PASSPHRASE, scale=scale)
    told = Exchange(home, office, dates.now())
    desk = told.desk(cases_wanted)
    told.lost_stick(desk)
    empty, _ = Desk.create(
        home / "vaults" / "empty",
        PASSPHRASE,
        name="Ahrbach",
        user="Selin Aydın",
        municipalities=(places().municipality[0].ags,),
        strength=Strength.INTERACTIVE,
    )
    return Stage(home, desk, office, empty)


@dataclass(frozen=True, slots=True)
class Exchange:
    """Bundles on their way, as they go well and wrong."""

    home: Path
    kreis: Desk
    now: datetime

    def desk(self, cases_wanted: int) -> Desk:
        """Return a practice desk that is enrolled."""
        desk, _ = Desk.create(
            self.home / "vaults" / PLACE,
            PASSPHRASE,
            name=PLACE,
            user=WORKER,
            municipalities=tuple(each.ags for each in places().town),
            practice=True,
            strength=Strength.INTERACTIVE,
        )
        fill(desk, cases_wanted)
        asked = self.home / f"{PLACE}.kimq"
        fingerprint = sync.request(desk, asked)
        long_ago = self.now - timedelta(days=60)
        answer = kreis.enrol(self.kreis, asked.read_bytes(), fingerprint, now=long_ago)
        sync.accept(desk, answer.certificate, fingerprint=answer.kreis_fingerprint)
        return desk

    def lost_stick(self, desk: Desk) -> None:
        """Let the second of four bundles get lost; the fourth waits for its receipt."""
        self._deliver(desk, days_ago=24, read_receipt=True)
        _work_on(desk, 1)
        sync.export(desk, self.home / "stick", now=self._day(12))
        _work_on(desk, 3)
        self._deliver(desk, days_ago=5, read_receipt=True)
        _work_on(desk, 2)
        sync.export(desk, self.home / "stick", now=self._day(1))

    def _deliver(self, desk: Desk, *, days_ago: int, read_receipt: bool = False) -> Path:
        path = sync.export(desk, self.home / "stick", now=self._day(days_ago)).path
        receipt = self._read(path, days_ago=max(0, days_ago - 2))
        if read_receipt and receipt:
            sync.take_receipt(desk, receipt)
        return path

    def _read(self, path: Path, *, days_ago: int) -> Path | None:
        found = kreis.import_files(self.kreis, [path], self.home / "receipts", now=self._day(days_ago))
        return found[0].receipt

    def _day(self, days_ago: int) -> datetime:
        return self.now - timedelta(days=days_ago, minutes=days_ago * 7)


def _work_on(desk: Desk, wanted: int) -> None:
    """Work on the first ``wanted`` cases that have goals: a goal, the client and a conversation each."""
    rows = cases.list_page(desk, CaseQuery(order="name"), None, 50).rows
    files = (cases.peek(desk, row.id) for row in rows)
    for file in islice((file for file in files if file.goals), wanted):
        goal, person = file.goals[0], file.persons[0]
        records.save(desk, replace(goal, priority=goal.priority % 3 + 1))
        records.save(desk, replace(person, phone=""))
        held = Contact(case_id=file.case.id, held_on=date.today(), minutes=50, content="Gespräch im Rathaus.")  # noqa: DTZ011
        records.save(desk, held)
