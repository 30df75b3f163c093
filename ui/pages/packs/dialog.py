"""Before a pack is taken over: from whom, from when, what it changes field by field."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from kimdesk.domain.dates import today
from kimdesk.texts import say
from kimdesk.texts.packs import until
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.kit.dialog import Dialog
from ui.kit.state import Notice
from ui.kit.text import Text
from ui.pages.packs.differences import DifferenceList
from ui.pages.packs.presenter import OpenedPack, PackPresenter

_WIDTH = 760


class PackDialog(Dialog):
    """Shows what ``opened`` changes and takes it over when asked to; ``taken`` is told then."""

    def __init__(
        self, parent: QWidget, context: Context, presenter: PackPresenter, opened: OpenedPack,
        taken: Callable[[OpenedPack], None],
    ) -> None:  # fmt: skip
        pack, found = opened.offer.pack, opened.offer.differences
        question = say("packs.take_over", kreis=pack.kreis_name, version=pack.version)
        super().__init__(parent, question, accept=say("packs.take"))
        self.setObjectName("pack_dialog")
        self._presenter, self._opened, self._taken = presenter, opened, taken
        day = today()
        self.widen(_WIDTH)
        begins = "packs.from_day_on" if pack.first_day > day else "packs.from_now_on"
        told = say(begins, day=pack.first_day, until=until(pack.last_day, day))
        self.body.addWidget(Text(told, wrap=True))
        if pack.note:
            note = Notice("tint", say("packs.word_of_the_kreis"), pack.note, "chat-text")
            note.setObjectName("pack_note")
            self.body.addWidget(note)
        self.body.addWidget(Text(say("packs.differences", n=len(found)), "strong", wrap=True))
        self._list = DifferenceList()
        self._list.show_differences(found, context.catalogue)
        self.body.addWidget(self._list)
        self.add_text(say("packs.what_was_made_stays"))

    def accept(self) -> None:
        """Take the pack over; the dialog stays when that is refused."""
        self.set_busy(True)
        self._presenter.take(self, self._opened.data, self._done, self._refused)

    def _done(self, _: object) -> None:
        super().accept()
        self._taken(self._opened)

    def _refused(self, told: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(told)
