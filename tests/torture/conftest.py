"""What the torture tests share."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.colleagues_kit import colleagues_template
from tests.sync.exchange import exchange, exchange_template
from tests.torture.quick import quicken

__all__ = ["colleagues_template", "exchange", "exchange_template"]

_MEMORY = Path("/dev/shm")


@pytest.fixture
def fast(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: for tests that do not need a real disk to be slow."""
    if not _MEMORY.is_dir():
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(dir=_MEMORY))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def quick_template(exchange_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The vaults of ``exchange_template``, whose passphrases open them ``quick.quickly``."""
    home = tmp_path_factory.mktemp("quick") / "home"
    shutil.copytree(exchange_template, home)
    quicken(home / "desk")
    quicken(home / "kreis")
    return home
