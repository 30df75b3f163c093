"""A new case: who comes? Similar persons are shown before anything is created."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from kimdesk.casework import cases, people
from kimdesk.casework.people import Match
from kimdesk.catalogue.messages import Explanation
from kimdesk.domain.dates import PartialDate
from kimdesk.domain.records import Case, Person
from ui.context import Context
from ui.forms.dates import read_partial
from ui.kit.base import spaced
from ui.kit.buttons import quiet
from ui.kit.cards import CardItem, CardList
from ui.kit.dialog import Dialog
from ui.kit.field import FieldBox
from ui.kit.text import Text
from ui.text import tr

TYPING_PAUSE = 250  # milliseconds
MOST = 4


class NewCaseDialog(Dialog):
    """Asks for a name; ``opened`` carries the target of the case, a new one or one that was found."""

    opened = Signal(str)

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent, tr("Who comes to you?"), accept=tr("Open new case"))
        self._context = context
        self._fields = {
            "family_name": QLineEdit(),
            "given_names": QLineEdit(),
            "birth_date": QLineEdit(),
        }
        labels = {
            "family_name": (tr("Family name"), ""),
            "given_names": (tr("Given names"), ""),
            "birth_date": (tr("Date of birth"), tr("Day, month or only the year, as far as it is known.")),
        }
        self._boxes = {}
        for name, editor in self._fields.items():
            editor.setObjectName(f"new_{name}")
            self._boxes[name] = FieldBox(labels[name][0], editor, labels[name][1])
            self.body.addWidget(self._boxes[name])
            editor.textChanged.connect(lambda _: self._pause.start())
        self._found_title = Text(tr("Perhaps already known – please compare first"), "label", "warn", wrap=True)
        self._found_title.hide()
        self.body.addWidget(self._found_title)
        self._found = CardList()
        self._found.setObjectName("similar_persons")
        self._found.acted.connect(lambda key, _: self._open(key))
        self.body.addWidget(self._found)
        self._ags = _Municipality(context.desk.municipalities)
        self.body.insertWidget(len(self._boxes), self._ags)
        nameless = quiet(tr("Begin without a name"))
        nameless.setObjectName("begin_anonymous")
        nameless.setToolTip(tr("For anonymous counselling: the name can be added later."))
        nameless.clicked.connect(lambda: self._create(None))
        self.button_row.insertWidget(0, nameless)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE)
        self._pause.timeout.connect(self._look)

    def accept(self) -> None:
        """Create the case; a name is asked for, a wrong date is said at its field."""
        person = self._person()
        if person is not None:
            self._create(person)

    def _create(self, person: Person | None) -> None:
        desk, ags = self._context.desk, self._ags.value()
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

    def _person(self) -> Person | None:
        family, given = (self._fields[name].text().strip() for name in ("family_name", "given_names"))
        self._boxes["family_name"].set_error(None if family or given else tr("Please enter at least one name."))
        born, readable = self._born()
        self._boxes["birth_date"].set_error(None if readable else tr("Please write 24.11.1990, 11.1990 or 1990."))
        if not readable or not (family or given):
            return None
        return Person(family_name=family, given_names=given, birth_date=born)

    def _born(self) -> tuple[PartialDate | None, bool]:
        text = self._fields["birth_date"].text().strip()
        try:
            return (read_partial(text) if text else None), True
        except ValueError:
            return None, False

    def _look(self) -> None:
        family, given = (self._fields[name].text().strip() for name in ("family_name", "given_names"))
        born, _ = self._born()
        desk = self._context.desk
        if len(family) + len(given) < 2:  # noqa: PLR2004 - one letter finds half the town
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


class _Municipality(QWidget):
    """Where the person lives, asked only where the desk works for several municipalities."""

    def __init__(self, municipalities: Sequence[str]) -> None:
        super().__init__()
        self._box = QComboBox()
        self._box.setObjectName("new_ags")
        for ags in municipalities:
            self._box.addItem(tr("Municipality {ags}", ags=ags), ags)
        column = QVBoxLayout(self)
        spaced(column)
        column.addWidget(FieldBox(tr("Municipality"), self._box))
        self.setVisible(len(municipalities) > 1)

    def value(self) -> str:
        """Return the municipality (AGS), "" where none is known."""
        return str(self._box.currentData() or "")


def _card(match: Match) -> CardItem:
    person = match.person
    name = f"{person.family_name}, {person.given_names}".strip(", ")
    born = person.birth_date.german() if person.birth_date else tr("date of birth unknown")
    return CardItem(
        key=match.case_ids[0],
        title=name,
        text=f"{born} · {', '.join(match.why)}",
        icon="user",
        actions=(("open", tr("Open this case")),),
    )
