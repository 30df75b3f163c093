"""What a failure of the database means for a person: one place from the drivers' codes to ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from kimdesk.domain.errors import StoreError
from kimdesk.store.postgresql import failures as postgresql
from kimdesk.store.sqlite import failures as sqlite


def _drivers() -> tuple[type[Exception], ...]:
    return (sqlite.Error, *postgresql.drivers_error())


@contextmanager
def understood() -> Iterator[None]:
    """Turn a failure of the database into a StoreError; it carries no statement, no value and no address.

    Of a vault: E901 disk full, E902 read-only, E903 locked, E904 the disk fails, E906 damaged. Of a server:
    E950 not reached, E951 lost, E952 too busy, E953 its disk is full, E954 not allowed, E955 others write the
    same, E956 its disk or data fail, E957 it does not prove who it is, E958 no such database, E976 a
    text with a character it does not know. Of either: E905 an identity that is taken, E907 a record that
    others still refer to or that refers to none. Anything else is a fault of ours and goes on, without the
    values of its statement.
    """
    try:
        yield
    except DBAPIError as error:
        error.hide_parameters, error.params = True, None
        raise _refusal(error.orig) or error from None
    except _drivers() as error:
        raise _refusal(error) or error from None


def _refusal(error: BaseException | None) -> StoreError | None:
    code = error and (sqlite.code_of(error) or postgresql.code_of(error))
    return StoreError(code) if code else None
