"""The first question: what KIMdesk is needed for here."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kimdesk.texts import say
from ui.kit.base import spaced
from ui.kit.choice_card import ChoiceCard
from ui.kit.text import Text


class StartStep(QWidget):
    """Six ways on; ``chosen`` carries which: ``desk``, ``kreis``, ``practice``, ``practice_kreis`` …"""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        spaced(column, 12)
        column.addWidget(Text(say("wizard.what_do_you_need_kimdesk"), "figure", wrap=True))
        column.addWidget(
            Text(
                say("wizard.everything_stays_computer_encrypted_you"),
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
            ("desk", "folder-user", say("wizard.set_up_my_desk"), say("wizard.case_managers_municipality")),
            (
                "kreis",
                "buildings",
                say("wizard.set_up_desk_kreis"),
                say("wizard.kommunales_integrationszentrum_receives_packages"),
            ),
            (
                "practice",
                "graduation-cap",
                say("wizard.try_the_practice_town"),
                say("wizard.invented_families_marked_as_practice"),
            ),
            (
                "practice_kreis",
                "graduation-cap",
                say("wizard.try_the_practice_kreis"),
                say("wizard.practice_kreis_has_sixteen_desks"),
            ),
            (
                "existing",
                "vault",
                say("wizard.open_an_existing_vault"),
                say("wizard.choose_its_folder_example_after"),
            ),
            (
                "restore",
                "clock-counter-clockwise",
                say("common.restore_from_a_backup"),
                say("wizard.after_loss_or_damage_from"),
            ),
        ]
