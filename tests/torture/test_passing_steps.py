"""A case passes between desks while the disk refuses, or the process ends, at any step.

Each act is one transaction, and one file that gets its name after it: before or after, never between. Done
again, the same act comes to the same end, and the file is there.
"""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kimdesk.casework import attachments, cases, responsible
from kimdesk.casework.desk import Desk
from kimdesk.casework.document_out import document
from kimdesk.domain.custody import Custody
from kimdesk.domain.errors import CaseworkError
from kimdesk.sync import arrivals
from kimdesk.sync.passing import covers, moves
from kimdesk.sync.trust import colleagues
from tests.casework.test_exchange import full_case
from tests.conftest import PASSPHRASE
from tests.scan_samples import jpeg
from tests.torture.measure import LONG, dice, report
from tests.torture.quick import quicken, quickly
from tests.torture.test_every_step import Action, Fault, ended, outcome

TRIED = 4
LATER = date(2099, 1, 1)


def desk_of(home: Path, name: str) -> Desk:
    return Desk.unlock(home / name, PASSPHRASE, accept_older=True)


def case_in(home: Path) -> str:
    return (home / "case").read_text(encoding="utf-8")


def other_id(home: Path) -> str:
    return (home / "other_id").read_text(encoding="utf-8")


def offer(home: Path) -> None:
    with desk_of(home, "desk") as desk:
        moves.offer(desk, case_in(home), other_id(home), home / "stick" / "offer.kimh", basis="consent")


def accept(home: Path) -> None:
    with desk_of(home, "other") as desk:
        moves.answer(desk, home / "stick" / "offer.kimh", home / "stick" / "accept.kimh", accept=True)


def take_acceptance(home: Path) -> None:
    with desk_of(home, "desk") as desk:
        arrivals.take(desk, home / "stick" / "accept.kimh")


def lend(home: Path) -> None:
    with desk_of(home, "desk") as desk:
        path = home / "stick" / "lend.kimh"
        covers.lend(desk, case_in(home), other_id(home), path, until=LATER, basis="consent")


def take_copy(home: Path) -> None:
    with desk_of(home, "other") as desk:
        arrivals.take(desk, home / "stick" / "lend.kimh")


def give_back(home: Path) -> None:
    with desk_of(home, "other") as desk:
        covers.give_back(desk, case_in(home), home / "stick" / "give_back.kimh")


def take_return(home: Path) -> None:
    with desk_of(home, "desk") as desk:
        arrivals.take(desk, home / "stick" / "give_back.kimh")
        covers.confirm(desk, case_in(home), home / "stick" / "take_return.kimh")


def let_go(home: Path) -> None:
    with desk_of(home, "other") as desk:
        arrivals.take(desk, home / "stick" / "take_return.kimh")


MOVE: tuple[Action, ...] = (offer, accept, take_acceptance)
COVER: tuple[Action, ...] = (lend, take_copy, give_back, take_return, let_go)


@dataclass(frozen=True)
class Before:
    """Two desks just before an act."""

    home: Path


@pytest.fixture(scope="module", autouse=True)
def _quickly() -> Iterator[None]:
    with quickly():
        yield


@pytest.fixture(scope="module")
def begun(colleagues_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two desks, a case at one of them, before anything."""
    home = tmp_path_factory.mktemp("passing") / "home"
    shutil.copytree(colleagues_template, home)
    for name in ("desk", "other"):
        quicken(home / name)
    with desk_of(home, "other") as other:
        (home / "other_id").write_text(colleagues.own_id(other), encoding="utf-8")
    with desk_of(home, "desk") as desk:
        case = full_case(desk).case
        attachments.attach(desk, case.id, jpeg(), title="Ausweis")
        (home / "case").write_text(case.id, encoding="utf-8")
    return home


def held(home: Path) -> dict[str, Any]:
    """Return what both desks hold of the case, and whose they say it is."""
    found: dict[str, Any] = {}
    for name in ("desk", "other"):
        with desk_of(home, name) as desk:
            standing = responsible.of_case(desk, case_in(home))
            passages = responsible.history(desk, case_in(home))
            found[name] = (standing.custody, len(passages), [each.stage for each in passages])
            try:
                told = document(cases.peek(desk, case_in(home)), addresses=True)
            except CaseworkError:
                told = {}
            found[f"{name} holds"] = told
            assert attachments.verify(desk) == ()
    return found


@pytest.mark.parametrize("killing", [False, True], ids=["refused", "killed"])
@pytest.mark.parametrize(
    ("acts", "number"),
    [(acts, number) for acts in (MOVE, COVER) for number in range(len(acts))],
    ids=[act.__name__ for acts in (MOVE, COVER) for act in acts],
)
def test_an_act_is_done_or_not_begun(
    acts: tuple[Action, ...], number: int, killing: bool, begun: Path, fast: Path
) -> None:
    ready, home, outcomes = fast / "ready", fast / "home", Counter[str]()
    shutil.copytree(begun, ready)
    for act in acts[:number]:
        act(ready)
    act = acts[number]
    before = held(ready)
    shutil.copytree(ready, home)
    whole = Fault(home, 0)
    assert outcome(act, home, whole) == "done"
    after = held(home)
    assert after != before
    every = range(1, whole.steps + 1)
    for at in every if LONG else dice(act.__name__, killing).sample(every, min(TRIED, len(every))):
        shutil.rmtree(home)
        shutil.copytree(ready, home)
        outcomes[(ended if killing else outcome)(act, home, Fault(home, at, killing))] += 1
        assert _is_one_of(held(home), before, after), f"step {at} of {whole.steps}"
        act(home)
        assert held(home) == after, f"step {at} of {whole.steps}, done again"
        name = home / "stick" / f"{act.__name__}.kimh"
        assert name.exists() or act in (take_acceptance, take_copy, let_go)
    report(f"every step of {act.__name__}", steps=whole.steps, **outcomes)


def _is_one_of(found: dict[str, Any], before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Return whether each desk is as before or as after; two desks change one after the other."""
    return all(found[key] in (before[key], after[key]) for key in found) and found["desk"][0] in Custody
