"""What was typed is still there after a lock in the middle of it."""

from pathlib import Path
from typing import Any

from kimdesk.casework import drafts
from kimdesk.casework.desk import Desk
from kimdesk.store.changes import head

BODY: dict[str, Any] = {
    "answers": {"request": {"request": "Wohn", "needs": []}},
    "cursor": 4,
    "ratio": 0.5,
    "x": None,
}


def test_a_draft_survives_locking(desk_folder: Path, passphrase: str) -> None:
    with Desk.unlock(desk_folder, passphrase) as desk:
        drafts.save_draft(desk, "case:1/phase:intake", {"answers": {}})
        drafts.save_draft(desk, "case:1/phase:intake", BODY)
    with Desk.unlock(desk_folder, passphrase) as desk:
        assert drafts.load_draft(desk, "case:1/phase:intake") == BODY
        kept = drafts.read_draft(desk, "case:1/phase:intake")
        assert kept


def test_a_discarded_draft_is_gone(desk: Desk) -> None:
    for key in ("case:1/a", "case:1/b", "case:2/a"):
        drafts.save_draft(desk, key, BODY)
    drafts.discard_draft(desk, "case:1/a")
    drafts.discard_draft(desk, "case:1/a")
    assert drafts.load_draft(desk, "case:1/a") is None
    assert drafts.draft_keys(desk, "case:1/") == ["case:1/b"]
    assert len(drafts.draft_keys(desk)) == 2


def test_a_draft_is_no_change_to_send(desk: Desk) -> None:
    with desk.reading() as reader:
        before = head(reader)
    drafts.save_draft(desk, "case:1/a", BODY)
    with desk.reading() as reader:
        assert head(reader) == before
