"""The page Einstellungen."""

from PySide6.QtCore import Qt

from ui import VERSION
from ui.context import Context
from ui.kit.buttons import quiet
from ui.kit.card import Card
from ui.kit.scroll import Columns, Page, column
from ui.kit.text import Text
from ui.pages.settings.desk_card import DeskCard
from ui.pages.settings.look import LockCard, LookCard
from ui.pages.settings.presenter import SettingsPresenter
from ui.pages.settings.vault_card import VaultCard
from ui.text import tr


class SettingsPage(Page):
    """Cards in two columns; everything takes effect at once or has its own button."""

    def __init__(self, context: Context) -> None:
        super().__init__(tr("Settings"))
        self._presenter = SettingsPresenter(context)
        self._vault = VaultCard(self._presenter, context)
        left = column(LookCard(context.keeper), LockCard(context.keeper, context.navigate), _about())
        trail = quiet(tr("Show the audit trail"), "list-bullets")
        trail.setObjectName("show_trail")
        trail.clicked.connect(lambda: context.navigate("trail"))
        self._vault.body.addWidget(trail, 0, Qt.AlignmentFlag.AlignLeft)
        right = column(DeskCard(self._presenter, context), self._vault)
        self.body.addWidget(Columns([(left, 0), (right, 0)]))

    def refresh(self) -> None:
        """Read again who can open the vault."""
        self._presenter.read_header(self._vault.show_header)


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
