"""The head of the case page: name, badges, household, the phases, the button for a contact."""

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
from ui.kit.buttons import quiet, secondary
from ui.kit.popup import Menu
from ui.kit.sign import Sign
from ui.kit.stepper import Stepper
from ui.kit.text import Text
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
        self._badges: list[Badge] = []
        self._undecided = _undecided_button(self)
        self._undecided.clicked.connect(self.decide)
        column = QVBoxLayout(self)
        spaced(column, 8, (20, 12, 20, 0))
        row = QHBoxLayout()
        spaced(row, 8)
        row.addWidget(self._identity(), 1)
        row.addWidget(self._contact_button(), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._screen_button(), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._menu_button(), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addWidget(self._caution_line())
        if theme().stacked:  # large text: the badges need the whole width
            self._badge_line = FlowBox(10)
            column.addWidget(self._badge_line)
        self.stepper = Stepper()
        self.stepper.setObjectName("phase_stepper")
        self.stepper.chosen.connect(self.phase_chosen)
        column.addWidget(self.stepper)

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
        """Keep only the name: what stands below needs the room."""
        self.stepper.setVisible(not compact)
        for badge in self._badges:
            badge.setVisible(not compact)

    def _identity(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        spaced(column, 4)
        self._line = FlowBox(10)
        self._name = Text("", "person")
        self._name.setObjectName("case_name")
        self._note = Text("", "body", "text-2")
        self._note.setObjectName("case_note")
        column.addWidget(self._line)
        self._badge_line = self._line
        self._household = Text("", "table", "text-2", wrap=True)
        self._household.setObjectName("case_household")
        self._household.setVisible(not theme().stacked)
        column.addWidget(self._household)
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
        for widget in (self._name, self._note):
            flow.removeWidget(widget)
        self._badge_line.flow.removeWidget(self._undecided)
        clear(flow)
        for widget in (self._name, self._note):
            flow.addWidget(widget)
        self._badges = [Badge(one.text, one.tone, one.icon) for one in badges]
        if self._badge_line is not self._line:
            clear(self._badge_line.flow)
        for badge in self._badges:
            self._badge_line.flow.addWidget(badge)
        self._badge_line.flow.addWidget(self._undecided)
        self._line.updateGeometry()
        self._badge_line.updateGeometry()

    def _contact_button(self) -> QWidget:
        self._note_contact = button = secondary(say("common.note_a_contact"), "note-pencil")
        button.setObjectName("note_contact")
        button.setToolTip("Strg + Umschalt + K")
        button.clicked.connect(self.note_contact)
        return button

    def _screen_button(self) -> QWidget:
        button = secondary("", "presentation")
        button.setObjectName("show_client_screen")
        button.setFixedWidth(theme().px(36))
        button.setStyleSheet("padding: 0;")
        button.setAccessibleName(say("case.show_the_client_screen"))
        button.setToolTip(say("case.show_the_client_screen"))
        button.clicked.connect(lambda: self.acted.emit("client_screen"))
        return button

    def _menu_button(self) -> QWidget:
        button = secondary("", "dots-three")
        button.setObjectName("case_menu")
        button.setFixedWidth(theme().px(36))
        button.setStyleSheet("padding: 0;")
        button.setAccessibleName(say("case.more_for_this_case"))
        button.setToolTip(say("case.more_for_this_case"))
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


def _undecided_button(parent: QWidget) -> QPushButton:
    button = quiet("", "warning", size="inline")
    button.setObjectName("undecided")
    button.setParent(parent)
    button.hide()
    return button
