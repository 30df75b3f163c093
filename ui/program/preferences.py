"""What the program remembers about itself on this computer: look, idle time, where vaults lie.

Never anything about a case. It lies in clear in the configuration folder of the user
(``KIMDESK_HOME`` names another place).
"""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from ui.program import stored

Look = Literal["system", "light", "dark"]
ZOOMS = (1.0, 1.25, 1.5, 1.75, 2.0)
IDLE_MINUTES = (1, 2, 5, 10, 15)
_MOST_VAULTS = 8


class KnownVault(NamedTuple):
    """A vault that was opened here: its folder, the desk's name, when (UTC), since when it is a restored one.

    ``restored`` is the moment (ISO, UTC) while nobody else knows that it is one: two of a name look the same.
    """

    folder: str
    name: str = ""
    opened: str = ""
    restored: str = ""

    @property
    def opened_at(self) -> datetime | None:
        """Return when it was last opened, in local time."""
        return datetime.fromisoformat(self.opened).astimezone() if self.opened else None

    @property
    def restored_on(self) -> date | None:
        """Return the local day on which it was restored, None when it was not or everybody knows."""
        return datetime.fromisoformat(self.restored).astimezone().date() if self.restored else None

    @property
    def is_there(self) -> bool:
        """Whether its folder can be gone to; one that is closed to us is there, and unlocking says so."""
        try:
            return Path(self.folder).is_dir()
        except PermissionError:
            return True
        except (OSError, ValueError):
            return False


class Preferences(NamedTuple):
    """The settings of this computer.

    ``places`` are the folders used last, by purpose; ``drives`` (where each begins, its kind) those that the
    person has said to be disks of this computer.
    """

    look: Look = "system"
    zoom: float = 1.0
    idle_minutes: int = 5
    vaults: tuple[KnownVault, ...] = ()
    places: Mapping[str, str] = MappingProxyType({})
    hide_from_capture: bool = True
    drives: tuple[tuple[str, str], ...] = ()

    def place(self, purpose: str) -> Path | None:
        """Return the folder used last for ``purpose`` (``handover``, ``inbox``, ``receipts``)."""
        return Path(self.places[purpose]) if purpose in self.places else None

    def placed(self, purpose: str, folder: Path) -> "Preferences":
        """Return the settings with ``folder`` as the one used last for ``purpose``."""
        return self._replace(places={**self.places, purpose: str(folder)})

    def known(self, folder: Path) -> KnownVault:
        """Return what is known about the vault in ``folder``."""
        return next((vault for vault in self.vaults if vault.folder == str(folder)), KnownVault(str(folder)))

    def remember(self, vault: KnownVault) -> "Preferences":
        """Return the settings with ``vault`` as the one used last."""
        others = [each for each in self.vaults if each.folder != vault.folder]
        return self._replace(vaults=(vault, *others)[:_MOST_VAULTS])

    def opened(self, folder: Path, name: str) -> "Preferences":
        """Return the settings after the vault in ``folder`` was opened just now."""
        moment = datetime.now(UTC).replace(microsecond=0).isoformat()
        return self.remember(KnownVault(str(folder), name, moment, self.known(folder).restored))

    def restored(self, folder: Path, at: datetime | None) -> "Preferences":
        """Return the settings with the vault in ``folder`` marked as restored ``at``, or no longer."""
        moment = at.replace(microsecond=0).isoformat() if at else ""
        marked = self.known(folder)._replace(restored=moment)
        vaults = (marked if one.folder == marked.folder else one for one in self.vaults)
        return self._replace(vaults=tuple(vaults))


class Keeper:
    """Holds the settings in force, writes them when they change, and tells who listens.

    ``broken`` names the parts that could not be used when they were read, ``aside`` the file they are in now.
    """

    def __init__(self, preferences: Preferences | None = None) -> None:
        self.broken: tuple[str, ...] = ()
        self.aside: Path | None = None
        self._listeners: list[Callable[[Preferences], None]] = []
        if preferences is not None:
            self.current = preferences
            return
        self.current, self.broken = _read()
        if self.broken:
            self.aside = stored.set_aside(_path())
            with suppress(OSError):
                save(self.current)

    def listen(self, listener: Callable[[Preferences], None]) -> None:
        """Call ``listener`` with the new settings after each change."""
        self._listeners.append(listener)

    def change(self, preferences: Preferences) -> None:
        """Take and write ``preferences``; a disk that refuses only costs the memory of them."""
        if preferences == self.current:
            return
        self.current = preferences
        with suppress(OSError):
            save(preferences)
        for listener in self._listeners:
            listener(preferences)


def load() -> Preferences:
    """Return the settings; what cannot be read is as on a new computer."""
    return _read()[0]


def save(preferences: Preferences) -> None:
    """Write the settings, whole or not at all. Raises OSError when the disk refuses."""
    import json

    from kimdesk.domain.files import write_atomically

    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, json.dumps(_plain(preferences), indent=1).encode())


def data_folder() -> Path:
    """Return the folder where new vaults are proposed."""
    if home := os.environ.get("KIMDESK_HOME"):
        return Path(home) / "vaults"
    from platformdirs import user_data_path

    return user_data_path("KIMdesk", appauthor=False)


def _read() -> tuple[Preferences, tuple[str, ...]]:
    found = stored.read(_path())
    vaults = tuple(KnownVault(*each) for each in found.values.pop("vaults", ())[:_MOST_VAULTS])
    return Preferences(**found.values, vaults=vaults), found.broken


def _plain(preferences: Preferences) -> dict[str, Any]:
    vaults = [vault._asdict() for vault in preferences.vaults]
    return {**preferences._asdict(), "vaults": vaults, "places": dict(preferences.places)}


def settings_folder() -> Path:
    """Return the folder where the program remembers things about itself."""
    if home := os.environ.get("KIMDESK_HOME"):
        return Path(home)
    from platformdirs import user_config_path

    return user_config_path("KIMdesk", appauthor=False)


def _path() -> Path:
    return settings_folder() / "kimdesk.json"
