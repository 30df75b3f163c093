"""The first question: what KIMdesk is needed for here."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit.base import spaced
from ui.kit.choice_card import ChoiceCard
from ui.kit.text import Text
from ui.text import tr


class StartStep(QWidget):
    """Five ways on; ``chosen`` carries ``desk``, ``kreis``, ``practice``, ``existing`` or ``restore``."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        spaced(column, 12)
        column.addWidget(Text(tr("What do you need KIMdesk for?"), "figure", wrap=True))
        column.addWidget(
            Text(
                tr("Everything stays on this computer, encrypted. You can change nothing for the worse."),
                "body",
                "text-2",
                wrap=True,
            )
        )
        for key, icon, title, words in self._ways():
            card = ChoiceCard(icon, title, words)
            card.setObjectName(f"start_{key}")
            card.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            column.addWidget(card)
        column.addStretch(1)

    @staticmethod
    def _ways() -> list[tuple[str, str, str, str]]:
        return [
            ("desk", "folder-user", tr("Set up my desk"), tr("For case managers of a municipality.")),
            (
                "kreis",
                "buildings",
                tr("Set up the desk of the Kreis"),
                tr("For the Kommunales Integrationszentrum that receives packages."),
            ),
            (
                "practice",
                "graduation-cap",
                tr("Try the practice town"),
                tr("Invented families, marked as practice everywhere. No passphrase of your own needed."),
            ),
            (
                "existing",
                "vault",
                tr("Open an existing vault"),
                tr("Choose its folder, for example after a move to this computer."),
            ),
            (
                "restore",
                "clock-counter-clockwise",
                tr("Restore from a backup"),
                tr("After a loss or damage, from a stick or second folder. You need the passphrase."),
            ),
        ]
