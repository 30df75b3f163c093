"""A whole form on the screen: as a column of cards, or as whoever shows it one part at a time."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.forms.sections import section_card
from ui.forms.session import FormSession
from ui.forms.stations import Station
from ui.kit.base import spaced


class FormBody(QWidget):
    """What shows a form; one that shows it in parts moves between stations.

    ``moved`` after another station was chosen; ``goal_wanted`` carries the life domain a goal is made from;
    ``finished`` when the last station is left behind.
    """

    moved = Signal()
    goal_wanted = Signal(str)
    finished = Signal()

    def __init__(self, session: FormSession) -> None:
        super().__init__()
        self.session = session

    @property
    def station(self) -> Station | None:
        """Return the station on the screen, None when the whole form is."""
        return None

    def renew(self) -> None:
        """Show how far each part is."""

    def focus_path(self, path: str) -> bool:
        """Put the keyboard into the field at ``path``; return whether it is shown."""
        return self.session.focus(path)


class FormView(FormBody):
    """All sections of a form below one another."""

    def __init__(self, session: FormSession) -> None:
        super().__init__(session)
        column = QVBoxLayout(self)
        spaced(column, 12)
        for section in session.model.definition.sections:
            column.addWidget(section_card(session, section))
        column.addStretch(1)
