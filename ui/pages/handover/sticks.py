"""Sticks that are plugged in: which there are, and the question which one is meant."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QLocale, QStorageInfo
from PySide6.QtWidgets import QRadioButton, QWidget

from kimdesk.texts import say
from ui.kit.dialog import Dialog

_MOUNTED: Final = {"linux": ("/media/", "/run/media/"), "darwin": ("/Volumes/",)}
_REMOVABLE: Final = 2  # GetDriveTypeW


class Stick(NamedTuple):
    """A stick that is plugged in: its name, and the folder it is reached by."""

    name: str
    folder: Path


def plugged_in() -> tuple[Stick, ...]:
    """Return the sticks that are plugged in and ready, by name."""
    volumes = (one for one in QStorageInfo.mountedVolumes() if one.isReady() and not one.isRoot())
    found = [Stick(one.displayName(), Path(one.rootPath())) for one in volumes if _is_stick(one.rootPath())]
    return tuple(sorted(found))


def free(folder: Path) -> str:
    """Return how much room there is, „74,5 GB“."""
    room = QStorageInfo(str(folder)).bytesAvailable()
    return QLocale().formattedDataSize(room, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


class StickDialog(Dialog):
    """Asks which of several sticks is meant; ``chosen`` gets its folder."""

    def __init__(self, parent: QWidget, sticks: Sequence[Stick], chosen: Callable[[Path], object]) -> None:
        super().__init__(parent, say("exchange.which_stick"), accept=say("exchange.use_this_stick"))
        self.setObjectName("stick_dialog")
        self._chosen = chosen
        self._ways = {one.folder: QRadioButton(_words(one)) for one in sticks}
        for number, button in enumerate(self._ways.values()):
            button.setObjectName(f"stick_{number}")
            button.setChecked(not number)
            self.body.addWidget(button)

    def accept(self) -> None:
        """Hand the chosen stick on."""
        folder = next(each for each, button in self._ways.items() if button.isChecked())
        super().accept()
        self._chosen(folder)


def choose_stick(parent: QWidget, chosen: Callable[[Path], object], none: Callable[[], object]) -> None:
    """Let ``chosen`` have the stick that is plugged in, after asking which when there are several."""
    found = plugged_in()
    if len(found) > 1:
        StickDialog(parent, found, chosen).open()
    elif found:
        chosen(found[0].folder)
    else:
        none()


def _words(one: Stick) -> str:
    return say("exchange.stick_free", name=one.name, folder=str(one.folder), size=free(one.folder))


def _is_stick(root: str) -> bool:
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(root.replace("/", "\\")) == _REMOVABLE)
    return root.startswith(_MOUNTED.get(sys.platform, ()))
