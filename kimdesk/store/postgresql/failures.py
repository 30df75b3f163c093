"""What PostgreSQL's codes of failure (SQLSTATE) mean for a person; psycopg is only loaded where it is used.

Source: PostgreSQL 15, appendix A. The most specific entry counts: a whole code before its class.
"""

import re
import sys

UNREACHABLE, LOST, BUSY, FULL, FORBIDDEN, COLLIDED, FAULTY = (
    "E950", "E951", "E952", "E953", "E954", "E955", "E956",
)  # fmt: skip
UNPROVEN, NO_DATABASE, NO_TEXT = "E957", "E958", "E976"

_MEANING = {
    "23505": "E905",  # unique_violation
    "23": "E907",  # other constraints: what belongs together
    "22021": NO_TEXT,  # character_not_in_repertoire: a NUL
    "57P03": UNREACHABLE,  # cannot_connect_now: it is starting up
    "57P": LOST,  # shut down by an administrator, crashed, dropped
    "08": LOST,  # connection_exception
    "53100": FULL,  # disk_full
    "53": BUSY,  # too many connections, out of memory
    "28": FORBIDDEN,  # invalid_authorization: unknown role, wrong password
    "42501": FORBIDDEN,  # insufficient_privilege
    "25006": FORBIDDEN,  # read_only_sql_transaction
    "3D000": NO_DATABASE,  # the one that is named in the address
    "40": COLLIDED,  # serialization_failure, deadlock_detected
    "55P03": COLLIDED,  # lock_not_available
    "57014": COLLIDED,  # query_canceled: it waited too long
    "58": FAULTY,  # system_error: input and output
    "XX": FAULTY,  # internal_error, data_corrupted
}
# A connection that is refused has no SQLSTATE of its own, only what the server, or the system, says.
_SAID = (
    ("SSL|certificate|Zertifikat", UNPROVEN),
    ("database .* does not exist|Datenbank .* existiert nicht", NO_DATABASE),
    ("too many (clients|connections)|connection slots|zu viele Verbindungen|Verbindungsslots", BUSY),
    ("authentication failed|role .* does not|Authentifizierung|Rolle .* nicht|pg_hba", FORBIDDEN),
)


def drivers_error() -> tuple[type[Exception], ...]:
    """Return what the driver raises, nothing as long as nobody uses it."""
    psycopg = sys.modules.get("psycopg")
    return (psycopg.Error,) if psycopg else ()


def code_of(error: BaseException) -> str | None:
    """Return our code for a failure of the driver, None for a fault of ours."""
    if not isinstance(error, drivers_error()):
        return None
    state: str | None = getattr(error, "sqlstate", None)
    if state:
        return next((_MEANING[start] for start in (state, state[:3], state[:2]) if start in _MEANING), None)
    return _without_state(error)


def _without_state(error: BaseException) -> str | None:
    """Return the meaning of a connection that could not be made, or that broke while it was used."""
    from psycopg import DataError, OperationalError

    if isinstance(error, DataError) and "NUL" in str(error):
        return NO_TEXT
    if not isinstance(error, OperationalError):
        return None
    said = str(error)
    if not re.search("connection failed|connection timeout|resolve host|Errno", said):
        return LOST
    return next((code for pattern, code in _SAID if re.search(pattern, said)), UNREACHABLE)
