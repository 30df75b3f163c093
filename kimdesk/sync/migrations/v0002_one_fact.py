"""Up to which change the Kreis has acknowledged everything stands once: with the changes."""

import json

from alembic import op
from sqlalchemy import column, insert, select, table, update

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SETTING = table("setting", column("key"), column("value"))
STATE, ACKNOWLEDGED = "sync.state", "acknowledged_change"


def upgrade() -> None:
    """Take the number out of the state of the exchange, which was right, to where lists look for it."""
    state = _state()
    if state is not None:
        _put(ACKNOWLEDGED, str(state.pop("received", 0)))
        _put(STATE, json.dumps(state))


def downgrade() -> None:
    """Note the number in both places again."""
    state = _state()
    if state is not None:
        _put(STATE, json.dumps({**state, "received": int(_get(ACKNOWLEDGED) or 0)}))


def _state() -> dict[str, int | str] | None:
    found = _get(STATE)
    state: dict[str, int | str] | None = json.loads(found) if found else None
    return state


def _get(key: str) -> str | None:
    found: str | None = op.get_bind().execute(select(SETTING.c.value).where(SETTING.c.key == key)).scalar()
    return found


def _put(key: str, value: str) -> None:
    connection = op.get_bind()
    if not connection.execute(update(SETTING).where(SETTING.c.key == key).values(value=value)).rowcount:
        connection.execute(insert(SETTING).values(key=key, value=value))
