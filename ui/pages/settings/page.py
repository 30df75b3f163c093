"""The page Einstellungen."""

from PySide6.QtWidgets import QGridLayout, QWidget

from kimdesk.casework.events import SETTING, Shows
from ui import VERSION
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.kit.base import spaced
from ui.kit.card import Card
from ui.kit.choice_card import ChoiceCard
from ui.kit.scroll import Columns, Page, column
from ui.kit.text import Text
from ui.pages.settings.desk_card import DeskCard
from ui.pages.settings.look import LockCard, LookCard
from ui.pages.settings.numbers_card import NumbersCard
from ui.pages.settings.presenter import SettingsPresenter
from ui.pages.settings.vault_card import VaultCard
from ui.places import Place
from ui.text import tr
from ui.theme import theme


class SettingsPage(DeskPage, Page):
    """The ways to the pages below, then cards in two columns.

    Everything takes effect at once or has its own button.
    """

    shows = Shows(SETTING)

    def __init__(self, context: Context) -> None:
        super().__init__(tr("Settings"))
        self._presenter = SettingsPresenter(context)
        self._vault = VaultCard(self._presenter, context)
        left = column(LookCard(context.keeper), LockCard(context.keeper, context.navigate), _about())
        self._numbers = NumbersCard(self._presenter, context) if context.desk.role == "desk" else None
        of_cases = [self._numbers] if self._numbers else []
        right = column(DeskCard(self._presenter, context), *of_cases, self._vault)
        self.body.addWidget(_ways(context))
        self.body.addWidget(Columns([(left, 0), (right, 0)]))

    def refresh(self) -> None:
        """Read again who can open the vault, and how cases are numbered."""
        self._presenter.read_header(self, self._vault.show_header)
        if self._numbers:
            self._presenter.read_numbers(self, self._numbers.show_numbers)


def _ways(context: Context) -> QWidget:
    """Return the cards that lead to the pages below this one, and to the backups."""
    holder = QWidget()
    grid = QGridLayout(holder)
    spaced(grid, 12)
    grid.setHorizontalSpacing(theme().px(16))
    across = 1 if theme().stacked else 2
    for place, (key, icon, title, words) in enumerate(
        (
            ("access", "key", tr("Access"), tr("Who opens the vault: passphrases, recovery sheet, Kreis")),
            ("backup", "hard-drives", tr("Backup"), tr("Copies on a stick or in a folder, and the way back")),
            ("trail", "list-bullets", tr("Audit trail"), tr("Who opened or changed what, and when")),
            ("help", "info", tr("Help"), tr("Short texts on every subject; F1 opens them anywhere")),
        )
    ):
        card = ChoiceCard(icon, title, words)
        card.setObjectName(f"show_{key}")
        card.clicked.connect(lambda _=False, key=key: context.navigate(Place(key)))
        grid.addWidget(card, place // across, place % across)
    return holder


def _about() -> Card:
    card = Card(tr("About KIMdesk"), VERSION)
    card.body.addWidget(
        Text(
            tr("Free software under the EUPL-1.2. No legal advice; every rule names its source."),
            "table",
            "text-2",
            wrap=True,
        )
    )
    words = tr(
        "Built with Qt, SQLCipher, SQLAlchemy, cryptography, reportlab and the fonts Inter and Noto Sans."
    )
    card.body.addWidget(Text(words, "table", "text-2", wrap=True))
    return card
