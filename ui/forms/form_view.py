"""A whole form as a column of cards."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.forms.sections import section_card
from ui.forms.session import FormSession
from ui.kit.base import spaced


class FormView(QWidget):
    """All sections of a form below one another."""

    def __init__(self, session: FormSession) -> None:
        super().__init__()
        self.session = session
        column = QVBoxLayout(self)
        spaced(column, 12)
        for section in session.model.definition.sections:
            column.addWidget(section_card(session, section))
        column.addStretch(1)

    def focus_path(self, path: str) -> bool:
        """Put the keyboard into the field at ``path``; return whether it is shown."""
        return self.session.focus(path)
