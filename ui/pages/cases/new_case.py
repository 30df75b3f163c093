"""A new case: who comes? Similar persons are shown before anything is created."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from kimdesk.casework import cases
from kimdesk.casework.people import Match
from kimdesk.catalogue.municipalities import municipality_name
from kimdesk.domain.records import Case, Person
from kimdesk.texts import say
from kimdesk.texts.refusals import Explanation
from ui.desk.context import Context
from ui.forms.drafts import Body, DraftKeeper
from ui.forms.who import Who, draft_notice
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.dialog import Dialog
from ui.kit.drop_down import DropDown
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.places import Place

_DRAFT = "dialog:new_case"


class NewCaseDialog(Dialog):
    """Asks for a name; ``opened`` carries the place of the case, a new one or one that was found.

    What is typed and not used stays a draft.
    """

    opened = Signal(object)  # Place

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent, say("cases.who_comes_to_you"), accept=say("cases.open_new_case"))
        self.setObjectName("new_case_dialog")
        self._context = context
        self._who = Who(context, "new", say("cases.open_this_case"), lambda match: bool(match.case_ids))
        self._who.chosen.connect(self._open)
        self._who.reshaped.connect(self.fit)
        self.body.addWidget(self._who)
        self._ags = self._municipality()
        self.body.addWidget(self._anonymous())
        self._draft = DraftKeeper(context, _DRAFT, self._body, self)
        self._who.typed.connect(self._draft.touch)
        self.reject_button.clicked.connect(self._draft.discard)
        self._draft.load(self._take_draft)

    def accept(self) -> None:
        """Create the case; a name is asked for, a wrong date is said at its field."""
        person = self._who.person()
        if person is not None:
            self._create(person)

    def flush(self) -> None:
        """Keep what is typed now (before the desk is locked)."""
        self._who.rest()
        self._draft.flush()

    def done(self, result: int) -> None:
        """Close; what is typed and not used stays a draft."""
        self._draft.flush()
        super().done(result)

    def _create(self, person: Person | None) -> None:
        desk, ags = self._context.desk, str(self._ags.currentData() or "")
        self.set_busy(True)
        self._context.work.write(
            self, lambda: cases.open_new(desk, person, ags=ags), self._created, self._refused
        )

    def _created(self, case: Case) -> None:
        self._draft.discard()
        super().accept()
        self.opened.emit(Place("case", case.id))

    def _refused(self, told: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(told)

    def _open(self, match: Match) -> None:
        self._draft.discard()
        super().reject()
        self.opened.emit(Place("case", match.case_ids[0]))

    def _body(self) -> Body:
        return dict(self._who.texts())

    def _take_draft(self, body: Body | None) -> None:
        if body and not any(self._who.texts().values()):
            self._who.take(body)
            self._draft.settle()
            self.body.insertWidget(0, draft_notice(self._drop))

    def _drop(self) -> None:
        self._who.take({})
        self._draft.discard()

    def _anonymous(self) -> Card:
        """Return the other way, with the one reason to take it."""
        card = Card(tone="sunken")
        card.body.addWidget(
            Text(
                say("cases.nobody_has_give_name_public"),
                "table",
                "text-2",
                wrap=True,
            )
        )
        nameless = quiet(say("cases.begin_without_a_name"), "user")
        nameless.setObjectName("begin_anonymous")
        nameless.clicked.connect(lambda: self._create(None))
        card.body.addWidget(nameless, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _municipality(self) -> DropDown:
        """Return where the person lives, asked only where the desk works for several municipalities."""
        known = self._context.desk.municipalities
        box = DropDown()
        box.setObjectName("new_ags")
        for ags in known:
            box.addItem(municipality_name(ags), ags)
        field = FieldBox(say("cases.municipality"), box)
        field.setVisible(len(known) > 1)
        self.body.addWidget(field)
        return box
