"""Trying a backup of an earlier key: that needs the passphrase of its day."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.passphrase import PassphraseField

if TYPE_CHECKING:
    from kimdesk.casework.backups import Drill

Failed = Callable[[Explanation], object]


class DrillDialog(Dialog):
    """Asks for the passphrase and stays open when it is wrong."""

    def __init__(
        self,
        parent: QWidget,
        try_out: "Callable[[str, Callable[[Drill], object], Failed], None]",
        done: "Callable[[Drill], object]",
    ) -> None:
        super().__init__(parent, say("backup.try_this_backup"), accept=say("backup.restore_on_trial"))
        self._try_out = try_out
        self._tell = done
        self.add_text(say("backup.belongs_earlier_key_vault_trying"))
        self._passphrase = PassphraseField(say("backup.passphrase_of_that_day"))
        self._passphrase.setObjectName("drill_passphrase")
        self._passphrase.textChanged.connect(lambda text: self.set_busy(not text))
        self.body.addWidget(FieldBox(say("backup.passphrase_of_that_day"), self._passphrase))
        self.set_busy(True)

    def accept(self) -> None:
        """Try it."""
        self.set_busy(True)
        self.set_problem(None)
        self._try_out(self._passphrase.text(), self._done, self._refused)

    def _done(self, drill: "Drill") -> None:
        super().accept()
        self._tell(drill)

    def _refused(self, told: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(told)
