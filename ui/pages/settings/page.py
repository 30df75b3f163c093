"""The page Einstellungen."""

from PySide6.QtWidgets import QGridLayout, QWidget

from kimdesk.casework.events import SETTING, Shows
from kimdesk.texts import say
from ui import VERSION
from ui.desk.context import Context
from ui.desk.page import DeskPage
from ui.kit.base import spaced
from ui.kit.card import Card
from ui.kit.choice_card import ChoiceCard
from ui.kit.scroll import Columns, Page, column
from ui.kit.text import Text
from ui.pages.packs.card import PackCard
from ui.pages.settings.desk_card import DeskCard
from ui.pages.settings.letterhead_card import LetterheadCard
from ui.pages.settings.look import LockCard, LookCard
from ui.pages.settings.numbers_card import NumbersCard
from ui.pages.settings.presenter import SettingsPresenter
from ui.pages.settings.vault_card import VaultCard
from ui.places import Place
from ui.theme import theme


class SettingsPage(DeskPage, Page):
    """The ways to the pages below, then cards in two columns.

    Everything takes effect at once or has its own button.
    """

    shows = Shows(SETTING)

    def __init__(self, context: Context) -> None:
        super().__init__(say("common.settings"))
        self._presenter = SettingsPresenter(context)
        self._vault = VaultCard(self._presenter, context)
        self._letterhead = LetterheadCard(self._presenter, context)
        looks = (LookCard(context.keeper), LockCard(context.keeper, context.navigate))
        left = column(*looks, self._letterhead, _about())
        self._numbers = NumbersCard(self._presenter, context) if context.desk.role == "desk" else None
        self._packs = PackCard(context) if context.desk.role == "desk" else None
        of_cases = [each for each in (self._packs, self._numbers) if each]
        right = column(DeskCard(self._presenter, context), *of_cases, self._vault)
        self.body.addWidget(_ways(context))
        self.body.addWidget(Columns([(left, 0), (right, 0)]))

    def refresh(self) -> None:
        """Read again who can open the vault, who writes, and how cases are numbered."""
        self._presenter.read_header(self, self._vault.show_header)
        self._presenter.read_asides(self, self._vault.show_asides)
        self._presenter.read_letterhead(self, self._letterhead.show_letterhead)
        if self._packs:
            self._packs.refresh()
        if self._numbers:
            self._presenter.read_numbers(self, self._numbers.show_numbers)


def _ways(context: Context) -> QWidget:
    """Return the cards that lead to the pages below this one, and to the backups."""
    holder = QWidget()
    grid = QGridLayout(holder)
    spaced(grid, 12)
    grid.setHorizontalSpacing(theme().px(16))
    across = 1 if theme().stacked else 2
    letters = (
        (
            "templates",
            "envelope-simple",
            say("template.templates"),
            say("settings.letters_you_word_yourself"),
        ),
    )
    for place, (key, icon, title, words) in enumerate(
        (
            ("access", "key", say("common.access"), say("settings.who_opens_vault_passphrases_recovery")),
            ("backup", "hard-drives", say("common.backup"), say("settings.copies_stick_or_folder_way")),
            ("trail", "list-bullets", say("common.audit_trail"), say("settings.who_opened_or_changed_what")),
            ("legal_state", "scales", say("legal_state.title"), say("settings.which_contents_checked")),
            *(letters if context.desk.role == "desk" else ()),
            ("help", "info", say("common.help"), say("settings.short_texts_every_subject_f1")),
        )
    ):
        card = ChoiceCard(icon, title, words)
        card.setObjectName(f"show_{key}")
        card.clicked.connect(lambda _=False, key=key: context.navigate(Place(key)))
        grid.addWidget(card, place // across, place % across)
    return holder


def _about() -> Card:
    card = Card(say("settings.about_kimdesk"), VERSION)
    card.body.addWidget(
        Text(
            say("settings.free_software_under_eupl_1"),
            "table",
            "text-2",
            wrap=True,
        )
    )
    words = say("settings.built_with_qt_sqlcipher_sqlalchemy")
    card.body.addWidget(Text(words, "table", "text-2", wrap=True))
    return card
