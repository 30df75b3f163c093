"""A new case: who comes? Similar persons are shown before anything is created."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from kimdesk.casework import cases, people
from kimdesk.casework.people import Match
from kimdesk.catalogue.messages import Explanation
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.naming import list_name
from kimdesk.domain.records import Case, Person
from ui.context import Context
from ui.forms.dates import read_partial
from ui.kit.buttons import quiet
from ui.kit.cards import CardItem, CardList
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.text import tr

TYPING_PAUSE = 250  # milliseconds
MOST = 4
LETTERS = 2  # one letter finds half the town


class NewCaseDialog(Dialog):
    """Asks for a name; ``opened`` carries the target of the case, a new one or one that was found."""

    opened = Signal(str)

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent, tr("Who comes to you?"), accept=tr("Open new case"))
        self._context = context
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE)
        self._pause.timeout.connect(self._look)
        self._family = self._field("family_name", tr("Family name"))
        self._given = self._field("given_names", tr("Given names"))
        help_text = tr("Day, month or only the year, as far as it is known.")
        self._birth = self._field("birth_date", tr("Date of birth"), help_text)
        self._ags = self._municipality()
        words = tr("Perhaps already known – please compare first")
        self._found_title = Text(words, "label", "warn", wrap=True)
        self._found_title.hide()
        self.body.addWidget(self._found_title)
        self._found = CardList()
        self._found.setObjectName("similar_persons")
        self._found.acted.connect(lambda key, _: self._open(key))
        self.body.addWidget(self._found)
        nameless = quiet(tr("Begin without a name"))
        nameless.setObjectName("begin_anonymous")
        nameless.setToolTip(tr("For anonymous counselling: the name can be added later."))
        nameless.clicked.connect(lambda: self._create(None))
        self.button_row.insertWidget(0, nameless)

    def accept(self) -> None:
        """Create the case; a name is asked for, a wrong date is said at its field."""
        person = self._person()
        if person is not None:
            self._create(person)

    def _create(self, person: Person | None) -> None:
        desk, ags = self._context.desk, str(self._ags.currentData() or "")
        self.set_busy(True)
        self._context.work.write(
            lambda: cases.open_new(desk, person, ags=ags), self._created, self._refused, owner=self
        )

    def _created(self, case: Case) -> None:
        super().accept()
        self.opened.emit(f"case:{case.id}")

    def _refused(self, told: Explanation) -> None:
        self.set_busy(False)
        self.set_problem(told)

    def _names(self) -> tuple[str, str]:
        return self._editor(self._family).text().strip(), self._editor(self._given).text().strip()

    def _person(self) -> Person | None:
        family, given = self._names()
        self._family.set_error(None if family or given else tr("Please enter at least one name."))
        born, readable = self._born()
        self._birth.set_error(None if readable else tr("Please write 24.11.1990, 11.1990 or 1990."))
        if not readable or not (family or given):
            return None
        return Person(family_name=family, given_names=given, birth_date=born)

    def _born(self) -> tuple[PartialDate | None, bool]:
        text = self._editor(self._birth).text().strip()
        try:
            return (read_partial(text) if text else None), True
        except ValueError:
            return None, False

    def _look(self) -> None:
        family, given = self._names()
        born, _ = self._born()
        desk = self._context.desk
        if len(family) + len(given) < LETTERS:
            self._show(())
            return
        self._context.work.read(lambda: people.similar(desk, family, given, born), self._show, owner=self)

    def _show(self, matches: tuple[Match, ...]) -> None:
        known = [match for match in matches if match.case_ids][:MOST]
        self._found_title.setVisible(bool(known))
        self._found.set_cards([_card(match) for match in known])
        self.fit()

    def _open(self, key: str) -> None:
        super().reject()
        self.opened.emit(f"case:{key}")

    def _field(self, name: str, label: str, help_text: str = "") -> FieldBox:
        editor = QLineEdit()
        editor.setObjectName(f"new_{name}")
        editor.textChanged.connect(lambda _: self._pause.start())
        box = FieldBox(label, editor, help_text)
        self.body.addWidget(box)
        return box

    def _editor(self, box: FieldBox) -> QLineEdit:
        assert isinstance(box.editor, QLineEdit)  # noqa: S101 - made so in _field
        return box.editor

    def _municipality(self) -> QComboBox:
        """Return where the person lives, asked only where the desk works for several municipalities."""
        known = self._context.desk.municipalities
        box = QComboBox()
        box.setObjectName("new_ags")
        for ags in known:
            box.addItem(tr("Municipality {ags}", ags=ags), ags)
        field = FieldBox(tr("Municipality"), box)
        field.setVisible(len(known) > 1)
        self.body.addWidget(field)
        return box


def _card(match: Match) -> CardItem:
    person = match.person
    born = person.birth_date.german() if person.birth_date else tr("date of birth unknown")
    return CardItem(
        key=match.case_ids[0],
        title=list_name(person) or tr("without name"),
        text=f"{born} · {', '.join(match.why)}",
        icon="user",
        actions=(("open", tr("Open this case")),),
    )
