"""What the tests of every room share: a folder, a passphrase, a real vault."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from kimdesk import vault as vaults
from kimdesk.texts import speech
from tests.postgresql import postgresql
from tests.remembering import remembering

__all__ = ["postgresql"]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # windows without a display

settings.register_profile("kimdesk", deadline=None, database=None)  # no test fails for being slow
settings.load_profile("kimdesk")

PASSPHRASE = "anker birke dampf eimer falke garten"


@pytest.fixture(scope="session", autouse=True)
def _each_key_is_derived_once() -> Iterator[None]:
    with remembering():
        yield


@pytest.fixture
def passphrase() -> str:
    """The passphrase of every vault the fixtures make."""
    return PASSPHRASE


@pytest.fixture
def vault_folder(tmp_path: Path) -> Path:
    """A place where a vault may be made; nothing is there yet."""
    return tmp_path / "vault"


@pytest.fixture(scope="session")
def vault_template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A closed vault, made once, and its recovery code. Copy it, never open it."""
    folder = tmp_path_factory.mktemp("template") / "vault"
    vault, code = vaults.create(
        folder, PASSPHRASE, name="Kreis Musterland", user="Kim Muster", strength=vaults.Strength.INTERACTIVE
    )
    vault.close()
    return folder, code


@pytest.fixture
def closed_vault(vault_folder: Path, vault_template: tuple[Path, str]) -> Path:
    """The folder of a vault of this test alone, closed."""
    shutil.copytree(vault_template[0], vault_folder)
    return vault_folder


@pytest.fixture
def recovery_code(vault_template: tuple[Path, str]) -> str:
    """The recovery code of the vaults the fixtures make."""
    return vault_template[1]


@pytest.fixture
def vault(closed_vault: Path) -> Iterator[vaults.Vault]:
    """An open, empty vault of this test alone (no tables of the store in it yet)."""
    with vaults.unlock(closed_vault, PASSPHRASE) as vault:
        yield vault


@pytest.fixture(autouse=True)
def _every_text_has_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(key: str) -> str:
        raise AssertionError(f"no text for {key!r}")

    monkeypatch.setattr(speech, "missing", missing)
