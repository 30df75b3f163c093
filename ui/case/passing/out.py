"""What becomes of an offer or a cover that is out."""

from kimdesk.domain.custody import CaseStanding, Custody
from kimdesk.texts import say
from kimdesk.texts.passing import told
from ui.case.editing import Editing
from ui.case.passing.files import PassageFiles
from ui.kit.buttons import secondary
from ui.kit.dialog import Dialog


class OutDialog(Dialog):
    """What becomes of an offer or a cover that is out: write it again, or end it."""

    def __init__(self, editing: Editing, standing: CaseStanding) -> None:
        super().__init__(editing.page, say("passing.offer_is_out"), accept=say("passing.write_again"))
        self.setObjectName("out_dialog")
        self._writing = PassageFiles(editing, standing, self)
        self.add_text(told(standing))
        lent = standing.custody is Custody.LENT
        end = secondary(say("passing.end_waiting") if lent else say("passing.withdraw"))
        end.setObjectName("end_passage")
        end.clicked.connect(self._writing.recall if lent else self._writing.withdraw)
        self.button_row.insertWidget(0, end)

    def accept(self) -> None:
        """Write the same once more."""
        self._writing.again()
