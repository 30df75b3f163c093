"""The head of the case page: name, badges, household, the phases, the button for a contact.

With large text it is one line: what is not needed at every moment opens below it.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kimdesk.domain.custody import CaseStanding, Custody
from kimdesk.texts import say
from ui.case.heading import BadgeText, Heading
from ui.forms.flow import FlowBox
from ui.kit.badge import Badge
from ui.kit.base import clear, spaced
from ui.kit.buttons import Button, quiet, secondary
from ui.kit.popup import Menu
from ui.kit.sign import Sign
from ui.kit.step_line import StepLine
from ui.kit.stepper import Stepper
from ui.kit.text import Text
from ui.program import keys
from ui.theme import theme


class CaseHeader(QWidget):
    """Shows a heading; with large text only the plan shows more than the name.

    ``note_contact``, ``phase_chosen`` and ``decide`` (between two versions) when pressed; ``acted`` carries
    an entry of the menu.
    """

    note_contact = Signal()
    phase_chosen = Signal(str)
    acted = Signal(str)
    decide = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._compact: bool | None = None
        self._undecided = _undecided_button(self)
        self._undecided.clicked.connect(self.decide)
        stacked = theme().stacked
        column = QVBoxLayout(self)
        spaced(column, 8, (20, 4, 20, 4) if stacked else (20, 12, 20, 0))
        self._row = row = QHBoxLayout()
        spaced(row, 8)
        row.addWidget(self._identity(), 1)
        if stacked:
            row.addWidget(self._details_button())
        for button in (
            self._contact_button(),
            self._papers_button(),
            self._screen_button(),
            self._menu_button(),
        ):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addWidget(self._caution_line())
        self.stepper: Stepper | StepLine = StepLine() if stacked else Stepper()
        self.stepper.setObjectName("phase_stepper")
        self.stepper.chosen.connect(self.phase_chosen)
        column.addWidget(self._line if stacked else self.stepper)
        if stacked:
            column.addWidget(self._undecided, 0, Qt.AlignmentFlag.AlignLeft)

    def show_heading(self, heading: Heading) -> None:
        """Show ``heading``."""
        self._name.setText(heading.name)
        self._note.setText(heading.note)
        self._household.setText(heading.household)
        self._caution.setText(heading.caution)
        self._caution_row.setVisible(bool(heading.caution))
        self._show_badges(heading.badges)
        self.stepper.set_steps(heading.steps)

    def show_undecided(self, versions: int) -> None:
        """Say how many versions wait for a decision; none hides it."""
        self._undecided.setText(say("case.n_versions_to_decide", n=versions))
        self._undecided.setVisible(versions > 0)

    def show_standing(self, standing: CaseStanding) -> None:
        """Offer what may be done with a case that stands so; the notice above the tabs says why."""
        self._note_contact.setVisible(not standing.read_only)
        never = {
            "hand_over": standing.custody is Custody.COVERING,
            "cover": standing.custody is Custody.PASSED_ON,
        }
        for key, action in self._menu.items():
            action.setVisible(not never.get(key, standing.read_only))

    def set_compact(self, compact: bool) -> None:
        """Keep only the name, unless the hand opens the rest: what stands below needs the room."""
        if theme().stacked and compact is not self._compact:
            self._compact = compact
            self._details.setChecked(not compact)
            self._line.setVisible(not compact)

    def add_switch(self, widget: QWidget) -> None:
        """Put ``widget`` into the line, after the name."""
        self._row.insertWidget(1, widget)

    def add_line(self, widget: QWidget) -> None:
        """Put ``widget`` below everything."""
        self.layout().addWidget(widget)  # type: ignore[union-attr]

    def _identity(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        spaced(column, 4)
        column.addStretch(1)
        self._line = FlowBox(10)
        self._name = Text("", "section", wrap=True) if theme().stacked else Text("", "person")
        self._name.setObjectName("case_name")
        self._note = Text("", "body", "text-2")
        self._note.setObjectName("case_note")
        if theme().stacked:
            column.addWidget(self._name)
        else:
            column.addWidget(self._line)
        self._household = Text("", "table", "text-2", wrap=True)
        self._household.setObjectName("case_household")
        self._household.setVisible(not theme().stacked)
        column.addWidget(self._household)
        column.addStretch(1)
        return holder

    def _caution_line(self) -> QWidget:
        self._caution_row = QWidget()
        row = QHBoxLayout(self._caution_row)
        spaced(row, 6)
        self._caution = Text("", "strong", "warn", wrap=True)
        self._caution.setObjectName("case_caution")
        row.addWidget(Sign("warning", "warn"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._caution, 1)
        self._caution_row.hide()
        return self._caution_row

    def _show_badges(self, badges: Sequence[BadgeText]) -> None:
        flow = self._line.flow
        lasting = (self.stepper, self._note) if theme().stacked else (self._name, self._note)
        for widget in (*lasting, self._undecided):
            flow.removeWidget(widget)
        clear(flow)
        for widget in (*lasting, *(Badge(one.text, one.tone, one.icon) for one in badges)):
            flow.addWidget(widget)
        if not theme().stacked:
            flow.addWidget(self._undecided)
            self._line.updateGeometry()
            return
        loud = next((one for one in badges if one.tone == "bad"), None)
        self._details.set_icon(loud.icon if loud else "identification-card")
        words = [say("case.phase_and_signs"), *([loud.text] if loud else [])]
        self._details.setAccessibleName(", ".join(words))
        self._details.setToolTip(", ".join(words))
        self._line.updateGeometry()

    def _details_button(self) -> QWidget:
        self._details = button = _small("identification-card", say("case.phase_and_signs"), "case_details")
        button.setCheckable(True)
        button.clicked.connect(self._line.setVisible)
        return button

    def _contact_button(self) -> QWidget:
        words, icon = say("common.note_a_contact"), "note-pencil"
        narrow = theme().stacked
        self._note_contact = button = _small(icon, words, "") if narrow else secondary(words, icon)
        button.setObjectName("note_contact")
        button.setToolTip(f"{words} (Strg + Umschalt + K)" if narrow else "Strg + Umschalt + K")
        button.clicked.connect(self.note_contact)
        return button

    def _screen_button(self) -> QWidget:
        button = _small("presentation", say("case.show_the_client_screen"), "show_client_screen")
        button.clicked.connect(lambda: self.acted.emit("client_screen"))
        return button

    def _papers_button(self) -> QWidget:
        button = _small("printer", say("papers.of_the_case"), "case_papers")
        button.setToolTip(f"{say('papers.of_the_case')} ({keys.words('papers')})")
        button.clicked.connect(lambda: self.acted.emit("papers"))
        return button

    def _menu_button(self) -> QWidget:
        button = _small("dots-three", say("case.more_for_this_case"), "case_menu")
        menu = Menu(button)
        self._menu: dict[str, QAction] = {}
        for key, words in (
            ("finding", say("case.structural_finding")),
            ("follow_up", say("case.deadline_or_appointment")),
            ("deadline", say("case.work_out_a_deadline")),
            ("case", say("case.edit_file_number_municipality")),
            ("hand_over", say("passing.hand_over_case")),
            ("cover", say("passing.cover")),
            ("close", say("case.close_or_reopen_case")),
        ):
            self._menu[key] = action = menu.addAction(words)
            action.setObjectName(f"menu_{key}")
            action.triggered.connect(lambda _=False, key=key: self.acted.emit(key))
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
        return button


def _small(icon: str, words: str, name: str) -> Button:
    """Return a button that shows its icon alone."""
    button = secondary("", icon)
    button.setObjectName(name)
    button.setFixedWidth(theme().px(36))
    button.setStyleSheet("padding: 0;")
    button.setAccessibleName(words)
    button.setToolTip(words)
    return button


def _undecided_button(parent: QWidget) -> QPushButton:
    button = quiet("", "warning", size="inline")
    button.setObjectName("undecided")
    button.setParent(parent)
    button.hide()
    return button
