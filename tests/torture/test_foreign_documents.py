"""Whatever an import takes in, everything that shows it can; what it refuses is named."""

import json
import resource
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kimdesk.casework import cases, upkeep
from kimdesk.casework.desk import Desk
from kimdesk.casework.document_file import entries_of
from kimdesk.casework.exchange import State, document, import_documents
from kimdesk.texts.refusals import explain
from kimdesk.vault import Strength
from tests.conftest import PASSPHRASE
from tests.torture.foreign import changed, codes_in, originals
from tests.torture.measure import dice, progress, report, times
from tests.torture.quick import quickly
from tests.torture.showing import show, show_desk

DAY = date(2026, 11, 30)
MOST_MEMORY = 300  # MiB
_BATCH = 60
_UNTHOUGHT_OF = "E737"


@pytest.fixture
def desks(fast: Path) -> Any:
    """Two empty desks: what is taken in at one goes on to the other."""
    with quickly():
        made = [_desk(fast / name) for name in ("one", "other")]
    yield made
    for each in made:
        each.close()


def _desk(folder: Path) -> Desk:
    desk, _ = Desk.create(
        folder, PASSPHRASE, name="Eschenried", user="Kim", practice=True, strength=Strength.INTERACTIVE
    )
    return desk


def test_what_is_taken_in_can_be_shown_and_what_is_refused_is_named(desks: list[Desk], fast: Path) -> None:
    one, other = desks
    begun = _peak()
    given = originals(one)
    codes, rolls = codes_in(given), dice("foreign documents")
    told: dict[str, int] = dict.fromkeys(State, 0)
    total = times(1_500, 40_000)
    for done in range(0, total, _BATCH):
        batch = [changed(rolls, rolls.choice(given), codes) for _ in range(_BATCH)]
        text = "[" + ",\n".join(json.dumps(each) for each in batch) + "]"
        fates = import_documents(one, entries_of(text), source="fremd.json").fates
        assert len(fates) == _BATCH
        for fate in fates:
            told[fate.state] += 1
            _judge(one, other, fate, batch[fate.index], shown=rolls.random() < times(1, 4) / 12)
        progress("foreign documents", done, total)
    show_desk(one, fast, DAY)
    assert upkeep.check(one, full=True) == []
    grown = _peak() - begun
    report("foreign documents", documents=total, mib=grown, **{str(name): told[name] for name in State})
    assert grown <= MOST_MEMORY
    assert told[State.REFUSED] > total // 10
    assert told[State.CREATED] > total // 20


def _peak() -> int:
    """Return the most memory this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _judge(one: Desk, other: Desk, fate: Any, given: Any, *, shown: bool) -> None:
    if fate.error:
        explained = explain(fate.error)
        assert fate.error.code != _UNTHOUGHT_OF, (fate.error.facts, _kept(given))
        assert explained.message
        assert explained.hint
    elif shown:
        try:
            show(one, fate.case_id, DAY)
        except Exception as error:
            raise AssertionError(_kept(given)) from error
        _goes_on(one, other, fate.case_id)


def _goes_on(one: Desk, other: Desk, case_id: str) -> None:
    """Take what a desk writes of a case in at the same desk and at another one."""
    said = document(cases.peek(one, case_id))
    again = import_documents(one, [said]).fates[0]
    assert (again.state, again.error) == (State.UNCHANGED, None), _kept(said)
    there = import_documents(other, [said]).fates[0]
    assert there.error is None, (there.error.code, there.error.facts, _kept(said))


def _kept(given: Any) -> str:
    path = Path("build") / "foreign_document.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(given), encoding="utf-8")
    return str(path)
