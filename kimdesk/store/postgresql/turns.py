"""Taking turns on a server that several offices write to: locks that end with their transaction."""

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, bindparam, func, select

from kimdesk.store.dialect import POSTGRESQL

if TYPE_CHECKING:
    from sqlalchemy import Connection


def take_turn(connection: "Connection", name: str, *, together: bool = False) -> None:
    """Wait until nobody else holds ``name``, and hold it until this transaction ends.

    ``together``: beside others who take it like that. In a vault, which has one writer, nothing is done.
    Whoever takes several takes them in the order that ``kreis.rows`` says. Raises what the database raises
    when the others do not come to an end.
    """
    if connection.dialect.name != POSTGRESQL:
        return
    lock = func.pg_advisory_xact_lock_shared if together else func.pg_advisory_xact_lock
    connection.execute(select(lock(bindparam("key", _key(name), BigInteger))))


def is_free(connection: "Connection", name: str) -> bool:
    """Take ``name`` as ``take_turn`` does if nobody holds it, and return whether it was taken."""
    if connection.dialect.name != POSTGRESQL:
        return True
    lock = func.pg_try_advisory_xact_lock(bindparam("key", _key(name), BigInteger))
    return bool(connection.execute(select(lock)).scalar())


def _key(name: str) -> int:
    digest = hashlib.blake2b(name.encode(), digest_size=8, person=b"kimdesk-turn").digest()
    return int.from_bytes(digest, signed=True)
