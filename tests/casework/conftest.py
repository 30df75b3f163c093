"""A desk of its own for each test, on a real vault."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kimdesk.casework import cases
from kimdesk.casework.desk import Desk
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import Case, Person
from kimdesk.vault import Strength


@pytest.fixture(scope="session")
def desk_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed, empty desk, made once. Copy it, never open it."""
    folder = tmp_path_factory.mktemp("desk") / "vault"
    desk, _ = Desk.create(
        folder,
        "anker birke dampf eimer falke garten",
        name="Gemeinde Eschenried",
        user="Miriam Kessler",
        municipalities=("05999001", "05999002"),
        strength=Strength.INTERACTIVE,
    )
    desk.close()
    return folder


@pytest.fixture
def desk_folder(tmp_path: Path, desk_template: Path) -> Path:
    """The folder of a closed desk of this test alone."""
    folder = tmp_path / "desk"
    shutil.copytree(desk_template, folder)
    return folder


@pytest.fixture
def desk(desk_folder: Path, passphrase: str) -> Iterator[Desk]:
    """An open, empty desk of this test alone."""
    with Desk.unlock(desk_folder, passphrase) as desk:
        yield desk


@pytest.fixture
def case(desk: Desk) -> Case:
    """A case of Amna Osman."""
    client = Person(family_name="Osman", given_names="Amna", birth_date=PartialDate(1992, 5, 3))
    return cases.open_new(desk, client)
