"""A statement that fails tells nobody the values it was to store."""

import logging
import traceback

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from kimdesk.casework.desk import Desk
from kimdesk.domain.errors import StoreError
from kimdesk.domain.records import Person
from kimdesk.vault import Vault

NAME = "Xyzzyquorl"


def told(error: BaseException) -> str:
    """Return everything a log or a terminal would show of an exception, its causes included."""
    shown = "".join(traceback.format_exception(error))
    around = [error.__cause__, error.__context__]
    return "\n".join([str(error), repr(error), shown, *(repr(each) for each in around)])


def test_a_failed_statement_shows_no_value(vault: Vault, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(IntegrityError) as caught:
        _insert_twice(vault)
    assert "UNIQUE constraint failed: person.name" in str(caught.value)
    logging.getLogger("test").error("failed", exc_info=caught.value)
    assert NAME not in told(caught.value) + caplog.text


def _insert_twice(vault: Vault) -> None:
    with vault.engine.begin() as connection:
        connection.execute(text("CREATE TABLE person (name TEXT UNIQUE)"))
        for _ in range(2):
            connection.execute(text("INSERT INTO person VALUES (:name)"), {"name": NAME})


def test_a_person_that_cannot_be_saved_is_not_named(vault: Vault, caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk(vault)
    with desk.writing() as writer:
        person = writer.put(Person(family_name=NAME, given_names=NAME))
    with caplog.at_level(logging.DEBUG), pytest.raises(StoreError, match="E905") as caught:
        _save_anew(desk, person)
    logging.getLogger("test").error("failed", exc_info=caught.value)
    assert NAME not in told(caught.value) + caplog.text


def _save_anew(desk: Desk, person: Person) -> None:
    """Save a person as new under an identity that is taken: the database refuses it."""
    with desk.writing() as writer:
        writer.put(Person(id=person.id, family_name=NAME))
