"""Where the package goes: a stick, a share or a folder, remembered on this computer."""

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from kimdesk.texts import say
from ui.kit.badge import Badge
from ui.kit.base import spaced
from ui.kit.buttons import primary, quiet
from ui.kit.card import Card
from ui.kit.sign import Sign
from ui.kit.stoppable import StoppableBar
from ui.kit.text import Text
from ui.pages.handover.sticks import choose_stick, free
from ui.program.preferences import Keeper

PURPOSE = "handover"


class MediumCard(Card):
    """The chosen folder, the big button, and who can open what it writes."""

    def __init__(self, keeper: Keeper, write: Callable[[Path], None], stop: Callable[[], None]) -> None:
        super().__init__()
        self.setAccessibleName(say("handover.stick_or_folder"))
        self._keeper = keeper
        self._write = write
        self._folder: Path | None = None
        self._something = True
        self.body.addLayout(self._place_row())
        self._button = primary("", size="big")
        self._button.setObjectName("write_package")
        self._button.clicked.connect(self._press)
        self.body.addWidget(self._button)
        self._progress = StoppableBar(say("handover.writing_the_package"), "writing")
        self._progress.stopped.connect(stop)
        self.body.addWidget(self._progress)
        self._for = Text("", "meta", "text-2", wrap=True, center=True)
        self.body.addWidget(self._for)
        self.set_folder(keeper.current.place(PURPOSE))

    def show_target(self, seq: int, kreis: str, *, something: bool) -> None:
        """Name the package and for whom it is sealed; without ``something`` to hand over it waits."""
        self._something = something
        self._button.setText(say("handover.write_package_n", n=seq))
        self._button.setEnabled(something)
        self._for.setText(say("handover.sealed_for_kreis", kreis=kreis))
        self._look()

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the writing is; 0 of 0 when it is over."""
        self._progress.show_far(done, total)
        self._button.setEnabled(total == 0 and self._something)

    def choose(self) -> None:
        """Ask for the folder."""
        name = QFileDialog.getExistingDirectory(
            self, say("handover.choose_stick_or_folder"), str(self._folder or "")
        )
        if name:
            self._keeper.change(self._keeper.current.placed(PURPOSE, Path(name)))
            self.set_folder(Path(name))

    def set_folder(self, folder: Path | None) -> None:
        """Write packages into ``folder`` from now on."""
        self._folder = folder
        self._look()

    def _place_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        spaced(row, 10)
        row.addWidget(Sign("usb", "accent"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        spaced(words, 1)
        self._where = Text("", "strong", wrap=True)
        self._free = Text("", "meta", "text-2", wrap=True)
        words.addWidget(self._where)
        words.addWidget(self._free)
        self._choose_button = quiet(say("handover.choose_stick_or_folder_dialog"), size="inline")
        self._choose_button.setObjectName("choose_folder")
        self._choose_button.clicked.connect(self.choose)
        words.addWidget(self._choose_button, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(words, 1)
        self._state = Badge("")
        row.addWidget(self._state, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _look(self) -> None:
        """Say where the package would go, and whether that is there and can be written to."""
        folder = self._folder
        self._state.setVisible(folder is not None)
        self._free.setVisible(folder is not None)
        if folder is None:
            self._where.setText(say("handover.no_stick_or_folder_chosen"))
            return
        self._where.setText(folder.name or str(folder))
        self._where.setToolTip(str(folder))
        if not folder.is_dir():
            self._state.set(say("handover.not_there"), "warn", "warning")
            self._free.setText(say("handover.put_stick_or_choose_another"))
            return
        self._free.setText(say("handover.size_free", size=free(folder)))
        ready = os.access(folder, os.W_OK)
        self._state.set(
            say("handover.ready") if ready else say("handover.read_only"),
            "ok" if ready else "bad",
            "check" if ready else "overdue",
        )

    def _press(self) -> None:
        if self._folder is not None and self._folder.is_dir():
            self._write_into(self._folder)
        else:
            choose_stick(self, self._use, self._no_stick)

    def _use(self, folder: Path) -> None:
        self._keeper.change(self._keeper.current.placed(PURPOSE, folder))
        self.set_folder(folder)
        self._write_into(folder)

    def _write_into(self, folder: Path) -> None:
        self.show_progress(0, 1)
        self._write(folder)

    def _no_stick(self) -> None:
        """Say that there is none: a folder that was chosen is missing, or one is asked for."""
        if self._folder is None:
            self.choose()
        if self._folder is not None:
            self._write_into(self._folder)
            return
        self._free.setText(say("exchange.no_stick"))
        self._free.show()
