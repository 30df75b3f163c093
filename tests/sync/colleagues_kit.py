"""Two desks of one Kreis with a stick between them: real vaults, real files."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest

from kimdesk import kreis, sync
from kimdesk.casework import cases, records, responsible
from kimdesk.casework.desk import Desk
from kimdesk.domain.custody import CaseStanding, Passage
from kimdesk.domain.records import Case, CaseFile, Record
from kimdesk.sync import arrivals
from kimdesk.sync.arrivals import Told
from kimdesk.sync.passing import covers, moves
from kimdesk.sync.trust import cards, colleagues
from tests.casework.test_exchange import full_case
from tests.conftest import PASSPHRASE
from tests.sync.exchange import AGS, Exchange, enrol, make_desk, open_exchange

R = TypeVar("R", bound=Record)

OTHER_AGS = "05999002"


@dataclass
class Colleagues:
    """The desk Eschenried, the desk Niederholt and their Kreis, in a few verbs."""

    home: Path
    desk: Desk
    other: Desk
    kreis: Desk
    number: int = 0

    def path(self, name: str = "datei") -> Path:
        """Return the path of a new file on the stick."""
        self.number += 1
        return self.home / "stick" / f"{name}-{self.number}.kimh"

    def id_of(self, desk: Desk) -> str:
        return colleagues.own_id(desk)

    def case(self) -> CaseFile:
        """Return a new case at Eschenried with something of everything in it."""
        return full_case(self.desk)

    def file(self, desk: Desk, case_id: str) -> CaseFile:
        return cases.peek(desk, case_id)

    def standing(self, desk: Desk, case_id: str) -> CaseStanding:
        return responsible.of_case(desk, case_id)

    def history(self, desk: Desk, case_id: str) -> tuple[Passage, ...]:
        return responsible.history(desk, case_id)

    def here(self, desk: Desk, case_id: str) -> bool:
        """Return whether a desk has the case."""
        with desk.reading() as reader:
            return reader.get(Case, case_id) is not None

    def save(self, desk: Desk, record: R, **values: Any) -> R:
        return records.save(desk, replace(record, **values))

    def offer(self, case_id: str, *, by: Desk | None = None, to: Desk | None = None, **named: Any) -> Path:
        out, giver = self.path("angebot"), by or self.desk
        taker = to or (self.other if giver is self.desk else self.desk)
        moves.offer(giver, case_id, self.id_of(taker), out, **{"basis": "consent"} | named)
        return out

    def accept(self, path: Path, *, at: Desk | None = None, **named: Any) -> Path:
        out = self.path("annahme")
        moves.answer(at or self.other, path, out, accept=True, **named)
        return out

    def refuse(self, path: Path, reason: str = "Wir sind nicht zuständig.") -> Path:
        out = self.path("ablehnung")
        moves.answer(self.other, path, out, accept=False, reason=reason)
        return out

    def take(self, path: Path, at: Desk | None = None, **named: Any) -> Told:
        return arrivals.take(at or self.desk, path, **named)

    def handed_over(self, case_id: str) -> None:
        """Hand a case over from Eschenried to Niederholt, with all that belongs to it."""
        self.take(self.accept(self.offer(case_id)))

    def lend(self, case_id: str, until: date, **named: Any) -> Path:
        out = self.path("vertretung")
        covers.lend(
            self.desk,
            case_id,
            self.id_of(self.other),
            out,
            until=until,
            basis="public_task",
            **named,
        )
        return out

    def back(self, case_id: str, **named: Any) -> Path:
        out = self.path("rueckgabe")
        covers.give_back(self.other, case_id, out, **named)
        return out

    def confirm(self, case_id: str) -> Path:
        out = self.path("bestaetigung")
        covers.confirm(self.desk, case_id, out)
        return out

    def new_keys(self, desk: Desk) -> None:
        """Give a desk other keys, which the Kreis certifies; nobody else hears of it."""
        path = self.path("antrag")
        fingerprint = sync.request(desk, path, new_keys=True)
        made = kreis.enrol(self.kreis, path.read_bytes(), fingerprint)
        sync.accept(desk, made.certificate)

    def exchange(self, desk: Desk) -> Exchange:
        """Return the verbs of the exchange between a desk and the Kreis."""
        return Exchange(self.home, desk, self.kreis)

    def close(self) -> None:
        for each in (self.desk, self.other, self.kreis):
            each.close()


@pytest.fixture(scope="session")
def colleagues_template(exchange_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three closed vaults that know each other, made once. Copy them, never open them."""
    home = tmp_path_factory.mktemp("colleagues") / "home"
    shutil.copytree(exchange_template, home)
    known = open_exchange(home)
    other = make_desk(home / "other", "Niederholt", municipalities=(OTHER_AGS,))
    enrol(other, known.kreis, home)
    for giver, taker in ((known.desk, other), (other, known.desk)):
        card = home / "card.kimk"
        cards.write(giver, card)
        colleagues.meet(taker, card.read_bytes())
    other.close()
    known.close()
    return home


@pytest.fixture
def between(colleagues_template: Path, tmp_path: Path) -> Iterator[Colleagues]:
    """Two desks that know each other, and their Kreis, for this test alone."""
    home = tmp_path / "home"
    shutil.copytree(colleagues_template, home)
    found = open_colleagues(home)
    yield found
    found.close()


def open_colleagues(home: Path) -> Colleagues:
    """Return the desks whose vaults lie in ``home``."""
    desk, other, kreis = (
        Desk.unlock(home / name, PASSPHRASE, accept_older=True) for name in ("desk", "other", "kreis")
    )
    return Colleagues(home, desk, other, kreis)


__all__ = ["AGS", "OTHER_AGS", "Colleagues", "between", "colleagues_template"]
