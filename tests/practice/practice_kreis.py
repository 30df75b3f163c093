"""A small practice Kreis, made once for all tests: six of its desks, few cases, three rounds."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from kimdesk.casework.desk import Desk
from kimdesk.practice.kreis.making import make
from kimdesk.practice.kreis.plan import PracticeExtent
from tests.conftest import PASSPHRASE

NOW: Final = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
PLACES: Final = ("Talheide", "Eschenried", "Lippbrück", "Moorfeld", "Sankt Bernd", "Brinkhorst")
SMALL: Final = PracticeExtent(PLACES, cases=0.12, rounds=3)


@pytest.fixture(scope="session")
def practice_kreis_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed Kreis vault. Copy it, never open it."""
    folder = tmp_path_factory.mktemp("practice") / "kreis"
    office, _ = make(folder, PASSPHRASE, now=NOW, scale=SMALL)
    office.close()
    return folder


@pytest.fixture
def practice_kreis(practice_kreis_template: Path, tmp_path: Path) -> Iterator[Desk]:
    """The small practice Kreis, for this test alone."""
    folder = tmp_path / "practice_kreis"
    shutil.copytree(practice_kreis_template, folder)
    with Desk.unlock(folder, PASSPHRASE, accept_older=True) as office:
        yield office
