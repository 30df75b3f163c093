"""A vault with the store's tables in it."""

from datetime import date

import pytest
from sqlalchemy import Engine

from kimdesk.domain.records import Case, Person
from kimdesk.store.schema import migrate
from kimdesk.store.work import writing
from kimdesk.vault import Vault


@pytest.fixture
def engine(vault: Vault) -> Engine:
    """The engine of an open vault with an empty store."""
    migrate(vault.engine)
    return vault.engine


@pytest.fixture
def case(engine: Engine) -> Case:
    """A stored case without anyone in it."""
    with writing(engine, "Kim Muster") as writer:
        return writer.put(Case(opened_on=date(2026, 3, 2), file_number="ESR-2026-001", ags="05999001"))


@pytest.fixture
def person(engine: Engine) -> Person:
    """A stored person."""
    with writing(engine, "Kim Muster") as writer:
        return writer.put(Person(family_name="Osman", given_names="Amna"))
