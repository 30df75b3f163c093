"""The card in the settings: which pack this desk works with, another one, and the way back."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from kimdesk.domain.dates import today
from kimdesk.texts import say
from kimdesk.texts.packs import until
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.forms.flow import FlowBox
from ui.kit.base import spaced
from ui.kit.buttons import quiet, secondary
from ui.kit.card import Card
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.pages.handover.medium import PURPOSE
from ui.pages.packs.dialog import PackDialog
from ui.pages.packs.presenter import OpenedPack, PackPresenter

if TYPE_CHECKING:
    from kimdesk.sync.catalogue import PackStanding


class PackCard(Card):
    """What the Kreis gave out and this desk took over."""

    def __init__(self, context: Context) -> None:
        super().__init__(say("packs.master_data"))
        self.setObjectName("packs")
        self._context, self._presenter = context, PackPresenter(context)
        self._problem = Notice("bad")
        self._problem.setObjectName("pack_problem")
        self._problem.hide()
        self._told = Text("", "body", wrap=True)
        self._told.setObjectName("pack_standing")
        self._until = Text("", "table", "text-2", wrap=True)
        column = QVBoxLayout()
        spaced(column, 2)
        column.addWidget(self._told)
        column.addWidget(self._until)
        take = secondary(say("packs.read_in"), "file-arrow-down", size="small")
        take.setObjectName("take_pack")
        take.clicked.connect(self.choose)
        self._back = quiet("", "arrow-counter-clockwise", size="small")
        self._back.setObjectName("pack_back")
        self._back.clicked.connect(self._go_back)
        buttons = FlowBox(8)
        buttons.flow.addWidget(take)
        buttons.flow.addWidget(self._back)
        self.body.addWidget(self._problem)
        self.body.addLayout(column)
        self.body.addWidget(buttons)

    def refresh(self) -> None:
        """Read again where the desk stands."""
        self._presenter.read(self, self._show)

    def choose(self) -> None:
        """Ask for a file and look into it."""
        folder = str(self._context.keeper.current.place(PURPOSE) or "")
        kinds = "KIMdesk (*.kimp);;* (*)"
        name, _ = QFileDialog.getOpenFileName(self, say("packs.read_in"), folder, kinds)
        if name:
            self._presenter.look(self, Path(name), self._ask, self._refused)

    def _ask(self, opened: OpenedPack) -> None:
        self._problem.hide()
        PackDialog(self, self._context, self._presenter, opened, self._taken).open()

    def _taken(self, opened: OpenedPack) -> None:
        pack = opened.offer.pack
        key = "packs.taken_waits" if pack.first_day > today() else "packs.taken_counts"
        self._context.toast(say(key, version=pack.version, day=pack.first_day))
        self.refresh()

    def _go_back(self) -> None:
        self._presenter.go_back(self, self._went_back, self._refused)

    def _went_back(self, now: "PackStanding") -> None:
        version = now.used.version if now.used else 0
        self._context.toast(
            say("packs.back_to", version=version) if version else say("packs.back_to_shipped")
        )
        self._problem.hide()
        self._show(now)

    def _refused(self, told: Explanation) -> None:
        self._problem.explain(told)
        self._problem.show()

    def _show(self, now: "PackStanding") -> None:
        self._back.setVisible(now.back is not None)
        self._back.setText(
            say("packs.use_version", version=now.back) if now.back else say("packs.use_shipped")
        )
        self._until.setVisible(now.used is not None)
        if now.used is None or now.valid_from is None:
            self._told.setText(say("packs.shipped_alone"))
            return
        waits = now.valid_from > today()
        facts = {"kreis": now.used.kreis_name, "version": now.used.version, "day": now.valid_from}
        self._told.setText(say("packs.will_use" if waits else "packs.in_use", **facts))
        self._until.setText(until(now.used.not_after, today()))
        self._until.set_tone("warn" if now.expired else "text-2")
