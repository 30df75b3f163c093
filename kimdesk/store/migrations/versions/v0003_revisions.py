"""Revisions name the desk that made them; a merge of persons is kept as the parts of a change.

Written out in full, because the schema of a vault that exists does not follow later changes of the code.
"""

import json
import secrets
from collections.abc import Callable
from typing import Any

from alembic import op
from sqlalchemy import text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (
    *("person", "kim_case", "consent", "contact", "finding", "follow_up", "goal", "measure", "member"),
    *("phase_entry", "phase_event", "referral", "regime_spell", "residence_spell", "relation"),
    *("regime_change", "attachment", "dispute", "tombstone"),
)

Body = dict[str, Any]


def upgrade() -> None:
    """Name a desk for what is there: a mark of its own, which this desk goes on with unless it has another.

    The mark is the default of the new columns, so that no row is written anew and none counts as changed.
    """
    mark = secrets.token_hex(8)
    bind = op.get_bind()
    bind.execute(
        text("INSERT OR IGNORE INTO setting (key, value) VALUES ('desk_mark', :mark)"), {"mark": mark}
    )
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ADD COLUMN rev_by TEXT NOT NULL DEFAULT '{mark}'")
    bind.execute(text("UPDATE history SET body = json_set(body, '$.rev_by', :mark)"), {"mark": mark})
    _rewrite_merges(as_parts)


def downgrade() -> None:
    """Forget which desk made what."""
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} DROP COLUMN rev_by")
    op.execute("UPDATE history SET body = json_remove(body, '$.rev_by')")
    op.execute("DELETE FROM setting WHERE key = 'desk_mark'")
    _rewrite_merges(as_lists)


def _rewrite_merges(say: Callable[[Body], Body]) -> None:
    bind = op.get_bind()
    found = bind.execute(text("SELECT id, body FROM operation WHERE kind = 'merge' AND body != ''")).all()
    for key, body in found:
        said = json.dumps(say(json.loads(body)), ensure_ascii=False, separators=(",", ":"))
        bind.execute(text("UPDATE operation SET body = :body WHERE id = :id"), {"body": said, "id": key})


def as_parts(old: Body) -> Body:
    """Return the parts of a merge, in the order in which they were done."""
    kept, gone = old["kept_id"], old["gone"]["id"]
    filled = [_part("person", kept, old["before"], old["after"])] if old["before"] else []
    roles = [_part("member", key, {"role": role}, {"role": "client"}) for key, role in old["roles"]]
    moved = [
        _part(
            each["kind"], each["id"], dict.fromkeys(each["names"], gone), dict.fromkeys(each["names"], kept)
        )
        for each in old["moved"]
    ]
    removed = [_part(kind, columns["id"], columns, None) for kind, columns in old["removed"]]
    parts = [*filled, *roles, *moved, *removed, _part("person", gone, old["gone"], None)]
    return {"kept_id": kept, "gone_id": gone, "cases": old["cases"], "parts": parts}


def as_lists(new: Body) -> Body:
    """Return a merge as it was kept before: values, moved rows, roles and removed rows apart."""
    kept, gone = new["kept_id"], new["gone_id"]
    parts = {each["id"]: each for each in new["parts"]}
    person, went = parts.pop(kept, {}), parts.pop(gone)
    roles = [each for each in parts.values() if each["after"] and "role" in each["before"]]
    moved = [each for each in parts.values() if each["after"] and "role" not in each["before"]]
    return {
        "kept_id": kept,
        "gone": went["before"],
        "before": person.get("before", {}),
        "after": person.get("after", {}),
        "moved": [{"kind": each["kind"], "id": each["id"], "names": list(each["before"])} for each in moved],
        "removed": [[each["kind"], each["before"]] for each in parts.values() if each["after"] is None],
        "roles": [[each["id"], each["before"]["role"]] for each in roles],
        "cases": new["cases"],
    }


def _part(kind: str, key: str, before: Body, after: Body | None) -> Body:
    return {"kind": kind, "id": key, "before": before, "after": after}
