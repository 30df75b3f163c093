"""The audit trail tells who did what, and notices when somebody changes it."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, text

from kimdesk.domain.records import Case, Goal
from kimdesk.store import audit
from kimdesk.store.work import reading, writing

FORGED = "seq + 1, at, actor, action, kind, record_id, case_id, hash, hash"


@pytest.fixture
def trail(engine: Engine, case: Case) -> Engine:
    with writing(engine, "Ada") as writer:
        goal = writer.put(Goal(case_id=case.id, text="geheim"))
        writer.put(replace(goal, text="noch geheimer"))
        writer.record("opened", "case", case.id, case.id)
    return engine


def test_the_trail_says_who_did_what(trail: Engine, case: Case) -> None:
    with reading(trail) as reader:
        found = audit.of_case(reader.connection, case.id)
        assert [(each.actor, each.action, each.kind) for each in found] == [
            ("Ada", "opened", "case"),
            ("Ada", "changed", "goal"),
            ("Ada", "created", "goal"),
            ("Kim Muster", "created", "case"),
        ]
        assert audit.verify(reader.connection) is None
        assert not any("geheim" in str(part) for entry in found for part in entry)


@pytest.mark.parametrize(
    ("tampering", "noticed"),
    [
        ("UPDATE audit SET actor = 'Bo' WHERE seq = 2", 2),
        ("UPDATE audit SET at = '2020-01-01T00:00:00Z' WHERE seq = 4", 4),
        ("DELETE FROM audit WHERE seq = 3", 3),
        ("DELETE FROM audit WHERE seq = 1", 1),
        ("UPDATE audit SET hash = 'x' WHERE seq = 1", 1),
        (f"INSERT INTO audit SELECT {FORGED} FROM audit WHERE seq = 4", 5),
    ],
)
def test_tampering_is_noticed(trail: Engine, tampering: str, noticed: int) -> None:
    with trail.begin() as connection:
        connection.execute(text(tampering))
    with reading(trail) as reader:
        assert audit.verify(reader.connection) == noticed


def test_the_hash_is_the_documented_one(trail: Engine) -> None:
    import hashlib

    with reading(trail) as reader:
        first = next(audit.entries(reader.connection))
    said = f'["",1,"{first.at}","Kim Muster","created","case","{first.record_id}","{first.case_id}"]'
    assert first.hash == hashlib.sha256(said.encode()).hexdigest()
